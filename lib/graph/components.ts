import type { Csr } from "../core/csr.ts";

/** A partition of nodes 0..n-1. */
export interface Components {
  /** Component of each node; components are numbered by their lowest node. */
  labels: Uint32Array;
  /** Nodes in each component. */
  sizes: Uint32Array;
}

/**
 * Weak components of a directed graph given by its edges: union-find with path halving and union by index, so that the lowest
 * node of a component is its root. O(nodes + edges) in practice; two arrays.
 *
 * @example
 * ```ts
 * import { weakComponents } from "kindred";
 * weakComponents(3, Uint32Array.of(2), Uint32Array.of(0)).sizes; // Uint32Array [2, 1]
 * ```
 */
export function weakComponents(nodes: number, from: Uint32Array, to: Uint32Array): Components {
  const root = new Uint32Array(nodes);
  for (let u = 0; u < nodes; u++) root[u] = u;
  for (let e = 0; e < from.length; e++) {
    let a = from[e];
    let b = to[e];
    while (root[a] !== a) a = root[a] = root[root[a]];
    while (root[b] !== b) b = root[b] = root[root[b]];
    if (a < b) root[b] = a;
    else if (b < a) root[a] = b;
  }
  const labels = new Uint32Array(nodes);
  let count = 0;
  for (let u = 0; u < nodes; u++) {
    // Roots are the lowest of their component, so a node's root has its label before it.
    if (root[u] === u) labels[u] = count++;
    else {
      let a = u;
      while (root[a] !== a) a = root[a] = root[root[a]];
      labels[u] = labels[a];
    }
  }
  const sizes = new Uint32Array(count);
  for (let u = 0; u < nodes; u++) sizes[labels[u]]++;
  return { labels, sizes };
}

/**
 * Strongly connected components by Tarjan's algorithm (1972) with a stack of its own, O(nodes + edges). Components are numbered
 * in reverse topological order: an edge between two components goes from the higher number to the lower.
 *
 * @example
 * ```ts
 * import { buildCsr, strongComponents } from "kindred";
 * // 0 -> 1 -> 0, 1 -> 2
 * const csr = buildCsr(3, Uint32Array.of(0, 1, 1), Uint32Array.of(1, 0, 2));
 * strongComponents(csr).labels; // Uint32Array [1, 1, 0]
 * ```
 */
export function strongComponents({ offsets, targets }: Csr): Components {
  const nodes = offsets.length - 1;
  const unseen = 0xffffffff;
  const index = new Uint32Array(nodes).fill(unseen);
  const low = new Uint32Array(nodes);
  const labels = new Uint32Array(nodes).fill(unseen);
  const next = offsets.slice(0, nodes);
  const path = new Uint32Array(nodes);
  const open = new Uint32Array(nodes);
  const sizes = new Uint32Array(nodes);
  let count = 0;
  let counter = 0;
  let opened = 0;
  for (let start = 0; start < nodes; start++) {
    if (index[start] !== unseen) continue;
    if (offsets[start] === offsets[start + 1]) {
      // Most models have no child: a component of their own, without a walk.
      index[start] = counter++;
      labels[start] = count;
      sizes[count++] = 1;
      continue;
    }
    let depth = 0;
    path[0] = start;
    index[start] = low[start] = counter++;
    open[opened++] = start;
    while (depth >= 0) {
      const u = path[depth];
      if (next[u] < offsets[u + 1]) {
        const v = targets[next[u]++];
        if (index[v] === unseen) {
          index[v] = low[v] = counter++;
          open[opened++] = v;
          path[++depth] = v;
        } else if (labels[v] === unseen && index[v] < low[u]) low[u] = index[v];
        continue;
      }
      depth--;
      if (depth >= 0 && low[u] < low[path[depth]]) low[path[depth]] = low[u];
      if (low[u] !== index[u]) continue;
      let v: number;
      do {
        v = open[--opened];
        labels[v] = count;
        sizes[count]++;
      } while (v !== u);
      count++;
    }
  }
  return { labels, sizes: sizes.slice(0, count) };
}
