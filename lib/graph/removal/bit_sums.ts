import type { Csr } from "../../core/csr.ts";

/** 32-bit words of a block: so many times 32 nodes are looked for in one sweep. */
const blockWords = 32;

/**
 * For each node of an acyclic graph the sum of the weights of all nodes that it reaches, itself included, by bit sets: a sweep for each
 * block of 1024 nodes. O(nodes x edges / 32).
 *
 * @param graph Every edge must lead to a lower number.
 * @param weights One for each node.
 */
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

/** Words that {@link bitSums} unites at most. */
export function bitSumsCost({ offsets, targets }: Csr): number {
  const nodes = offsets.length - 1;
  return Math.ceil(nodes / (32 * blockWords)) * blockWords * (nodes + targets.length) / 2;
}
