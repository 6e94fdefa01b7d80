import { byCodeUnits } from "../../../core/compare.ts";
import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";
import { removal } from "../../../graph/removal/removal.ts";
import type { RemovalReading } from "../../../graph/removal/removal_state.ts";
import type { AssetType } from "../../../source/asset_record.ts";
import type { EgoType } from "../asset_hubs.ts";
import { countTypes, nodeType, removable } from "./asset_kinds.ts";
import { type RemovalSeeds, removalSeeds } from "./removal_seeds.ts";

/** Options of {@link without}. */
export interface WithoutOptions extends RemovalSeeds {
  /**
   * When an asset is lost whose dependencies are.
   * @default "all"
   */
  reading?: RemovalReading;
}

/** An asset that loses a dependency. */
export interface AffectedAsset {
  /** Name of the asset. */
  name: string;
  /** Its type. */
  type: EgoType;
  /** Dependencies that are removed or lost, by name. */
  lostDependencies: string[];
  /**
   * Dependencies that remain and could stand in, by name: those of the types it loses some of; under `any` all that remain. Under `all`
   * the reading does not let them, so they only say what there is.
   */
  alternatives: string[];
  /** Whether there is an alternative for each type of dependency that it loses some of; under `any` whether there is one at all. */
  replaceable: boolean;
}

/** An asset that is lost. */
export interface LostAsset extends AffectedAsset {
  /** Step in which it is lost, from 1. */
  step: number;
}

/** What disappears with some assets. */
export interface Without {
  /** The graph in which losses were followed. */
  variant: AssetVariant;
  /** When an asset counts as lost. */
  reading: RemovalReading;
  /** Names of the assets that are removed, in the order of the graph. */
  seeds: string[];
  /** Assets that are lost with them, by step and name. */
  lost: LostAsset[];
  /** How many are lost in each step; entry 0 is step 1, the direct losses. */
  byStep: number[];
  /** How many are lost of each type. */
  byType: Record<EgoType, number>;
  /** Assets that remain but lose a dependency, by name; none under `all`. */
  affected: AffectedAsset[];
  /** How many of `lost` and `affected` have no alternative for something that they lose. */
  withoutAlternative: number;
}

/** The same as the report says it. */
export interface AssetsWithoutReport extends Omit<Without, "byType"> {
  /** How many assets are lost; under `all` everything downstream of the removed ones. */
  dependants: number;
  /** How many are lost of each type. */
  byType: Record<AssetType, number>;
  /** Their names in code-unit order. */
  names: string[];
}

/**
 * What disappears with some assets, an organization, or the APIs of a provider: step by step, with what could stand in for what is lost.
 *
 * @throws {RangeError} when nothing is named, a name is not in the graph, or there is no such reading
 *
 * @example
 * ```ts
 * import { AssetGraph, readAssetSnapshot, without } from "kindred";
 * const path = await Deno.makeTempFile();
 * const models = "- {type: model, name: A}\n- {type: model, name: B}\n";
 * const chat = "- {type: application, name: Chat, dependencies: [A, B]}\n";
 * await Deno.writeTextFile(path, models + chat);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * without(graph, { assets: ["A"] }).lost[0].name; // "Chat"
 * without(graph, { assets: ["A"], reading: "kinds" }).affected[0].alternatives; // ["B"]
 * await Deno.remove(path);
 * ```
 */
export function without(
  graph: AssetGraph,
  { reading = "all", ...named }: WithoutOptions,
): Without {
  const { ways, types } = removable(graph);
  const found = removal(ways, removalSeeds(graph, named), { reading, types });
  const gone = new Uint8Array(graph.nodes);
  for (const nodes of [found.seeds, found.lost]) for (const node of nodes) gone[node] = 1;
  const names = (nodes: readonly number[]) => nodes.map((u) => graph.names[u]).sort(byCodeUnits);
  const describe = (node: number): AffectedAsset => {
    const { offsets, targets } = graph.dependencies;
    const own = Array.from(targets.subarray(offsets[node], offsets[node + 1]))
      .filter((u) => u !== node);
    const missing = own.filter((u) => gone[u] === 1);
    const lostTypes = new Set(missing.map((u) => types[u]));
    const standing = own.filter((u) =>
      gone[u] === 0 && (reading === "any" || lostTypes.has(types[u]))
    );
    return {
      name: graph.names[node],
      type: nodeType(graph, node),
      lostDependencies: names(missing),
      alternatives: names(standing),
      replaceable: reading === "any"
        ? standing.length > 0
        : lostTypes.isSubsetOf(new Set(standing.map((u) => types[u]))),
    };
  };
  const lost = Array.from(found.lost, (node, i) => ({ ...describe(node), step: found.steps[i] }))
    .sort((a, b) => a.step - b.step || byCodeUnits(a.name, b.name));
  const affected = Array.from(found.affected, describe)
    .sort((a, b) => byCodeUnits(a.name, b.name));
  return {
    variant: graph.variant,
    reading,
    seeds: Array.from(found.seeds, (node) => graph.names[node]),
    lost,
    byStep: found.byStep,
    byType: countTypes(graph, found.lost),
    affected,
    withoutAlternative: [...lost, ...affected].filter(({ replaceable }) => !replaceable).length,
  };
}
