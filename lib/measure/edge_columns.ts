import type { LineageView } from "../graph/lineage.ts";
import type { EdgeColumns } from "./family_interval.ts";

/**
 * Edge columns of a measure of one's own: what each edge of the view adds, with weight 1, so that `familyInterval` gives its mean over
 * the edges that count, and `familyInfluence` the families that drive it.
 *
 * @param value A number for the rows of parent and child, NaN where the edge does not count.
 * @throws {RangeError} when a value is infinite
 *
 * @example
 * ```ts
 * import { buildLineage, edgeColumns, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","likes":5}\n{"id":"b","likes":2,"tags":["base_model:finetune:a"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("finetune");
 * const { likes } = snapshot;
 * edgeColumns(view, (parent, child) => likes[child] - likes[parent]);
 * // { numerator: Float64Array [-3], denominator: Float64Array [1] }
 * ```
 */
export function edgeColumns(
  view: LineageView,
  value: (parent: number, child: number, edge: number) => number,
): EdgeColumns {
  const { lineage } = view;
  const numerator = new Float64Array(lineage.edges);
  const denominator = new Float64Array(lineage.edges);
  for (let e = 0; e < lineage.edges; e++) {
    if (!view.has(e)) continue;
    const found = value(lineage.parent[e], lineage.child[e], e);
    if (Number.isNaN(found)) continue;
    if (!Number.isFinite(found)) {
      throw new RangeError(
        `Cannot measure the edges: edge ${e} gives ${found}, expected a finite number, or NaN where it does not count`,
      );
    }
    numerator[e] = found;
    denominator[e] = 1;
  }
  return { numerator, denominator };
}
