import { byCodeUnits } from "../../../core/compare.ts";
import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";
import { blastRadius, simulatedRadius } from "../../../graph/removal/blast_radius.ts";
import { directDependants, type EgoType } from "../asset_hubs.ts";
import { nodeType, removable } from "./asset_kinds.ts";

/** How much is lost with one asset, under each reading; the asset itself is not counted. */
export interface AssetBlast {
  /** Name of the asset. */
  name: string;
  /** Its type. */
  type: EgoType;
  /** As written; empty where none is known. */
  organization: string;
  /** Other assets that build on it directly. */
  direct: number;
  /** Lost when everything needs all its dependencies: all that lies downstream. */
  all: number;
  /** Lost when dependencies of one type stand in for each other. */
  kinds: number;
  /** Lost when any dependency will do. */
  any: number;
}

/** Blast radii of a graph. */
export interface BlastRanking {
  /** The graph in which losses were followed. */
  variant: AssetVariant;
  /** One row a node, by `all` descending, ties by name. */
  rows: AssetBlast[];
}

/**
 * The blast radius of every asset: how many others are lost when it alone disappears.
 *
 * @example
 * ```ts
 * import { AssetGraph, blastRanking, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: model\n  name: OPT\n  dependencies: [The Pile, web]\n");
 * const { rows } = blastRanking(new AssetGraph(await readAssetSnapshot(path)));
 * [rows[0].name, rows[0].all, rows[0].any]; // ["The Pile", 1, 0]
 * await Deno.remove(path);
 * ```
 */
export function blastRanking(graph: AssetGraph): BlastRanking {
  const { ways, types } = removable(graph);
  const all = blastRadius(ways.children);
  const kinds = simulatedRadius(ways, { reading: "kinds", types });
  const any = simulatedRadius(ways, { reading: "any" });
  return {
    variant: graph.variant,
    rows: graph.names
      .map((name, node) => ({
        name,
        type: nodeType(graph, node),
        organization: graph.isDocumented(node) ? graph.assets[node].organization : "",
        direct: directDependants(graph, node).length,
        all: all[node],
        kinds: kinds[node],
        any: any[node],
      }))
      .sort((a, b) => b.all - a.all || byCodeUnits(a.name, b.name)),
  };
}
