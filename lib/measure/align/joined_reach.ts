import { byCodeUnits } from "../../core/compare.ts";
import type { AssetGraph, AssetVariant } from "../../graph/assets.ts";
import type { Lineage } from "../../graph/lineage.ts";
import { descendants } from "../../graph/reach.ts";
import type { EgoType } from "../assets/asset_hubs.ts";
import type { Alignment } from "./align.ts";

/** How far an asset reaches through both graphs. */
export interface AssetReach {
  /** Name of the asset. */
  asset: string;
  /** Its type; a name without a record is undocumented. */
  type: EgoType;
  /** Assets downstream of it, through any number of steps. */
  downstream: number;
  /** Among it and those, assets that have a repository in the snapshot of models. */
  joined: number;
  /** Models of the snapshot that are one of their repositories or descend from one. */
  models: number;
}

/** How far assets reach through both graphs. */
export interface JoinedReach {
  /** The graph of assets that was walked. */
  variant: AssetVariant;
  /** Assets that reach a model, most models first, ties by name. */
  rows: AssetReach[];
}

/**
 * How far each asset reaches into the Hub through both graphs: from the asset downstream to all assets built on it, from those to their
 * repositories, and from these to all models that descend from them by any relation. A dataset thus reaches the fine-tunes of the models
 * that learned from it. Assets that reach no model of the snapshot are left out.
 *
 * @example
 * ```ts
 * import { AssetGraph, buildLineage, joinedReach, parseAssetSnapshot, readModelBlocks } from "kindred";
 * const graph = new AssetGraph(parseAssetSnapshot("- {type: model, name: Base, dependencies: [Web]}"));
 * const rows = '{"id":"lab/base"}\n{"id":"me/tuned","tags":["base_model:finetune:lab/base"]}\n';
 * const hub = await readModelBlocks([new TextEncoder().encode(rows)], { name: "hub" });
 * const alignment = {
 *   rows: [{ asset: "Base", type: "model", kind: "model", repository: "lab/base", row: 0, rule: "url" } as const],
 *   rules: [],
 *   contested: [],
 *   models: { unaligned: 0, all: 1 },
 * };
 * const { rows: reach } = joinedReach(graph, alignment, { lineage: buildLineage(hub).lineage });
 * reach[1]; // { asset: "Web", type: "undocumented", downstream: 1, joined: 1, models: 2 }
 * ```
 */
export function joinedReach(
  graph: AssetGraph,
  { rows }: Pick<Alignment, "rows">,
  { lineage }: {
    /** The lineage of the models that the assets were aligned with. */
    lineage: Pick<Lineage, "children">;
  },
): JoinedReach {
  const repositories = new Map<number, number[]>();
  for (const { asset, row } of rows) {
    if (row === null) continue;
    const node = graph.node(asset);
    const own = repositories.get(node);
    if (own === undefined) repositories.set(node, [row]);
    else own.push(row);
  }
  // Many assets lead to the same repositories, and a lineage may have millions of models.
  const counted = new Map<string, number>();
  const modelsFrom = (nodes: readonly number[]): number => {
    const key = nodes.join();
    const known = counted.get(key);
    if (known !== undefined) return known;
    const own = new Set(nodes.flatMap((node) => repositories.get(node)!));
    const models = own.size + descendants(lineage.children, own).length;
    counted.set(key, models);
    return models;
  };
  const found = graph.names.flatMap((asset, node): AssetReach[] => {
    const below = Array.from(descendants(graph.dependants, [node]));
    const joined = [...below, node].filter((other) => repositories.has(other))
      .sort((a, b) => a - b);
    if (joined.length === 0) return [];
    return [{
      asset,
      type: graph.isDocumented(node) ? graph.assets[node].type : "undocumented",
      downstream: below.length,
      joined: joined.length,
      models: modelsFrom(joined),
    }];
  });
  return {
    variant: graph.variant,
    rows: found.sort((a, b) => b.models - a.models || byCodeUnits(a.asset, b.asset)),
  };
}
