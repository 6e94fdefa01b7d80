import type { LineageView } from "../graph/lineage.ts";
import { distinctWithin, type TraitColumn } from "../snapshot/traits.ts";

/** How often a trait changes from parent to child. */
export interface Mutation {
  /** Edges where both ends report the trait. */
  edges: number;
  /** Sum over those edges of the Jaccard distance of the two sets of values. */
  mutations: number;
  /** mutations / edges, null where no edge counts. */
  rate: number | null;
}

/**
 * Mutation rate of a trait: over the edges whose ends both report it, the mean of (|A u B| - |A n B|) / |A u B|, with A and B the sets
 * of values of parent and child. Definition 7.1 of Laufer, Oderinwale and Kleinberg, "Anatomy of a Machine Learning
 * Ecosystem" (2025), which uses the finetune graph.
 *
 * @example
 * ```ts
 * import { buildLineage, mutation, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:gpl-3.0"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("finetune");
 * mutation(view, traitColumn(snapshot, "license")).rate; // 1
 * ```
 */
export function mutation(view: LineageView, column: TraitColumn): Mutation {
  const { offsets, codes, values } = distinctWithin(column);
  const { lineage } = view;
  const stamp = new Uint32Array(values.length);
  let edges = 0;
  let mutations = 0;
  for (let e = 0; e < lineage.edges; e++) {
    if (!view.has(e)) continue;
    const u = lineage.parent[e];
    const v = lineage.child[e];
    const parent = offsets[u + 1] - offsets[u];
    const child = offsets[v + 1] - offsets[v];
    if (parent === 0 || child === 0) continue;
    for (let i = offsets[u]; i < offsets[u + 1]; i++) stamp[codes[i]] = e + 1;
    let shared = 0;
    for (let i = offsets[v]; i < offsets[v + 1]; i++) if (stamp[codes[i]] === e + 1) shared++;
    const union = parent + child - shared;
    edges++;
    mutations += (union - shared) / union;
  }
  return { edges, mutations, rate: edges > 0 ? mutations / edges : null };
}
