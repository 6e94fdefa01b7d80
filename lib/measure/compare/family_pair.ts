import { type LineageView, type Relation, relations } from "../../graph/lineage.ts";
import type { ModelSnapshot } from "../../snapshot/model_snapshot.ts";

/** A parent, one of its children, and how it was made. */
export interface FamilyPair {
  /** Row of the parent. */
  parent: number;
  /** Row of the child. */
  child: number;
  /** Relation of the edge. */
  relation: Relation;
}

/** The snapshot of a {@link mostDownloadedChild}. */
export interface MostDownloadedChildOptions {
  /** The snapshot that the view is of. */
  snapshot: ModelSnapshot;
}

/**
 * The child of a model that is downloaded most: of its fine-tunes or, where it has none, of all its children in the view; of equals
 * the first row. Null where it has no child.
 *
 * @param view The edges that count.
 * @param parent Row of the parent.
 *
 * @example
 * ```ts
 * import { buildLineage, mostDownloadedChild, readModelBlocks } from "kindred";
 * const rows = '{"id":"a"}\n{"id":"b","downloads":9,"tags":["base_model:finetune:a"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("no-merge");
 * mostDownloadedChild(view, 0, { snapshot }); // { parent: 0, child: 1, relation: "finetune" }
 * ```
 */
export function mostDownloadedChild(
  view: LineageView,
  parent: number,
  { snapshot }: MostDownloadedChildOptions,
): FamilyPair | null {
  const { children, relation } = view.lineage;
  const finetune = relations.indexOf("finetune");
  let best = -1;
  let bestRank = [-1, -1];
  for (let e = children.offsets[parent]; e < children.offsets[parent + 1]; e++) {
    if (!view.has(e)) continue;
    const rank = [
      Number(relation[e] === finetune),
      snapshot.downloads[children.targets[e]] || 0,
    ];
    if (rank[0] < bestRank[0] || rank[0] === bestRank[0] && rank[1] <= bestRank[1]) continue;
    best = e;
    bestRank = rank;
  }
  return best < 0
    ? null
    : { parent, child: children.targets[best], relation: relations[relation[best]] };
}
