import { buildCsr, type Csr } from "../core/csr.ts";
import { strongComponents } from "./components.ts";

/**
 * Number of edges of the longest directed path of an acyclic graph, null when there is a cycle (a self-loop is one). Kahn's
 * topological order (1962), O(nodes + edges).
 *
 * @example
 * ```ts
 * import { buildCsr, longestPath } from "kindred";
 * longestPath(buildCsr(3, Uint32Array.of(0, 1), Uint32Array.of(1, 2))); // 2
 * longestPath(buildCsr(2, Uint32Array.of(0, 1), Uint32Array.of(1, 0))); // null
 * ```
 */
export function longestPath(csr: Csr): number | null {
  const { longest, left } = peel(csr);
  return left.length === 0 ? longest : null;
}

/**
 * Takes away nodes without a parent until there are none (Kahn 1962): the edges of the longest path of those that went, and the nodes
 * that are left, ascending, which lie on cycles or below them.
 */
export function peel({ offsets, targets }: Csr): { longest: number; left: Uint32Array } {
  const nodes = offsets.length - 1;
  const waiting = new Uint32Array(nodes);
  for (let i = 0; i < targets.length; i++) waiting[targets[i]]++;
  const queue = new Uint32Array(nodes);
  const depth = new Uint32Array(nodes);
  let head = 0;
  let tail = 0;
  let longest = 0;
  for (let u = 0; u < nodes; u++) if (waiting[u] === 0) queue[tail++] = u;
  while (head < tail) {
    const u = queue[head++];
    const below = depth[u] + 1;
    for (let i = offsets[u]; i < offsets[u + 1]; i++) {
      const v = targets[i];
      if (below > depth[v]) depth[v] = below;
      if (--waiting[v] > 0) continue;
      queue[tail++] = v;
      if (depth[v] > longest) longest = depth[v];
    }
  }
  const left = new Uint32Array(nodes - tail);
  for (let u = 0, at = 0; at < left.length; u++) if (waiting[u] > 0) left[at++] = u;
  return { longest, left };
}

/**
 * Number of edges of the longest directed path of the condensation, in which every strongly connected component is one node; for
 * graphs with cycles. O(nodes + edges).
 *
 * @example
 * ```ts
 * import { buildCsr, longestCondensedPath } from "kindred";
 * // 0 -> 1 -> 0, 1 -> 2
 * longestCondensedPath(buildCsr(3, Uint32Array.of(0, 1, 1), Uint32Array.of(1, 0, 2))); // 1
 * ```
 */
export function longestCondensedPath(csr: Csr): number {
  const { offsets, targets } = csr;
  const { labels, sizes } = strongComponents(csr);
  const from = new Uint32Array(targets.length);
  const to = new Uint32Array(targets.length);
  let edges = 0;
  for (let u = 0; u < labels.length; u++) {
    for (let i = offsets[u]; i < offsets[u + 1]; i++) {
      if (labels[u] === labels[targets[i]]) continue;
      from[edges] = labels[u];
      to[edges++] = labels[targets[i]];
    }
  }
  // A condensation has no cycle, so there is always a path.
  return longestPath(
    buildCsr(sizes.length, from.subarray(0, edges), to.subarray(0, edges)),
  ) as number;
}
