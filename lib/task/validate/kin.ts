import { type Random, random } from "../../core/random.ts";
import type { TermVectors } from "../../core/term_vectors.ts";
import { Lineage, relations } from "../../graph/lineage.ts";
import { choices, hubShare, type KinPlan, kinScenarios, slots } from "./plan.ts";
import { pick } from "./pick.ts";
import { kindChances, sizeChances } from "./truth.ts";

/** Families of models that have texts; a text is a token for each slot, so that cosine is the share of slots that agree. */
export interface KinEcosystem {
  /** Family trees of finetune edges; a child is created a month or more after its parent. */
  lineage: Lineage;
  /** The texts. */
  vectors: TermVectors;
}

/** How an ecosystem of texts is drawn. */
export interface KinOptions {
  /** Number of families. */
  families: number;
  /** Whole number; the same seed gives the same ecosystem on every machine. */
  seed: number;
  /**
   * How texts come about: see plan.ts.
   * @default "planted"
   */
  scenario?: keyof typeof kinScenarios;
}

/** Draws families whose models inherit their tokens as planned in plan.ts. */
export function kinEcosystem(
  { families, seed, scenario = "planted" }: KinOptions,
): KinEcosystem {
  const rng = random({ seed });
  const { plans, fashion } = kinScenarios[scenario];
  const styles: Uint8Array[] = [];
  const fresh = (month: number) => {
    const style = styles[month] ??= freshText(rng);
    return freshText(rng).map((token, slot) => rng.chance(fashion) ? style[slot] : token);
  };
  const parents: number[] = [];
  const children: number[] = [];
  const times: number[] = [];
  const texts: Uint8Array[] = [];
  for (let family = 0; family < families; family++) {
    const m = pick(rng, sizeChances);
    const plan = plans[pick(rng, kindChances(m))];
    const first = texts.length;
    const depth = new Uint8Array(m + 1);
    const houses: Uint8Array[] = [];
    for (let i = 0; i <= m; i++) {
      houses.push(freshText(rng));
      if (i === 0) {
        texts.push(fresh(0));
        continue;
      }
      const parent = rng.chance(hubShare) ? 0 : rng.below(i);
      depth[i] = depth[parent] + 1;
      const text = texts[first + parent];
      texts.push(inherit(rng, { plan, text, house: houses[parent], own: fresh(depth[i]) }));
      parents.push(first + parent);
      children.push(first + i);
      times.push(Date.UTC(2023, depth[i], 15));
    }
  }
  const lineage = new Lineage(texts.length, {
    parent: Uint32Array.from(parents),
    child: Uint32Array.from(children),
    relation: new Uint8Array(parents.length).fill(relations.indexOf("finetune")),
    time: Float64Array.from(times),
  });
  return { lineage, vectors: vectorsOf(texts) };
}

function freshText(rng: Random): Uint8Array {
  return Uint8Array.from({ length: slots }, () => rng.below(choices));
}

function inherit(
  rng: Random,
  { plan, text, house, own }: {
    plan: KinPlan;
    text: Uint8Array;
    house: Uint8Array;
    own: Uint8Array;
  },
): Uint8Array {
  return text.map((token, slot) => {
    if (rng.chance(plan.house)) return house[slot];
    return rng.chance(plan.copy) ? token : own[slot];
  });
}

/** Each token of each slot is a term of its own, so that all texts have as many terms and none is more frequent than others. */
function vectorsOf(texts: readonly Uint8Array[]): TermVectors {
  const rows = texts.length;
  const terms = Array.from(
    { length: slots * choices },
    (_, term) => `t${String(term).padStart(3, "0")}`,
  );
  const sum = new Float64Array(terms.length);
  const unit = 1 / Math.sqrt(slots);
  const entries = new Uint16Array(rows * slots);
  texts.forEach((text, row) =>
    text.forEach((token, slot) => {
      const term = slot * choices + token;
      entries[row * slots + slot] = term | 1 << 9;
      sum[term] += unit;
    })
  );
  const scale = new Float64Array(rows).fill(unit);
  const all = { sum, nonzero: rows };
  return {
    rows,
    terms,
    documents: rows,
    idf: new Float64Array(terms.length).fill(1),
    present: new Uint8Array(rows).fill(1),
    offsets: Uint32Array.from({ length: rows + 1 }, (_, row) => row * slots),
    entries,
    scale: { bagOfWords: scale, tfidf: scale },
    all: { bagOfWords: all, tfidf: all },
  };
}
