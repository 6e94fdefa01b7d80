import type { Csr } from "../../core/csr.ts";
import { bitSums, bitSumsCost } from "./bit_sums.ts";
import { contract } from "./contract.ts";
import { walkSums } from "./walk_sums.ts";

/**
 * For each node of an acyclic graph the sum of the weights of all nodes that it reaches, itself included, each counted once.
 *
 * A node with one parent hangs from it, so that the graph falls into trees whose roots have no parent or several. What a node reaches
 * is its subtree and the trees of the roots that edges out of the subtree lead to, so the roots and the distinct sets of them make a
 * smaller graph with the same question; this repeats until the graph no longer shrinks. What is left is summed exactly, by
 * walks where these are short, else by bit sets, 1024 nodes a sweep. Linear time for forests, chains, and graphs that shrink to nothing;
 * in the worst case, where nearly all nodes have several parents at every level, O(nodes x edges / 32).
 *
 * @param graph Every edge must lead to a lower number; repeated edges are allowed.
 * @param weights One for each node.
 */
export function reachSums(graph: Csr, weights: Float64Array): Float64Array {
  const levels: { sums: Float64Array; set: Int32Array }[] = [];
  let top = { graph, weights };
  let below: Float64Array | null = null;
  for (;;) {
    const nodes = top.weights.length;
    const { sums, set, sets } = contract(top.graph, top.weights);
    // Where nearly every node has several parents, sets of them are no fewer than nodes.
    if (sets.weights.length > 0.8 * nodes && nodes > 0) {
      // A step of a walk, which jumps about in memory, costs about as much as uniting forty words.
      const most = bitSumsCost(top.graph) / 40;
      below = walkSums(top.graph, top.weights, { most }) ?? bitSums(top.graph, top.weights);
      break;
    }
    levels.push({ sums, set });
    if (sets.weights.length === 0) break;
    top = sets;
  }
  for (let level = levels.length - 1; level >= 0; level--) {
    const { sums, set } = levels[level];
    if (below !== null) {
      for (let u = 0; u < sums.length; u++) if (set[u] >= 0) sums[u] += below[set[u]];
    }
    below = sums;
  }
  return below ?? new Float64Array(0);
}
