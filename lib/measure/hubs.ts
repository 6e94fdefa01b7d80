import { byCodeUnits } from "../core/compare.ts";
import type { StringColumn } from "../core/string_column.ts";
import { topIndices } from "../core/top.ts";
import type { Lineage } from "../graph/lineage.ts";

/**
 * The models with the most children over all relations, ties by code-unit order of the id.
 *
 * @example
 * ```ts
 * import { hubs, Lineage, StringColumn } from "kindred";
 * const lineage = new Lineage(2, {
 *   parent: Uint32Array.of(0),
 *   child: Uint32Array.of(1),
 *   relation: Uint8Array.of(1),
 *   time: Float64Array.of(NaN),
 * });
 * hubs(lineage, StringColumn.from(["a", "b"])); // [{ id: "a", children: 1 }]
 * ```
 */
export function hubs(
  lineage: Lineage,
  ids: StringColumn,
  { n = 10 }: { /** @default 10 */ n?: number } = {},
): { id: string; children: number }[] {
  const children = new Uint32Array(lineage.nodes);
  const { offsets } = lineage.children;
  for (let u = 0; u < lineage.nodes; u++) children[u] = offsets[u + 1] - offsets[u];
  return topIndices(children, { n })
    .map((u) => ({ id: ids.at(u), children: children[u] }))
    .sort((a, b) => b.children - a.children || byCodeUnits(a.id, b.id))
    .slice(0, n);
}
