import type { Csr } from "../core/csr.ts";
import { contract } from "./contract.ts";

/** 32-bit words of a block: so many times 32 nodes are looked for in one sweep. */
const blockWords = 32;

/**
 * For each node of an acyclic graph the sum of the weights of all nodes that it reaches, itself included, each counted once.
 *
 * A node with one parent hangs from it, so that the graph falls into trees whose roots have no parent or several. What a node reaches
 * is its subtree and the trees of the roots that edges out of the subtree lead to, so the roots and the distinct sets of them make a
 * smaller graph with the same question; this repeats until the graph no longer shrinks. What is left is summed exactly by bit sets, 1024
 * nodes a sweep. Linear time for forests, chains, and graphs that shrink to nothing; in the worst case, where nearly all nodes have
 * several parents at every level, O(nodes x edges / 32).
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
      below = bitSums(top.graph, top.weights);
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

/** The same by bit sets alone, for a block of nodes at a time: O(nodes x edges / 32). */
export function bitSums({ offsets, targets }: Csr, weights: Float64Array): Float64Array {
  const nodes = weights.length;
  const sums = new Float64Array(nodes);
  const bits = new Uint32Array(nodes * blockWords);
  const bytes = new Uint8Array(bits.buffer);
  const any = new Uint8Array(nodes);
  // Sums of the weights of all subsets of eight neighbours in the block.
  const bytesOfBlock = 4 * blockWords;
  const subsets = new Float64Array(256 * bytesOfBlock);
  const size = 32 * blockWords;
  for (let first = 0; first < nodes; first += size) {
    const end = Math.min(nodes, first + size);
    for (let byte = 0; byte < bytesOfBlock; byte++) {
      for (let subset = 1; subset < 256; subset++) {
        const low = 31 - Math.clz32(subset & -subset);
        const node = first + 8 * byte + low;
        subsets[256 * byte + subset] = subsets[256 * byte + (subset & (subset - 1))] +
          (node < end ? weights[node] : 0);
      }
    }
    for (let u = first; u < nodes; u++) {
      const row = u * blockWords;
      bits.fill(0, row, row + blockWords);
      any[u] = 0;
      if (u < end) {
        bytes[4 * row + ((u - first) >> 3)] |= 1 << ((u - first) & 7);
        any[u] = 1;
      }
      for (let i = offsets[u]; i < offsets[u + 1]; i++) {
        const v = targets[i];
        if (v < first || any[v] === 0) continue;
        any[u] = 1;
        const other = v * blockWords;
        for (let word = 0; word < blockWords; word++) bits[row + word] |= bits[other + word];
      }
      if (any[u] === 0) continue;
      let sum = 0;
      for (let byte = 0; byte < bytesOfBlock; byte++) {
        sum += subsets[256 * byte + bytes[4 * row + byte]];
      }
      sums[u] += sum;
    }
  }
  return sums;
}
