import type { StringColumn } from "../core/string_column.ts";
import type { LineageView, Relation } from "../graph/lineage.ts";
import { relations } from "../graph/lineage.ts";
import type { Family } from "./families.ts";

/** A family as drawn: all edges that can be reached from its root. */
export interface FamilyTree {
  /** Id of the root. */
  root: string;
  /** Models of the family, reached from the root or not. */
  models: number;
  /** Breadth first from the root. */
  edges: { parent: string; child: string; relation: Relation }[];
}

/**
 * The edges below each family's root, breadth first, each node's edges in row order. Meant for a few families: an edge becomes an
 * object.
 *
 * @example
 * ```ts
 * import { buildLineage, families, familyTrees, largestFamilies, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("no-merge");
 * const [tree] = familyTrees(view, largestFamilies(view, families(view)), { ids: snapshot.ids });
 * tree.edges; // [{ parent: "a", child: "b", relation: "finetune" }]
 * ```
 */
export function familyTrees(
  view: LineageView,
  families: readonly Family[],
  { ids }: { ids: StringColumn },
): FamilyTree[] {
  const { lineage } = view;
  const { offsets } = lineage.children;
  return families.map(({ root, models }) => {
    const seen = new Set([root]);
    const queue = [root];
    const edges: FamilyTree["edges"] = [];
    for (const u of queue) {
      for (let e = offsets[u]; e < offsets[u + 1]; e++) {
        if (!view.has(e)) continue;
        const v = lineage.child[e];
        edges.push({
          parent: ids.at(u),
          child: ids.at(v),
          relation: relations[lineage.relation[e]],
        });
        if (seen.has(v)) continue;
        seen.add(v);
        queue.push(v);
      }
    }
    return { root: ids.at(root), models, edges };
  });
}
