/**
 * Every marginal of the simulator against the published number, at two sizes. A share may differ by four binomial standard
 * deviations and a stated bias; a mean by four standard errors and a stated bias.
 */
import assert from "node:assert/strict";
import { readPaperCategories } from "../../lib/source/paper_categories.ts";
import { simulateHub } from "../../lib/source/simulate.ts";
import { hubs } from "../../lib/source/simulate/hubs.ts";
import {
  familySizes,
  fertile,
  forwardShare,
  type Hub,
  type Model,
  mutationRate,
  prefixed,
  readHub,
  tally,
  trait,
  weakComponents,
} from "./simulate_reader.ts";

/** Models of the published snapshot. */
const all = 1_860_411;

const sizes = [{ models: 20_000, seed: 1, cards: true }, { models: 60_000, seed: 2 }];
const cache = new Map<number, Hub>();
const { papers: filed } = await readPaperCategories();

/** Runs a check on both simulations, which are made when first needed. */
function each(check: (hub: Hub) => void): () => void {
  return () => {
    for (const options of sizes) {
      let hub = cache.get(options.models);
      if (hub === undefined) cache.set(options.models, hub = readHub(simulateHub(options)));
      check(hub);
    }
  };
}

/** Compares a share found over `n` cases with the published one. */
function near(
  what: string,
  { found, published, n, bias = 0 }: {
    found: number;
    published: number;
    n: number;
    bias?: number;
  },
): void {
  const tolerance = 4 * Math.sqrt((published * (1 - published)) / n) + bias;
  assert.ok(
    Math.abs(found - published) <= tolerance,
    `${what}: simulated ${found}, published ${published}, tolerance ${tolerance} (n = ${n})`,
  );
}

/** Compares the mean of some numbers with the published one. */
function nearMean(
  what: string,
  { values, published, bias }: { values: number[]; published: number; bias: number },
): void {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
  const tolerance = 4 * Math.sqrt(variance / values.length) + bias;
  assert.ok(
    Math.abs(mean - published) <= tolerance,
    `${what}: simulated ${mean}, published ${published}, tolerance ${tolerance}`,
  );
}

/** The published ten of a trait, checked as shares and as the ten most frequent. */
function nearTop(
  hub: Hub,
  { name, published, of }: {
    name: Parameters<typeof trait>[1];
    published: Record<string, number>;
    of: "models" | "reporting";
  },
): void {
  const counts = tally(hub.models.flatMap((model) => trait(model, name)));
  const reporting = hub.models.filter((model) => trait(model, name).length > 0).length;
  const n = of === "models" ? hub.models.length : reporting;
  for (const [value, share] of Object.entries(published)) {
    near(`${name} ${value}`, { found: (counts.get(value) ?? 0) / n, published: share, n });
  }
  // The tenth and the eleventh are close: the ten must lead all others but for sampling error.
  const tenth = Math.min(...Object.values(published));
  for (const [value, count] of counts) {
    if (value in published) continue;
    const slack = 4 * Math.sqrt((tenth * (1 - tenth)) / n);
    assert.ok(count / n <= tenth + slack, `${name} ${value} is among the ten: ${count / n}`);
  }
}

Deno.test(
  "simulateHub() meets the published shares of licences",
  each((hub) => {
    const published = {
      "apache-2.0": 298_442,
      "mit": 109_820,
      "other": 81_887,
      "openrail": 37_498,
      "creativeml-openrail-m": 29_233,
      "cc-by-nc-4.0": 14_315,
      "llama2": 10_294,
      "llama3": 9_887,
      "gemma": 8_677,
      "unknown": 8_368,
    };
    const shares = Object.entries(published).map(([value, count]) => [value, count / all]);
    nearTop(hub, { name: "license", published: Object.fromEntries(shares), of: "models" });
  }),
);

Deno.test(
  "simulateHub() meets the published shares of tasks among models with one",
  each((hub) => {
    const published = {
      "text-generation": 0.4107,
      "text-classification": 0.1362,
      "text-to-image": 0.114,
      "reinforcement-learning": 0.0866,
      "automatic-speech-recognition": 0.0349,
      "token-classification": 0.0323,
      "image-classification": 0.0259,
      "fill-mask": 0.021,
      "feature-extraction": 0.0201,
      "question-answering": 0.0179,
    };
    nearTop(hub, { name: "task", published, of: "reporting" });
  }),
);

