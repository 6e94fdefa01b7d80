import type { LineageView } from "../graph/lineage.ts";
import { type Families, largestFamilies } from "../measure/families.ts";
import { growth } from "../measure/growth.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import type { FamilyGrowthData } from "./family_growth.ts";

/**
 * What `familyGrowthFigure` draws: the largest families and all models by month of creation.
 *
 * @param options.view The graph whose components the families are.
 * @param options.n Most families.
 *
 * @example
 * ```ts
 * import { buildLineage, families, familyGrowthData, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","createdAt":"2024-05-17T00:00:00.000Z"}\n' +
 *   '{"id":"b","createdAt":"2024-06-01T00:00:00.000Z","tags":["base_model:finetune:a"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("no-merge");
 * familyGrowthData(snapshot, families(view), { view }).families[0].root; // "a"
 * ```
 */
export function familyGrowthData(
  snapshot: ModelSnapshot,
  families: Families,
  { view, n = 10 }: { view: LineageView; /** @default 10 */ n?: number },
): FamilyGrowthData {
  const largest = largestFamilies(view, families, { n });
  const { all, families: months } = growth(snapshot, families, { largest });
  return {
    families: largest.map(({ root, models }, i) => ({
      root: snapshot.ids.at(root),
      models,
      months: months[i].months,
    })),
    creations: all.months,
    undated: all.undated,
    placeholder: snapshot.issues.find(({ kind }) => kind === "placeholderDate")?.count ?? 0,
  };
}
