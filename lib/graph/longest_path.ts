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
export function longestPath({ offsets, targets }: Csr): number | null {
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
      if (below > depth[v]) {
        depth[v] = below;
        if (below > longest) longest = below;
      }
      if (--waiting[v] === 0) queue[tail++] = v;
    }
  }
  return tail === nodes ? longest : null;
}

/** The longest path of the condensation, in which every strongly connected component is one node; for graphs with cycles. */
export function longestCondensedPath(csr: Csr): number {
  const { labels, sizes } = strongComponents(csr);
  const nodes = csr.offsets.length - 1;
  const from: number[] = [];
  const to: number[] = [];
  for (let u = 0; u < nodes; u++) {
    for (let i = csr.offsets[u]; i < csr.offsets[u + 1]; i++) {
      if (labels[u] === labels[csr.targets[i]]) continue;
      from.push(labels[u]);
      to.push(labels[csr.targets[i]]);
    }
  }
  // A condensation has no cycle, so there is always a path.
  return longestPath(
    buildCsr(sizes.length, Uint32Array.from(from), Uint32Array.from(to)),
  ) as number;
}
