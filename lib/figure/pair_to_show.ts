import type { LineageView } from "../graph/lineage.ts";
import { mostDownloadedChild } from "../measure/compare/family_pair.ts";
import { rowDiff } from "../measure/compare/row_diff.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import type { RowDiffData } from "./row_diff.ts";

/**
 * What `rowDiffFigure` draws: the rows of a model and of its most downloaded child, a fine-tune where it has one.
 *
 * @param root Row of the model; undefined where there is none, as in a snapshot without a family.
 * @returns null where the model has no child
 *
 * @example
 * ```ts
 * import { buildLineage, pairToShow, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("no-merge");
 * pairToShow(snapshot, view, { root: 0 })!.child; // "b"
 * ```
 */
export function pairToShow(
  snapshot: ModelSnapshot,
  view: LineageView,
  { root }: { /** Row of the root of the largest family. */ root: number | undefined },
): RowDiffData | null {
  const pair = root === undefined ? null : mostDownloadedChild(view, root, { snapshot });
  if (pair === null) return null;
  const { parent, child, relation } = pair;
  return {
    parent: snapshot.ids.at(parent),
    child: snapshot.ids.at(child),
    relation,
    choice: `Shown are the root of the largest family and, of its ${
      relation === "finetune" ? "fine-tunes" : "children"
    }, the one downloaded most.`,
    differences: rowDiff(parent, child, { snapshot }),
  };
}
