import { type Random, random } from "../../core/random.ts";
import { type Card, type Chain, chains, finetuneShare, hubShare, kinds } from "./plan.ts";
import { pick } from "./pick.ts";
import { kindChances, sizeChances } from "./truth.ts";

/** One model of a simulated ecosystem before it is written. */
interface Model {
  /** Row of the parent, -1 at a root. */
  parent: number;
  /** Generations below the root. */
  depth: number;
  /** State of each chain, whether it is reported or not. */
  state: Record<keyof typeof chains, number>;
}

const sentence = "This card was generated automatically.";
/** Cards by state; only their lengths and the sentence matter. */
const cards = chains.card.states.map(({ characters, automatic }: Card) =>
  ((automatic ? sentence : "") + "x".repeat(characters)).slice(0, characters)
);

/**
 * JSON Lines of a simulated ecosystem in the Hub's format: `families` independent families as planned in plan.ts.
 *
 * @param options.seed Whole number; the same seed gives the same rows on every machine.
 */
export function* ecosystemRows(
  { families, seed }: { families: number; seed: number },
): Generator<Uint8Array<ArrayBuffer>, void, void> {
  const rng = random({ seed });
  const encoder = new TextEncoder();
  for (let family = 0; family < families; family++) {
    const m = pick(rng, sizeChances);
    const kind = pick(rng, kindChances(m));
    const models: Model[] = [];
    let text = "";
    for (let i = 0; i <= m; i++) {
      const parent = i === 0 ? -1 : rng.chance(hubShare) ? 0 : rng.below(i);
      const model = inherit(rng, { models, parent, kind });
      models.push(model);
      text += `${JSON.stringify(rowOf(rng, { family, i, model, kind }))}\n`;
    }
    yield encoder.encode(text);
  }
}

function inherit(
  rng: Random,
  { models, parent, kind }: { models: readonly Model[]; parent: number; kind: number },
): Model {
  const above = parent < 0 ? null : models[parent];
  const next = (name: keyof typeof chains) => {
    const { root, step } = chains[name] as Chain<unknown>;
    return pick(rng, above === null ? root : step[kind][above.state[name]]);
  };
  return {
    parent,
    depth: above === null ? 0 : above.depth + 1,
    state: {
      license: next("license"),
      task: next("task"),
      library: next("library"),
      language: next("language"),
      card: next("card"),
    },
  };
}

function rowOf(
  rng: Random,
  { family, i, model: { parent, depth, state }, kind }: {
    family: number;
    i: number;
    model: Model;
    kind: number;
  },
): Record<string, unknown> {
  const { report } = kinds[kind];
  const tags = ["region:simulated"];
  if (parent >= 0) {
    const relation = rng.chance(finetuneShare) ? "finetune" : "adapter";
    tags.push(`base_model:${relation}:family-${family}/model-${parent}`);
  }
  if (rng.chance(report)) tags.push(...chains.language.states[state.language]);
  if (rng.chance(report)) tags.push(`license:${chains.license.states[state.license][0]}`);
  return {
    id: `family-${family}/model-${i}`,
    tags,
    ...(rng.chance(report) ? { pipeline_tag: chains.task.states[state.task][0] } : {}),
    ...(rng.chance(report) ? { library_name: chains.library.states[state.library][0] } : {}),
    createdAt: new Date(Date.UTC(2023, depth, 15)).toISOString(),
    ...(rng.chance(report) ? { modelCard: cards[state.card] } : {}),
  };
}
