import { buildCsr } from "../core/csr.ts";
import { topIndices } from "../core/top.ts";
import { weakComponents } from "../graph/components.ts";
import type { LineageView } from "../graph/lineage.ts";

/** The weak components of a lineage. */
export interface Families {
  /** Number of components, single models included. */
  components: number;
  /** Components of at least two models. */
  withEdges: number;
  /** Component of each model. */
  of: Uint32Array;
  /** Models in each component. */
  sizes: Uint32Array;
}

/** A large family. */
export interface Family {
  /** Number of the component. */
  component: number;
  /** Number of models. */
  models: number;
  /** Row of the member that the family is named after. */
  root: number;
}

/**
 * Families of a lineage: its weak components in the given graph; the paper uses the no-merge graph, where a single model is a
 * component too (Laufer, Oderinwale and Kleinberg 2025, section 4).
 *
 * @example
 * ```ts
 * import { buildLineage, families, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * families(buildLineage(snapshot).lineage.view("no-merge")).withEdges; // 1
 * ```
 */
export function families(view: LineageView): Families {
  const { lineage } = view;
  const from = new Uint32Array(view.edges);
  const to = new Uint32Array(view.edges);
  let length = 0;
  for (let e = 0; e < lineage.edges; e++) {
    if (!view.has(e)) continue;
    from[length] = lineage.parent[e];
    to[length++] = lineage.child[e];
  }
  const { labels, sizes } = weakComponents(lineage.nodes, from, to);
  let withEdges = 0;
  for (const size of sizes) if (size > 1) withEdges++;
  return { components: sizes.length, withEdges, of: labels, sizes };
}

/**
 * The `n` largest families of at least two models, largest first, ties by the lower row of the root. The root is the member
 * without a parent that has the most descendants; where a cycle leaves none, the member with the most children.
 *
 * @example
 * ```ts
 * import { buildLineage, families, largestFamilies, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("no-merge");
 * largestFamilies(view, families(view)); // [{ component: 0, models: 2, root: 0 }]
 * ```
 */
export function largestFamilies(
  view: LineageView,
  { of, sizes }: Families,
  { n = 10 }: { /** @default 10 */ n?: number } = {},
): Family[] {
  const candidates = topIndices(sizes, { n }).filter((component) => sizes[component] > 1);
  const roots = familyRoots(view, { of, sizes }, candidates);
  return candidates
    .map((component, i) => ({ component, models: sizes[component], root: roots[i] }))
    .sort((a, b) => b.models - a.models || a.root - b.root)
    .slice(0, n);
}

/**
 * The member that each of some families is named after, as in {@link largestFamilies}; -1 for a family without an edge in the view.
 *
 * @param components Numbers of the families.
 */
export function familyRoots(
  view: LineageView,
  { of, sizes }: Pick<Families, "of" | "sizes">,
  components: readonly number[],
): Int32Array {
  const { lineage } = view;
  const wanted = new Int32Array(sizes.length).fill(-1);
  components.forEach((component, i) => wanted[component] = i);
  const children = new Uint32Array(lineage.nodes);
  const hasParent = new Uint8Array(lineage.nodes);
  let edges = 0;
  for (let e = 0; e < lineage.edges; e++) {
    if (!view.has(e) || wanted[of[lineage.parent[e]]] < 0) continue;
    children[lineage.parent[e]]++;
    hasParent[lineage.child[e]] = 1;
    edges++;
  }
  const from = new Uint32Array(edges);
  const to = new Uint32Array(edges);
  for (let e = 0, i = 0; e < lineage.edges; e++) {
    if (!view.has(e) || wanted[of[lineage.parent[e]]] < 0) continue;
    from[i] = lineage.parent[e];
    to[i++] = lineage.child[e];
  }
  const { offsets, targets } = buildCsr(lineage.nodes, from, to);
  const root = new Int32Array(components.length).fill(-1);
  const best = new Float64Array(components.length).fill(-1);
  const seen = new Uint32Array(lineage.nodes);
  const stack: number[] = [];
  for (let u = 0; u < lineage.nodes; u++) {
    const family = wanted[of[u]];
    if (family < 0 || hasParent[u] === 1 || children[u] === 0) continue;
    let reached = 0;
    stack.push(u);
    seen[u] = u + 1;
    while (stack.length > 0) {
      const v = stack.pop()!;
      reached++;
      for (let i = offsets[v]; i < offsets[v + 1]; i++) {
        if (seen[targets[i]] === u + 1) continue;
        seen[targets[i]] = u + 1;
        stack.push(targets[i]);
      }
    }
    if (reached > best[family]) {
      best[family] = reached;
      root[family] = u;
    }
  }
  for (let u = 0; u < lineage.nodes; u++) {
    const family = wanted[of[u]];
    if (family < 0 || best[family] > 0) continue;
    if (root[family] < 0 || children[u] > children[root[family]]) root[family] = u;
  }
  return root;
}