Deno.test(
  "simulateHub() meets the published shares of libraries among models with one",
  each((hub) => {
    const published = {
      "transformers": 0.6317,
      "peft": 0.1992,
      "diffusers": 0.0831,
      "stable-baselines3": 0.0214,
      "sentence-transformers": 0.0132,
      "ml-agents": 0.0108,
      "tf-keras": 0.0034,
      "adapter-transformers": 0.0033,
      "keras": 0.0026,
      "mlx": 0.0026,
    };
    nearTop(hub, { name: "library", published, of: "reporting" });
  }),
);

Deno.test(
  "simulateHub() meets the published shares of languages among models that report one",
  each((hub) => {
    const published = {
      en: 221_550,
      zh: 12_917,
      fr: 11_754,
      es: 10_711,
      de: 10_532,
      ja: 8_985,
      ko: 8_475,
      it: 8_361,
      pt: 8_284,
      ru: 6_595,
    };
    // English is 85.56 per cent of the models that report a language.
    const reporting = 221_550 / 0.8556;
    const shares = Object.entries(published).map(([value, count]) => [value, count / reporting]);
    nearTop(hub, { name: "language", published: Object.fromEntries(shares), of: "reporting" });
    const n = hub.models.length;
    const found = hub.models.filter((model) => trait(model, "language").length > 0).length / n;
    near("models with a language", { found, published: reporting / all, n });
  }),
);

Deno.test(
  "simulateHub() meets the published rates of datasets and of arXiv categories",
  each((hub) => {
    const n = hub.models.length;
    const datasets = tally(hub.models.flatMap((model) => prefixed(model, "dataset:")));
    const named = {
      "imagefolder": 5_143,
      "glue": 3_518,
      "generator": 3_271,
      "squad": 1_862,
      "emotion": 1_768,
      "imagenet-1k": 1_563,
      "common_voice_11_0": 1_501,
      "common_voice_7_0": 1_333,
      "imdb": 1_331,
      "wikipedia": 1_309,
    };
    for (const [value, count] of Object.entries(named)) {
      near(`dataset ${value}`, {
        found: (datasets.get(value) ?? 0) / n,
        published: count / all,
        n,
      });
    }
    const papers = hub.models.flatMap((model) => prefixed(model, "arxiv:"));
    const categories = tally(papers.flatMap((id) => filed.get(id)!.categories));
    const linked = {
      "cs.LG": 329_296,
      "cs.CY": 289_447,
      "cs.CL": 63_044,
      "cs.AI": 38_571,
      "cs.CV": 20_812,
    };
    for (const [value, count] of Object.entries(linked)) {
      near(value, { found: (categories.get(value) ?? 0) / n, published: count / all, n });
    }
  }),
);

Deno.test(
  "simulateHub() meets the published numbers of edges, relations and components",
  each((hub) => {
    // The published graph has parents outside the snapshot as nodes, hence their references as edges.
    const n = hub.models.length;
    const references = hub.references.length;
    near("references per model", {
      found: references / n,
      published: 573_653 / all,
      n,
      bias: 0.001,
    });
    const relations = tally(hub.references.map(({ relation }) => relation));
    const published = {
      finetune: 189_391,
      quantized: 101_921,
      adapter: 241_417,
      merge: 40_183,
      untyped: 741,
    };
    for (const [name, count] of Object.entries(published)) {
      const found = (relations.get(name) ?? 0) / references;
      // Merges come in groups of parents.
      const bias = name === "merge" ? 0.006 : 0;
      near(name, { found, published: count / 573_653, n: references, bias });
    }
    near("weak components per model", {
      found: weakComponents(hub) / n,
      published: 1_308_021 / all,
      n,
      bias: 0.002,
    });
  }),
);

Deno.test(
  "simulateHub() meets the published fertility by relation",
  each((hub) => {
    const edges = tally(hub.edges.map(({ relation }) => relation));
    const found = fertile(hub);
    const published: [string, number][] = [
      ["finetune", 15_047 / 189_391],
      ["quantized", 970 / 101_921],
      ["adapter", 458 / 241_417],
    ];
    for (const [name, share] of published) {
      const n = edges.get(name)!;
      near(`fertile ${name}`, {
        found: (found.get(name) ?? 0) / n,
        published: share,
        n,
        bias: 0.0005,
      });
    }
  }),
);

