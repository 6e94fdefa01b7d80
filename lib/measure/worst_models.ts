import type { StringColumn } from "../core/string_column.ts";
import {
  adversarialSequence,
  type GreedyGuarantee,
} from "../graph/removal/adversarial_sequence.ts";
import type { LineageGraph, LineageView } from "../graph/lineage.ts";
import { type RandomRemovals, randomRemovals } from "../graph/removal/random_removals.ts";
import type { RemovalReading } from "../graph/removal/removal_state.ts";
import { viewBothWays } from "../graph/view_both_ways.ts";

/** Options of {@link worstModels}. */
export interface WorstModelsOptions {
  /** Ids of the models. */
  ids: StringColumn;
  /**
   * How many models are removed.
   * @default 20
   */
  k?: number;
  /**
   * When a model is lost whose parents are; models are of one type, so `kinds` is the same as `any`.
   * @default "all"
   */
  reading?: RemovalReading;
  /**
   * Random orders to compare with.
   * @default 200
   */
  runs?: number;
  /**
   * Seed of the random orders.
   * @default 1
   */
  seed?: number;
}

/** The models whose removal costs most others. */
export interface WorstModels {
  /** The graph in which losses were followed. */
  graph: LineageGraph;
  /** When a model counts as lost. */
  reading: RemovalReading;
  /** Models in all. */
  models: number;
  /** The removals in their order; `gain` models go with each, `lost` are gone by then, the removed ones included. */
  removals: { id: string; gain: number; lost: number }[];
  /** How good the choice is; null for `any` and `kinds`, for which nothing is known. */
  guarantee: GreedyGuarantee | null;
  /** The loss when models are removed in random order. */
  random: RandomRemovals;
}

/**
 * Which k models take most others with them, chosen greedily, against random order; see {@link adversarialSequence}. Two seconds for two
 * million models under `all`.
 *
 * @throws {RangeError} when `k` or `runs` is not a whole number of at least 1, or there is no such reading
 *
 * @example
 * ```ts
 * import { buildLineage, readModelBlocks, worstModels } from "kindred";
 * const rows = '{"id":"a","tags":[]}\n{"id":"b","tags":["base_model:finetune:a"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("all");
 * worstModels(view, { ids: snapshot.ids }).removals; // [{ id: "a", gain: 2, lost: 2 }]
 * ```
 */
export function worstModels(
  view: LineageView,
  { ids, k = 20, reading = "all", runs = 200, seed = 1 }: WorstModelsOptions,
): WorstModels {
  const ways = viewBothWays(view);
  const types = new Uint8Array(view.lineage.nodes);
  const { nodes, steps, guarantee } = adversarialSequence(ways, { k, reading, types });
  return {
    graph: view.graph,
    reading,
    models: nodes,
    removals: steps.map(({ node, gain, lost }) => ({ id: ids.at(node), gain, lost })),
    guarantee,
    random: randomRemovals(ways, { k, reading, types, runs, seed }),
  };
}
