import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";
import {
  adversarialSequence,
  type GreedyGuarantee,
} from "../../../graph/removal/adversarial_sequence.ts";
import { type RandomRemovals, randomRemovals } from "../../../graph/removal/random_removals.ts";
import type { RemovalReading } from "../../../graph/removal/removal_state.ts";
import type { EgoType } from "../asset_hubs.ts";
import { nodeType, removable } from "./asset_kinds.ts";

/** Options of {@link worstRemovals}. */
export interface WorstRemovalsOptions {
  /**
   * How many assets are removed.
   * @default 10
   */
  k?: number;
  /**
   * When an asset is lost whose dependencies are.
   * @default "all"
   */
  reading?: RemovalReading;
  /**
   * Random orders to compare with.
   * @default 1000
   */
  runs?: number;
  /**
   * Seed of the random orders.
   * @default 1
   */
  seed?: number;
}

/** The removals that hurt most. */
export interface WorstRemovals {
  /** The graph in which losses were followed. */
  variant: AssetVariant;
  /** When an asset counts as lost. */
  reading: RemovalReading;
  /** Nodes of the graph. */
  nodes: number;
  /** The removals in their order; `gain` assets go with each, `lost` are gone by then, the removed ones included. */
  removals: { name: string; type: EgoType; gain: number; lost: number }[];
  /** How good the choice is; null for `any` and `kinds`, for which nothing is known. */
  guarantee: GreedyGuarantee | null;
  /** The loss when assets are removed in random order. */
  random: RandomRemovals;
}

/**
 * Which k assets hurt most when they are removed, chosen greedily, against random order; undocumented names are removed like any other.
 * See {@link adversarialSequence} for how good the choice is.
 *
 * @throws {RangeError} when `k` or `runs` is not a whole number of at least 1, or there is no such reading
 *
 * @example
 * ```ts
 * import { AssetGraph, readAssetSnapshot, worstRemovals } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: model\n  name: OPT\n  dependencies: [The Pile]\n");
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * worstRemovals(graph, { k: 1 }).removals; // [{ name: "The Pile", type: "undocumented", gain: 2, lost: 2 }]
 * await Deno.remove(path);
 * ```
 */
export function worstRemovals(
  graph: AssetGraph,
  { k = 10, reading = "all", runs = 1000, seed = 1 }: WorstRemovalsOptions = {},
): WorstRemovals {
  const { ways, types } = removable(graph);
  const { nodes, steps, guarantee } = adversarialSequence(ways, { k, reading, types });
  return {
    variant: graph.variant,
    reading,
    nodes,
    removals: steps.map(({ node, gain, lost }) => ({
      name: graph.names[node],
      type: nodeType(graph, node),
      gain,
      lost,
    })),
    guarantee,
    random: randomRemovals(ways, { k, reading, types, runs, seed }),
  };
}
