import type { Csr } from "../core/csr.ts";

/**
 * Nodes that can be reached from the seeds, the seeds themselves left out, in ascending order. O(nodes + edges).
 *
 * @throws {RangeError} when a seed is no node of the graph
 *
 * @example
 * ```ts
 * import { buildCsr, descendants } from "kindred";
 * descendants(buildCsr(3, Uint32Array.of(0, 1), Uint32Array.of(1, 2)), [0]); // Uint32Array [1, 2]
 * ```
 */
export function descendants({ offsets, targets }: Csr, seeds: Iterable<number>): Uint32Array {
  const nodes = offsets.length - 1;
  const reached = new Uint8Array(nodes);
  const stack: number[] = [];
  const start = [...seeds];
  for (const seed of start) {
    if (!(Number.isInteger(seed) && seed >= 0 && seed < nodes)) {
      throw new RangeError(
        `Cannot find the descendants of node ${seed}: expected an integer from 0 to ${nodes - 1}`,
      );
    }
    if (reached[seed] === 1) continue;
    reached[seed] = 1;
    stack.push(seed);
  }
  let count = 0;
  while (stack.length > 0) {
    const u = stack.pop()!;
    for (let i = offsets[u]; i < offsets[u + 1]; i++) {
      const v = targets[i];
      if (reached[v] === 1) continue;
      reached[v] = 1;
      count++;
      stack.push(v);
    }
  }
  for (const seed of start) reached[seed] = 0;
  const found = new Uint32Array(count);
  for (let u = 0, i = 0; u < nodes; u++) if (reached[u] === 1) found[i++] = u;
  return found;
}
