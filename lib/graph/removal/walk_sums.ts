import type { Csr } from "../../core/csr.ts";

/**
 * For each node of any graph the sum of the weights of all nodes that it reaches, itself included, by a walk from each; null when that
 * would follow more than `most` edges and nodes in all.
 *
 * @param weights One for each node.
 */
export function walkSums(
  { offsets, targets }: Csr,
  weights: Float64Array,
  { most }: { most: number },
): Float64Array | null {
  const nodes = weights.length;
  const sums = new Float64Array(nodes);
  const metFrom = new Uint32Array(nodes);
  const stack = new Uint32Array(nodes);
  let left = most;
  for (let start = 0; start < nodes; start++) {
    let sum = 0;
    let size = 0;
    stack[size++] = start;
    metFrom[start] = start + 1;
    while (size > 0) {
      const u = stack[--size];
      sum += weights[u];
      left -= 1 + offsets[u + 1] - offsets[u];
      if (left < 0) return null;
      for (let i = offsets[u]; i < offsets[u + 1]; i++) {
        const v = targets[i];
        if (metFrom[v] === start + 1) continue;
        metFrom[v] = start + 1;
        stack[size++] = v;
      }
    }
    sums[start] = sum;
  }
  return sums;
}
