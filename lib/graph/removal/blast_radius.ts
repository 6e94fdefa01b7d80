import { buildCsr, type Csr } from "../../core/csr.ts";
import { strongComponents } from "../components.ts";
import type { BothWays } from "../neighbourhood.ts";
import { reachSums } from "./reach_sums.ts";
import { type ReadingOptions, RemovalState } from "./removal_state.ts";
import { walkSums } from "./walk_sums.ts";

/**
 * How many nodes lie downstream of each node, itself left out: what is lost with it when everything needs all it was made from. Exact, also
 * where ways part and meet again and on cycles. Where descendants are few it walks from each node; else the strongly connected components
 * make an acyclic graph, which is cut into trees (`reachSums`): linear on forests and chains, and seconds on lineages of millions,
 * since few models have several parents.
 *
 * @param csr Outgoing edges, such as `lineage.children`.
 *
 * @example
 * ```ts
 * import { blastRadius, buildCsr } from "kindred";
 * // 0 -> 1 -> 3, 0 -> 2 -> 3
 * const csr = buildCsr(4, Uint32Array.of(0, 0, 1, 2), Uint32Array.of(1, 2, 3, 3));
 * blastRadius(csr); // Uint32Array [3, 1, 1, 0]
 * ```
 */
export function blastRadius(csr: Csr): Uint32Array {
  const { offsets, targets } = csr;
  const nodes = offsets.length - 1;
  const radius = new Uint32Array(nodes);
  // Most lineages are so shallow that walking from every node is the shortest way.
  const most = 2 * (nodes + targets.length);
  const walked = walkSums(csr, new Float64Array(nodes).fill(1), { most });
  if (walked !== null) {
    for (let u = 0; u < nodes; u++) radius[u] = walked[u] - 1;
    return radius;
  }
  const { labels, sizes } = strongComponents(csr);
  const from = new Uint32Array(targets.length);
  const to = new Uint32Array(targets.length);
  let edges = 0;
  for (let u = 0; u < nodes; u++) {
    for (let i = offsets[u]; i < offsets[u + 1]; i++) {
      if (labels[u] === labels[targets[i]]) continue;
      from[edges] = labels[u];
      to[edges++] = labels[targets[i]];
    }
  }
  const condensed = buildCsr(sizes.length, from.subarray(0, edges), to.subarray(0, edges));
  const sums = reachSums(condensed, Float64Array.from(sizes));
  for (let u = 0; u < nodes; u++) radius[u] = sums[labels[u]] - 1;
  return radius;
}

/**
 * How many other nodes are lost with each node, under any reading: each removal is simulated and taken back. O(nodes + edges lost in
 * all), which is quick for asset graphs and for lineages of short lines; under `all` use {@link blastRadius}.
 *
 * @throws {RangeError} when there is no such reading, or `kinds` lacks its types
 *
 * @example
 * ```ts
 * import { buildCsr, simulatedRadius } from "kindred";
 * // 0 -> 2, 1 -> 2
 * const [from, to] = [Uint32Array.of(0, 1), Uint32Array.of(2, 2)];
 * const graph = { children: buildCsr(3, from, to), parents: buildCsr(3, to, from) };
 * simulatedRadius(graph, { reading: "any" }); // Uint32Array [0, 0, 0]
 * ```
 */
export function simulatedRadius(graph: BothWays, options: ReadingOptions = {}): Uint32Array {
  const state = new RemovalState(graph, options);
  const radius = new Uint32Array(state.lost.length);
  for (let u = 0; u < radius.length; u++) {
    radius[u] = state.remove(u) - 1;
    state.rollback(0);
  }
  return radius;
}
