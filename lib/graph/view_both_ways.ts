import { buildCsr } from "../core/csr.ts";
import type { LineageView } from "./lineage.ts";
import type { BothWays } from "./neighbourhood.ts";

/**
 * The edges of a view as adjacency both ways; the whole lineage's own arrays where every edge belongs to it. Edge numbers are those
 * of the view, not of the lineage, where some do not.
 *
 * @example
 * ```ts
 * import { Lineage, viewBothWays } from "kindred";
 * // 0 -finetune-> 1 -quantized-> 2
 * const lineage = new Lineage(3, {
 *   parent: Uint32Array.of(0, 1),
 *   child: Uint32Array.of(1, 2),
 *   relation: Uint8Array.of(1, 2),
 *   time: Float64Array.of(NaN, NaN),
 * });
 * viewBothWays(lineage.view("finetune")).children.targets; // Uint32Array [1]
 * ```
 */
export function viewBothWays(view: LineageView): BothWays {
  const { lineage } = view;
  if (view.edges === lineage.edges) return lineage;
  const parent = new Uint32Array(view.edges);
  const child = new Uint32Array(view.edges);
  let count = 0;
  for (let e = 0; e < lineage.edges; e++) {
    if (!view.has(e)) continue;
    parent[count] = lineage.parent[e];
    child[count++] = lineage.child[e];
  }
  return {
    children: buildCsr(lineage.nodes, parent, child),
    parents: buildCsr(lineage.nodes, child, parent),
  };
}
