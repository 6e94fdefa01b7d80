import type { PairName } from "../report.ts";

/**
 * Every pair of every sub-tree, in the order of the columns of {@link PairSums}; `random` stands first in a report and has no
 * column, since it knows no tree.
 */
export const treePairs = [
  "edge.parentChild",
  "fork.parentChild",
  "fork.siblings",
  "star.parentChild",
  "star.siblings",
  "chain.grandparent",
  "chain.lower",
  "chain.upper",
  "chainFork.grandparent",
  "chainFork.lower",
  "chainFork.upper",
  "chainFork.siblings",
  "forkChain.grandparent",
  "forkChain.aunt",
  "forkChain.lower",
  "forkChain.upper",
  "forkChain.siblings",
  "longChain.greatGrandparent",
  "longChain.lowerGrandparent",
  "longChain.upperGrandparent",
  "longChain.lower",
  "longChain.middle",
  "longChain.upper",
] as const satisfies readonly PairName[];

/** A pair inside a sub-tree. */
export type TreePair = typeof treePairs[number];

/** Column of a pair in {@link PairSums}. */
export function pairColumn(pair: TreePair): number {
  return treePairs.indexOf(pair);
}
