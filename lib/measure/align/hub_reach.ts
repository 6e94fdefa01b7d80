import { byCodeUnits } from "../../core/compare.ts";
import type { Lineage } from "../../graph/lineage.ts";
import { descendants } from "../../graph/reach.ts";
import type { Alignment } from "./align.ts";

/** What grew out of an asset on the Hub. */
export interface HubReach {
  /** Name of the asset. */
  asset: string;
  /** Its repositories in the snapshot. */
  repositories: number;
  /** Distinct models that name one of them as parent, its own repositories left out. */
  children: number;
  /** Distinct models below them through any number of steps, all relations, its own repositories left out. */
  descendants: number;
}

/**
 * Follows assets into the lineage of models: how many models of the snapshot descend from the repositories of each asset, most first,
 * ties by name. Assets without a model in the snapshot are left out.
 *
 * @example
 * ```ts
 * import { buildLineage, hubReach, readModelBlocks } from "kindred";
 * const rows = '{"id":"lab/base"}\n{"id":"me/tuned","tags":["base_model:finetune:lab/base"]}\n';
 * const hub = await readModelBlocks([new TextEncoder().encode(rows)], { name: "hub" });
 * const alignment = {
 *   rows: [{ asset: "Base", type: "model", kind: "model", repository: "lab/base", row: 0, rule: "url" } as const],
 *   rules: [],
 *   contested: [],
 *   models: { unaligned: 0, all: 1 },
 * };
 * hubReach(alignment, buildLineage(hub).lineage); // [{ asset: "Base", repositories: 1, children: 1, descendants: 1 }]
 * ```
 */
export function hubReach({ rows }: Alignment, { children }: Lineage): HubReach[] {
  const byAsset = new Map<string, number[]>();
  for (const { asset, row } of rows) {
    if (row === null) continue;
    const own = byAsset.get(asset);
    if (own === undefined) byAsset.set(asset, [row]);
    else own.push(row);
  }
  return [...byAsset].map(([asset, own]): HubReach => {
    const below = new Set<number>();
    for (const row of own) {
      for (let i = children.offsets[row]; i < children.offsets[row + 1]; i++) {
        below.add(children.targets[i]);
      }
    }
    for (const row of own) below.delete(row);
    return {
      asset,
      repositories: own.length,
      children: below.size,
      descendants: descendants(children, own).length,
    };
  }).sort((a, b) => b.descendants - a.descendants || byCodeUnits(a.asset, b.asset));
}