Deno.test(
  "simulateHub() has the published ten parents with most children",
  each((hub) => {
    const published: [string, number][] = [
      ["black-forest-labs/FLUX.1-dev", 33_042],
      ["Qwen/Qwen1.5-0.5B", 32_501],
      ["Qwen/Qwen1.5-1.8B", 30_581],
      ["google/gemma-2b", 23_794],
      ["google/gemma-7b", 9_565],
      ["distilbert/distilbert-base-uncased", 9_361],
      ["stabilityai/stable-diffusion-xl-base-1.0", 8_430],
      ["Qwen/Qwen1.5-7B", 6_457],
      ["google-bert/bert-base-uncased", 5_556],
      ["aubmindlab/bert-base-arabertv02", 4_000],
    ];
    const n = hub.models.length;
    const children = tally(hub.edges.map(({ parentId }) => parentId));
    for (const [id, count] of published) {
      near(id, { found: (children.get(id) ?? 0) / n, published: count / all, n });
    }
    const top = [...children].sort(([, a], [, b]) => b - a).slice(0, 10).map(([id]) => id);
    assert.deepEqual([...top].sort(), published.map(([id]) => id).sort());
  }),
);

Deno.test(
  "simulateHub() has the published roots of the ten largest families, in their order",
  each((hub) => {
    const order = [
      "black-forest-labs/FLUX.1-dev",
      "Qwen/Qwen1.5-0.5B",
      "Qwen/Qwen1.5-1.8B",
      "meta-llama/Meta-Llama-3-8B",
      "google/gemma-2b",
      "meta-llama/Llama-3.1-8B",
      "google/gemma-7b",
      "distilbert/distilbert-base-uncased",
      "Qwen/Qwen2.5-7B",
      "stabilityai/stable-diffusion-xl-base-1.0",
    ];
    const sizes = familySizes(hub, order);
    // Neighbours in the order differ by as little as two per cent.
    for (let i = 1; i < sizes.length; i++) {
      assert.ok(
        sizes[i] <= sizes[i - 1] * 1.03 + 2,
        `${order[i]}: ${sizes[i]} after ${sizes[i - 1]}`,
      );
    }
    const others = hubs.map(({ id }) => id).filter((id) => !order.includes(id));
    for (const size of familySizes(hub, others)) assert.ok(size < sizes[9]);
  }),
);

Deno.test(
  "simulateHub() meets the published mutation rates",
  each((hub) => {
    const published = { language: 0.2419, license: 0.1976, task: 0.4106 } as const;
    for (const name of ["language", "license", "task"] as const) {
      const { edges, rate } = mutationRate(hub, name);
      near(`mutation of ${name}`, { found: rate, published: published[name], n: edges });
    }
    const finetune = hub.edges.filter(({ relation }) => relation === "finetune").length;
    const both = { language: 47_369, license: 138_694, task: 134_711 } as const;
    for (const name of ["language", "license", "task"] as const) {
      near(`edges that report ${name}`, {
        found: mutationRate(hub, name).edges / finetune,
        published: both[name] / 189_391,
        n: finetune,
      });
    }
  }),
);

Deno.test(
  "simulateHub() mutates in the published directions",
  each((hub) => {
    const orders = {
      license: ("gemma llama3.1 llama3.3 llama3.2 llama3 openrail++ llama2 apache-2.0 " +
        "creativeml-openrail-m cc-by-nc-4.0 mit openrail cc-by-nc-sa-4.0 cc-by-sa-4.0 cc-by-4.0 cc " +
        "bigscience-bloom-rail-1.0 afl-3.0 artistic-2.0 gpl-3.0").split(" "),
      task: ("fill-mask feature-extraction automatic-speech-recognition question-answering " +
        "text-generation text-to-image image-classification text-classification " +
        "reinforcement-learning token-classification").split(" "),
      library: ("peft adapter-transformers timm transformers diffusers mlx ml-agents tf-keras " +
        "sentence-transformers keras").split(" "),
      // The first fourteen are not published; English, last, takes most of the traffic.
      language: "ro cs sv pl nl fi id th it de pt ru fr ja es zh ar hi ko en".split(" "),
    };
    // A language edge counts up to twenty times, a substitution twice: fewer independent cases than transitions.
    const cases = { license: 2, task: 2, library: 2, language: 12 } as const;
    const published = { license: 0.846, task: 0.982, library: 0.837, language: 0.75 } as const;
    for (const name of ["license", "task", "library", "language"] as const) {
      const { total, share } = forwardShare(hub, name, orders[name]);
      const n = total / cases[name];
      near(`forward ${name}`, { found: share, published: published[name], n });
    }
  }),
);

