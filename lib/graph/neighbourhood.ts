import type { Csr } from "../core/csr.ts";

/** Ways to walk from a node: to what it was made from, to what was made from it, or both. */
export const directions = ["up", "down", "both"] as const;

/** One of {@link directions}: `up` to parents, `down` to children. */
export type Direction = typeof directions[number];

/** A directed graph as adjacency both ways, such as a `Lineage` or an asset graph. */
export interface BothWays {
  /** Outgoing edges: parent to child, dependency to dependant. */
  readonly children: Csr;
  /** Incoming edges, with the same edge numbers. */
  readonly parents: Csr;
}

/** Options of {@link neighbourhood}. */
export interface NeighbourhoodOptions {
  /**
   * Longest way from a start, in edges; `Infinity` for all that can be reached.
   * @default 1
   */
  hops?: number;
  /**
   * Which way edges are followed.
   * @default "both"
   */
  direction?: Direction;
  /**
   * Whether an edge number counts; {@link LineageView.has} for one of the four graphs.
   * @default every edge
   */
  has?: (edge: number) => boolean;
}

/**
 * Nodes within some hops of the starts, the starts included, in ascending order. With `hops: Infinity` and both directions these
 * are the weak components of the starts. Breadth first; O(nodes + edges met).
 *
 * @throws {RangeError} when a start is no node, `hops` is not a whole number of at least 0 or `Infinity`, or there is no such direction
 *
 * @example
 * ```ts
 * import { Lineage, neighbourhood } from "kindred";
 * // 0 -> 1 -> 2
 * const lineage = new Lineage(3, {
 *   parent: Uint32Array.of(0, 1),
 *   child: Uint32Array.of(1, 2),
 *   relation: Uint8Array.of(1, 2),
 *   time: Float64Array.of(NaN, NaN),
 * });
 * neighbourhood(lineage, [1], { direction: "up" }); // Uint32Array [0, 1]
 * ```
 */
export function neighbourhood(
  graph: BothWays,
  starts: readonly number[],
  { hops = 1, direction = "both", has }: NeighbourhoodOptions = {},
): Uint32Array {
  const nodes = graph.children.offsets.length - 1;
  if (!(hops === Infinity || (Number.isInteger(hops) && hops >= 0))) {
    throw new RangeError(
      `Cannot walk ${hops} hops: expected a whole number of at least 0, or Infinity`,
    );
  }
  if (!directions.includes(direction)) {
    throw new RangeError(
      `Cannot walk "${direction}": expected one of ${directions.map((d) => `"${d}"`).join(", ")}`,
    );
  }
  const ways: Csr[] = [];
  if (direction !== "up") ways.push(graph.children);
  if (direction !== "down") ways.push(graph.parents);
  const met = new Uint8Array(nodes);
  const found: number[] = [];
  for (const start of starts) {
    if (!(Number.isInteger(start) && start >= 0 && start < nodes)) {
      throw new RangeError(
        `Cannot start at node ${start}: the graph has ${nodes} nodes, counted from 0`,
      );
    }
    if (met[start] === 0) found.push(start);
    met[start] = 1;
  }
  let from = 0;
  for (let hop = 0; hop < hops && from < found.length; hop++) {
    const end = found.length;
    for (; from < end; from++) {
      const u = found[from];
      for (const { offsets, targets, edges } of ways) {
        for (let i = offsets[u]; i < offsets[u + 1]; i++) {
          const v = targets[i];
          if (met[v] === 1 || (has !== undefined && !has(edges[i]))) continue;
          met[v] = 1;
          found.push(v);
        }
      }
    }
  }
  return Uint32Array.from(found).sort();
}
