import { pairColumn } from "./pair_names.ts";

/**
 * What the formulas of {@link addTrunk} and {@link addBranch} are made of, as positions in an array: products of the vectors of
 * an edge u -> v. With s the sum of a node's children, p the mean of its parents, `pairs` the sum over all pairs of children.
 */
export const product = {
  /** x_u . s_u */
  parentChildren: 0,
  /** Sum of x_i . x_j over the pairs of children of u. */
  pairs: 1,
  /** x_u . p_u */
  parents: 2,
  /** x_u . x_v */
  ends: 3,
  /** x_v . x_v */
  child: 4,
  /** x_u . s_v */
  grandchildren: 5,
  /** x_v . s_v */
  childChildren: 6,
  /** Sum of x_i . x_j over the pairs of children of v. */
  childPairs: 7,
  /** s_u . x_v */
  siblings: 8,
  /** s_u . s_v */
  nephews: 9,
  /** p_u . x_v */
  grandparent: 10,
  /** p_u . s_v */
  greatGrandparent: 11,
} as const;

/** Number of products. */
export const products = 12;

const edge = pairColumn("edge.parentChild");
const forkParentChild = pairColumn("fork.parentChild");
const forkSiblings = pairColumn("fork.siblings");
const starParentChild = pairColumn("star.parentChild");
const starSiblings = pairColumn("star.siblings");
const chain = pairColumn("chain.grandparent");
const chainFork = pairColumn("chainFork.grandparent");
const forkChain = pairColumn("forkChain.grandparent");
const longChain = pairColumn("longChain.greatGrandparent");

/**
 * Adds the pairs of the edges, forks and stars of a parent u with `k` children to `sums`. A pair of children is in k - 2 stars,
 * each the mean of three pairs; a child in k - 1 forks, each the mean of two.
 */
export function addTrunk(sums: Float64Array, x: Float64Array, { k }: { k: number }): void {
  const parentChild = x[product.parentChildren];
  const pairs = x[product.pairs];
  sums[edge] += parentChild;
  sums[forkParentChild] += (k - 1) / 2 * parentChild;
  sums[forkSiblings] += pairs;
  sums[starParentChild] += (k - 1) * (k - 2) / 6 * parentChild;
  sums[starSiblings] += Math.max(0, k - 2) / 3 * pairs;
}

/**
 * Adds the pairs of the chains, chains with a fork, forks with a grandchild and chains of four through the edge u -> v to `sums`,
 * where u has `k` children and v has `below`, at least one.
 */
export function addBranch(
  sums: Float64Array,
  x: Float64Array,
  { k, below, rooted }: { k: number; below: number; rooted: boolean },
): void {
  const upper = x[product.ends];
  const grand = x[product.grandchildren];
  const lower = x[product.childChildren];
  sums[chain] += grand;
  sums[chain + 1] += lower;
  sums[chain + 2] += below * upper;
  const forks = (below - 1) / 2;
  sums[chainFork] += forks * grand;
  sums[chainFork + 1] += forks * lower;
  sums[chainFork + 2] += below * forks * upper;
  sums[chainFork + 3] += x[product.childPairs];
  sums[forkChain] += (k - 1) * grand;
  sums[forkChain + 1] += x[product.nephews] - lower;
  sums[forkChain + 2] += (k - 1) * lower;
  sums[forkChain + 3] += below * (k - 1) * upper;
  sums[forkChain + 4] += below * (x[product.siblings] - x[product.child]);
  if (!rooted) return;
  sums[longChain] += x[product.greatGrandparent];
  sums[longChain + 1] += grand;
  sums[longChain + 2] += below * x[product.grandparent];
  sums[longChain + 3] += lower;
  sums[longChain + 4] += below * upper;
  sums[longChain + 5] += below * x[product.parents];
}
