import type { RowDiffData } from "../figure/row_diff.ts";
import type { LineageView } from "../graph/lineage.ts";
import { mostDownloadedChild } from "../measure/compare/family_pair.ts";
import { rowDiff } from "../measure/compare/row_diff.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";

/** The two models whose rows a figure shows: the root of the largest family and its most downloaded child. */
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
