import type { Csr } from "../../core/csr.ts";
import { strongComponents } from "../components.ts";

/**
 * An order of the nodes that agrees with every edge: the rank of an edge's end is higher than that of its beginning, except in a cycle,
 * whose nodes share one rank. Nodes come by their time, but none before what leads to it; a node without a time comes with the
 * latest that leads to it, or first where there is none. Ties by the longest path that leads there. O(nodes log nodes + edges).
 *
 * @param times When each node began; NaN where not known.
 * @throws {RangeError} when there is not one time for each node
 *
 * @example
 * ```ts
 * import { buildCsr, dependencyOrder } from "kindred";
 * // 0 -> 1, although 1 is dated first; 2 by itself
 * const csr = buildCsr(3, Uint32Array.of(0), Uint32Array.of(1));
 * dependencyOrder(csr, Float64Array.of(2020, 2010, 2015)); // Uint32Array [1, 2, 0]
 * ```
 */
export function dependencyOrder(csr: Csr, times: Float64Array): Uint32Array {
  const { offsets, targets } = csr;
  const nodes = offsets.length - 1;
  if (times.length !== nodes) {
    throw new RangeError(
      `Cannot order the nodes: found ${times.length} times, expected one for each of ${nodes}`,
    );
  }
  const { labels, sizes } = strongComponents(csr);
  const time = new Float64Array(sizes.length).fill(-Infinity);
  const depth = new Uint32Array(sizes.length);
  for (let u = 0; u < nodes; u++) {
    if (times[u] > time[labels[u]]) time[labels[u]] = times[u];
  }
  // Labels fall along edges, so from the highest on all that leads to a component is done before it.
  const members = Uint32Array.from({ length: nodes }, (_, u) => u)
    .sort((a, b) => labels[b] - labels[a]);
  for (const u of members) {
    const from = labels[u];
    for (let i = offsets[u]; i < offsets[u + 1]; i++) {
      const to = labels[targets[i]];
      if (to === from) continue;
      if (time[from] > time[to]) time[to] = time[from];
      if (depth[from] + 1 > depth[to]) depth[to] = depth[from] + 1;
    }
  }
  const before = (a: number, b: number) =>
    time[a] < time[b] ? -1 : time[a] > time[b] ? 1 : depth[a] - depth[b];
  const sorted = Uint32Array.from({ length: sizes.length }, (_, c) => c).sort(before);
  const rank = new Uint32Array(sizes.length);
  for (let i = 1; i < sorted.length; i++) {
    rank[sorted[i]] = rank[sorted[i - 1]] + (before(sorted[i - 1], sorted[i]) < 0 ? 1 : 0);
  }
  return labels.map((label) => rank[label]);
}
