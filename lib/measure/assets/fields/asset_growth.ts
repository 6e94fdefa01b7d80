import { monthName, monthOf } from "../../../core/time.ts";
import type { AssetSnapshot } from "../../../snapshot/asset_snapshot.ts";
import type { AssetType } from "../../../source/asset_record.ts";

/** Records by month of creation and type. */
export interface AssetGrowth {
  /** Months as `2022-07`, in order, then by type; only those with a record. */
  months: { month: string; type: AssetType; added: number }[];
  /** Records without a full date. */
  undated: number;
}

/**
 * Counts records by the month they were created in, of each type.
 *
 * @example
 * ```ts
 * import { assetGrowth, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * assetGrowth(await readAssetSnapshot(path)).undated; // 2
 * await Deno.remove(path);
 * ```
 */
export function assetGrowth({ records }: AssetSnapshot): AssetGrowth {
  const counts = new Map<string, number>();
  let undated = 0;
  for (const { created, type } of records) {
    const month = monthOf(created);
    if (month < 0) {
      undated++;
      continue;
    }
    const key = `${monthName(month)} ${type}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const months = [...counts].sort(([a], [b]) => a < b ? -1 : 1).map(([key, added]) => {
    const [month, type] = key.split(" ");
    return { month, type: type as AssetType, added };
  });
  return { months, undated };
}
