import assert from "node:assert/strict";
import type { KinshipMeans } from "../../lib/measure/kinship/kinship.ts";
import type { Kinship, ModelReport, PairName } from "../../lib/measure/report.ts";
import type { Difference } from "./truth.ts";

const trees: Record<string, string> = {
  duo: "edge",
  trio_1: "fork",
  trio_2: "chain",
  quad_0: "star",
  quad_1: "chainFork",
  quad_2: "forkChain",
  quad_3: "longChain",
};
const pairs: Record<string, string> = {
  parent_child: "parentChild",
  siblings: "siblings",
  grandparent: "grandparent",
  greatgrandparent: "greatGrandparent",
  lower_grandparent: "lowerGrandparent",
  upper_grandparent: "upperGrandparent",
  aunt: "aunt",
  lower: "lower",
  middle: "middle",
  upper: "upper",
};

function pairName(key: string): PairName {
  const [tree, pair] = key.split(".");
  return (tree === "random" ? tree : `${trees[tree]}.${pairs[pair]}`) as PairName;
}

// deno-lint-ignore no-explicit-any
type Truth = any;

/** Compares mean similarities with a reference result, instances and shares exactly. */
export function compareMeans(
  means: KinshipMeans,
  wanted: Truth,
  { what, within }: { what: string; within: number },
): Difference {
  const difference = { largest: 0 };
  for (const [weighting, key] of [["bagOfWords", "bow"], ["tfidf", "tfidf"]] as const) {
    const names = Object.keys(wanted[key]).map(pairName);
    assert.deepEqual(Object.keys(means[weighting]).sort(), names.sort());
    for (const [name, { mean, instances, pairs_share }] of Object.entries<Truth>(wanted[key])) {
      const pair = means[weighting][pairName(name)];
      const where = `${what}, ${weighting}, ${name}`;
      close([pair.mean, mean], { what: where, within, difference });
      if (instances !== undefined) assert.equal(pair.instances, instances, where);
      if (pairs_share !== undefined) {
        assert.ok(Math.abs(pair.pairsShare - pairs_share) < 1e-12, `${where}: share`);
      }
    }
  }
  return difference;
}

/**
 * Compares kinship with a reference result: instances and shares exactly, Levenshtein to 1e-9, means to 0.002, or to 0.01 where
 * terms tie at the vocabulary's edge: another test breaks those ties as the reference does and finds all means equal.
 */
export function assertKinshipEqualsTruth(
  kinship: ModelReport["kinship"],
  truth: Truth,
): { similarity: Difference; levenshtein: Difference } {
  const found = { similarity: { largest: 0 }, levenshtein: { largest: 0 } };
  function compare(measured: Kinship, wanted: Truth, what: string): void {
    const { largest } = compareMeans(measured, wanted, {
      what,
      within: measured.vocabulary.ties > 0 ? 0.01 : 0.002,
    });
    found.similarity.largest = Math.max(found.similarity.largest, largest);
    const { parentChild } = measured.levenshtein;
    close([parentChild.mean, wanted.levenshtein_parent_child.mean], {
      what: `${what}, Levenshtein`,
      within: 1e-9,
      difference: found.levenshtein,
    });
    assert.equal(parentChild.edges, wanted.levenshtein_parent_child.edges, `${what}, edges`);
  }
  compare(kinship!.metadata, truth.kinship_metadata, "metadata");
  if (truth.kinship_cards === undefined) assert.equal(kinship!.cards, null);
  else {
    assert.equal(kinship!.cards!.cards, truth.kinship_cards.cards);
    compare(kinship!.cards!, truth.kinship_cards, "cards");
  }
  return found;
}

function close(
  [a, b]: [number | null, number | null],
  { what, within, difference }: { what: string; within: number; difference: Difference },
): void {
  if (a === null || b === null) return assert.equal(a, b, what);
  difference.largest = Math.max(difference.largest, Math.abs(a - b));
  assert.ok(Math.abs(a - b) <= within, `${what}: found ${a}, expected ${b}`);
}
