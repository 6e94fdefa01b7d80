import type { Csr } from "../core/csr.ts";

/**
 * Number of edges of the shortest way from any of the starts to each node, -1 where there is none. Breadth first, O(nodes + edges).
 *
 * @param ways Adjacencies of one graph that may be walked: one of them, or both for ways that disregard directions.
 * @throws {RangeError} when a start is no node of the graph, or there is no adjacency
 *
 * @example
 * ```ts
 * import { buildCsr, stepsFrom } from "kindred";
 * stepsFrom([buildCsr(3, Uint32Array.of(0), Uint32Array.of(1))], [0]); // Int32Array [0, 1, -1]
 * ```
 */
export function stepsFrom(ways: readonly Csr[], starts: Iterable<number>): Int32Array {
  if (ways.length === 0) throw new RangeError("Cannot walk a graph: found no edges to walk on");
  const nodes = ways[0].offsets.length - 1;
  const steps = new Int32Array(nodes).fill(-1);
  const queue: number[] = [];
  for (const start of starts) {
    if (!(Number.isInteger(start) && start >= 0 && start < nodes)) {
      throw new RangeError(
        `Cannot start at node ${start}: the graph has ${nodes} nodes, counted from 0`,
      );
    }
    if (steps[start] === 0) continue;
    steps[start] = 0;
    queue.push(start);
  }
  for (let head = 0; head < queue.length; head++) {
    const u = queue[head];
    for (const { offsets, targets } of ways) {
      for (let i = offsets[u]; i < offsets[u + 1]; i++) {
        if (steps[targets[i]] >= 0) continue;
        steps[targets[i]] = steps[u] + 1;
        queue.push(targets[i]);
      }
    }
  }
  return steps;
}
