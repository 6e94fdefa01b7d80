import type { FigureInputs } from "../../lib/figure/all_figures.ts";
import type { FigureSource } from "../../lib/figure/figure.ts";
import type { CardReport } from "../../lib/measure/cards/measure_cards.ts";
import type { ModelReport } from "../../lib/measure/report.ts";
import { assetInput } from "./asset_input.ts";
import { kinshipInput } from "./kinship_input.ts";
import { persistenceInput } from "./persistence_input.ts";
import { orderingInput } from "./ordering_input.ts";

/** Where the hand-made rows say they come from. */
export const source: FigureSource = {
  snapshot: "hand-made",
  sha256: "0123456789abcdef".repeat(4),
  simulated: false,
};

/** Names that break careless programs: markup, quotes, formulas, prototypes, right-to-left, emoji, very long, empty. */
export const hostile = [
  "<script>alert(1)</script>",
  "a/\"quoted\" & 'single'",
  "=cmd()",
  "__proto__",
  "constructor",
  "שלום/مرحبا",
  "\u202eevil/🦙🔥",
  `owner/${"very-long-name-".repeat(30)}`,
  "",
  "]]>",
  "a\u0000b\nc\ud800",
] as const;

type Drift = ModelReport["drift"]["overall"];

function drift(languages: [number, number, number], cards: number[] = []): Drift {
  const [edges = 0, parentCharacters = null, childCharacters = null] = cards;
  const [, , , parentAutomatic = null, childAutomatic = null] = cards;
  return {
    edges: languages[0],
    languages: { edges: languages[0], parent: languages[1], child: languages[2] },
    cards: { edges, parentCharacters, childCharacters, parentAutomatic, childAutomatic },
  };
}

/** What a sample of cards says. */
function cards(n: (plain: string) => string): CardReport {
  const english = { cards: 50, english: 0.9 };
  const change = (term: string, z: number, parentShare: number, childShare: number) => ({
    term: n(term),
    z,
    logOdds: z / 2,
    parentShare,
    childShare,
    cards: 20,
  });
  return {
    usable: 120,
    read: 60,
    limit: 60,
    automatic: true,
    edges: { usable: 80, read: 40 },
    cut: 0,
    terms: {
      weighed: "parents",
      edges: 40,
      parents: 12,
      children: 40,
      terms: 300,
      undercount: 0,
      gained: [change("gguf", 4.25, 0, 0.4), change("quantise", 3.5, 0.1, 0.38)],
      lost: [
        change("benchmark", -3.1, 0.5, 0.1),
        change("internationalisation", -2.5, 0.62, 0.25),
        change("模型", -1, 0.2, 0.1),
      ],
    },
    template: {
      least: 10,
      sentences: { total: 900, distinct: 300 },
      all: { cards: 55, any: 0.6, otherOwners: 0.35 },
      parents: { cards: 12, any: 0.2, otherOwners: 0.1 },
      children: { cards: 0, any: null, otherOwners: null },
      examples: [{ sentence: n("More information needed"), cards: 40, owners: 30 }],
    },
    languages: {
      cards: 60,
      undetermined: 10,
      languages: [
        { language: "en", cards: 45, share: 0.9 },
        ...["ar", "de", "fr", "ja", "zh"].map((language) => ({ language, cards: 1, share: 0.02 })),
      ],
      all: english,
      parents: english,
      children: english,
      declaring: { ...english, agree: 0.8 },
      declaringOthers: english,
      silent: english,
    },
  };
}

/**
 * Rows for every figure, small enough to check by hand. With `names`, those take the place of asset, organisation,
 * model and trait names.
 *
 *     Pile -> J -> Dolly        base -finetune-> tuned -adapter-> lora
 *      |\-> X                     |  \-quantized-> gguf-0 .. gguf-5
 *      \--> Codex                 \-finetune-> chat
 */
