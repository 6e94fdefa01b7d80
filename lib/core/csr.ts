/** Adjacency in compressed sparse rows: the neighbours of node u are `targets[offsets[u] .. offsets[u + 1]]`. */
export interface Csr {
  /** nodes + 1 entries. */
  readonly offsets: Uint32Array;
  /** One entry an edge, ascending within a node when the edges were given in ascending order. */
  readonly targets: Uint32Array;
  /** For each position in `targets` the number of the edge in the arrays that it was built from. */
  readonly edges: Uint32Array;
}

/**
 * Counting sort of edges by their source node, stable: O(nodes + edges) time, three arrays.
 *
 * @throws {RangeError} when an edge names a node outside 0..nodes-1, or `from` and `to` differ in length
 *
 * @example
 * ```ts
 * import { buildCsr } from "kindred";
 * const { offsets, targets } = buildCsr(3, Uint32Array.of(0, 2, 0), Uint32Array.of(1, 1, 2));
 * [...targets.subarray(offsets[0], offsets[1])]; // [1, 2]
 * ```
 */
export function buildCsr(nodes: number, from: Uint32Array, to: Uint32Array): Csr {
  if (from.length !== to.length) {
    throw new RangeError(
      `Cannot build the adjacency: found ${from.length} sources and ${to.length} targets, expected one of each an edge`,
    );
  }
  const offsets = new Uint32Array(nodes + 1);
  for (let e = 0; e < from.length; e++) {
    if (from[e] >= nodes || to[e] >= nodes) {
      throw new RangeError(
        `Cannot build the adjacency: edge ${e} is ${from[e]} -> ${
          to[e]
        }, expected nodes below ${nodes}`,
      );
    }
    offsets[from[e] + 1]++;
  }
  for (let u = 0; u < nodes; u++) offsets[u + 1] += offsets[u];
  const next = offsets.slice(0, nodes);
  const targets = new Uint32Array(from.length);
  const edges = new Uint32Array(from.length);
  for (let e = 0; e < from.length; e++) {
    const at = next[from[e]]++;
    targets[at] = to[e];
    edges[at] = e;
  }
  return { offsets, targets, edges };
}