Deno.test(
  "simulateHub() narrows languages along edges as published",
  each((hub) => {
    const parents: number[] = [];
    const children: number[] = [];
    const byRelation: string[] = [];
    for (const { parent, child, relation } of hub.edges) {
      const before = trait(parent!, "language").length;
      const after = trait(child, "language").length;
      if (before === 0 || after === 0) continue;
      parents.push(before);
      children.push(after);
      byRelation.push(relation);
    }
    // Long lists belong to few families: the means are of a handful of clusters.
    nearMean("languages of parents", { values: parents, published: 6.604, bias: 0.5 });
    nearMean("languages of children", { values: children, published: 1.81, bias: 0.5 });
    const counts = tally(byRelation);
    const published: [string, number, number][] = [
      ["finetune", 47_369, 189_391],
      ["quantized", 41_222, 101_921],
      ["adapter", 23_728, 241_417],
    ];
    for (const [name, both, edges] of published) {
      const n = hub.edges.filter(({ relation }) => relation === name).length;
      near(`languages on ${name}`, { found: counts.get(name)! / n, published: both / edges, n });
    }
  }),
);

Deno.test(
  "simulateHub() has the published faults at their rates",
  each((hub) => {
    const { models, references, edges } = hub;
    const n = models.length;
    const placeholders = models.filter(({ createdAt }) => createdAt.startsWith("2022-03-02"));
    near("placeholder dates", {
      found: placeholders.length / n,
      published: 29_579 / 3_094_856,
      n,
    });
    near("self-loops", { found: hub.selfLoops / n, published: 2_044 / 3_094_856, n });
    const ids = new Set(models.map(({ id }) => id.toLowerCase()));
    const outside = references.filter(({ parent }) => parent === undefined);
    near("parents outside", {
      found: outside.length / references.length,
      published: 0.019,
      n: references.length,
    });
    const wrong = outside.filter(({ parentId }) => ids.has(parentId.toLowerCase()));
    near("parents in the wrong case", {
      found: wrong.length / references.length,
      published: 2_343 / (903_939 / 0.981),
      n: references.length,
    });
    const disordered = edges.filter(({ parent, child }) => child.createdAt < parent!.createdAt);
    near("edges out of order", {
      found: disordered.length / edges.length,
      published: 1 - 0.9958,
      n: edges.length,
    });
    const parents = tally(references.map(({ child }) => child.id));
    const several = [...parents.values()].filter((count) => count > 1).length;
    near("models with several parents", { found: several / n, published: 17_457 / 3_094_856, n });
  }),
);

Deno.test("simulateHub() meets the published numbers on cards", () => {
  const size = sizes[0];
  each(() => {})();
  const { models, edges } = cache.get(size.models)!;
  const characters = (model: Model) => [...model.modelCard ?? ""].length;
  const has = (model: Model) => characters(model) > 3;
  const automatic = (model: Model) =>
    /automatically generated|generated automatically/i.test(model.modelCard ?? "");
  const n = models.length;
  near("models with a card", { found: models.filter(has).length / n, published: 0.6704, n });
  // Hubs have cards, so that there is hardly room to rise.
  const rises = edges.map(({ parent, child }) => Number(has(child)) - Number(has(parent!)));
  nearMean("rise of cards", { values: rises, published: 0.0174, bias: 0.004 });
  const both = edges.filter(({ parent, child }) => has(parent!) && has(child));
  nearMean("rise of automatic cards", {
    values: both.map(({ parent, child }) => Number(automatic(child)) - Number(automatic(parent!))),
    published: 0.2487,
    bias: 0,
  });
  // A parent counts once a child: the mean is of few cards.
  nearMean("characters of parents", {
    values: both.map(({ parent }) => characters(parent!)),
    published: 9_773,
    bias: 300,
  });
  nearMean("characters of children", {
    values: both.map(({ child }) => characters(child)),
    published: 4_402,
    bias: 0,
  });
});