export function inputs({ names = [] as readonly string[], simulated = false } = {}): FigureInputs {
  let next = 0;
  const taken = new Map<string, string>();
  /** The hostile name that stands for a plain one, the same each time; distinct names stay distinct. */
  const n = (plain: string) => {
    if (names.length === 0) return plain;
    if (!taken.has(plain)) {
      const name = names[next % names.length];
      taken.set(plain, next < names.length ? name : `${name}${next}`);
      next++;
    }
    return taken.get(plain)!;
  };
  const from = { ...source, simulated, seed: simulated ? 1 : null };
  const count = (value: string, count: number) => ({ value: n(value), count });
  const months = (first: number, ...added: number[]) =>
    added.map((added, i) => ({ month: `2024-${String(first + i).padStart(2, "0")}`, added }));
  return {
    assets: assetInput(n, from),
    models: {
      source: { ...from, tier: "raw" },
      topTens: {
        models: 2000,
        panels: {
          license: { reporting: 1500, rows: [count("apache-2.0", 900), count("mit", 600)] },
          task: { reporting: 1000, rows: [count("text-generation", 700)] },
          language: {
            reporting: 400,
            rows: [{ value: "en", count: 390 }, { value: "zh", count: 40 }, count("xx", 1)],
          },
          library: { reporting: 0, rows: [] },
          parents: { reporting: 30, rows: [count("lab/base", 20), count("lab/tuned", 1)] },
          datasets: { reporting: 12, rows: [count("squad", 12)] },
          papers: { reporting: 3, rows: [count("1706.03762", 3)] },
          categories: {
            reporting: 3,
            rows: [count("cs.CL", 3), count("cs.LG", 3)],
            links: 7,
            notFound: 1,
            template: 2,
            papers: 4,
            known: 1,
            tables: [{ name: "arxiv_categories.csv", sha256: source.sha256! }],
          },
          relations: {
            reporting: 30,
            rows: [{ value: "quantized", count: 20 }, { value: "finetune", count: 10 }],
          },
        },
      },
      families: [{
        root: n("lab/base"),
        models: 12,
        edges: [
          { parent: n("lab/base"), child: n("lab/tuned"), relation: "finetune" },
          { parent: n("lab/base"), child: n("lab/chat"), relation: "finetune" },
          ...Array.from({ length: 6 }, (_, i) => ({
            parent: n("lab/base"),
            child: n(`maker/base-gguf-${i}`),
            relation: "quantized" as const,
          })),
          { parent: n("lab/tuned"), child: n("user/lora"), relation: "adapter" },
        ],
      }, {
        root: n("other/seed"),
        models: 2,
        edges: [{ parent: n("other/seed"), child: n("other/child"), relation: "untyped" }],
      }],
      growth: {
        families: [
          { root: n("lab/base"), models: 12, months: months(1, 1, 3, 4, 4) },
          { root: n("other/seed"), models: 2, months: months(2, 1, 0, 1) },
        ],
        creations: months(1, 400, 500, 700, 400),
        undated: 1,
        placeholder: 3,
      },
      mutation: {
        language: { edges: 40, mutations: 12.5, rate: 0.3125 },
        license: { edges: 1380, mutations: 274, rate: 274 / 1380 },
        task: { edges: 0, mutations: 0, rate: null },
        library: { edges: 10, mutations: 0, rate: 0 },
      },
      transitions: [
        {
          trait: "license",
          values: [n("llama2"), n("apache-2.0"), n("mit")],
          net: [[0, 120, 4], [-120, 0, -31], [-4, 31, 0]],
          total: 300,
        },
        { trait: "task", values: [], net: [], total: 0 },
      ],
      drift: {
        finetune: drift([40, 6, 2], [12, 9000, 4000, 0.1, 0.4]),
        adapter: drift([20, 5.5, 1.5], [8, 9100, 3900, 0.1, 0.5]),
        quantized: drift([30, 6, 6], [10, 12000, 500, 0, 0]),
        merge: drift([0, 0, 0]),
        overall: drift([90, 5.9, 3.2], [30, 9900, 2800, 0.07, 0.3]),
      },
      orderings: orderingInput(n),
      persistence: persistenceInput(n),
      kinship: kinshipInput(n),
      rowDiff: {
        parent: n("lab/base"),
        child: n("lab/tuned"),
        relation: "finetune",
        choice: "Chosen by hand.",
        differences: [
          { part: "license", value: n("llama2"), change: "lost" },
          { part: "license", value: n("mit"), change: "gained" },
          { part: "task", value: n("text-generation"), change: "shared" },
          { part: "language", value: "en", change: "shared" },
          { part: "language", value: "fr", change: "lost" },
          { part: "parent", value: n("finetune:lab/base"), change: "gained" },
          { part: "region", value: "us", change: "shared" },
          { part: "tag", value: n("safetensors"), change: "shared" },
          ...Array.from({ length: 10 }, (_, i) => ({
            part: "tag" as const,
            value: n(`dialect-${i}`),
            change: "lost" as const,
          })),
          { part: "tag", value: n("gguf"), change: "gained" },
        ],
      },
      cards: cards(n),
    },
  };
}
