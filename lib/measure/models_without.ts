import { blastRadius } from "../graph/removal/blast_radius.ts";
import { topIndices } from "../core/top.ts";
import { modelRow } from "../graph/find_model.ts";
import type { LineageGraph, LineageView } from "../graph/lineage.ts";
import { removal } from "../graph/removal/removal.ts";
import type { RemovalReading } from "../graph/removal/removal_state.ts";
import { viewBothWays } from "../graph/view_both_ways.ts";
import { byCodeUnits } from "../core/compare.ts";
import type { StringColumn } from "../core/string_column.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";

/** Options of {@link modelsWithout}. */
export interface ModelsWithoutOptions {
  /** The snapshot that the lineage was read from. */
  snapshot: ModelSnapshot;
  /**
   * When a model is lost whose parents are. Models are all of one type, so `kinds` is the same as `any`.
   * @default "all"
   */
  reading?: RemovalReading;
}

/** What disappears with some models. */
export interface ModelsWithout {
  /** The graph in which losses were followed. */
  graph: LineageGraph;
  /** When a model counts as lost. */
  reading: RemovalReading;
  /** Ids of the removed models, in the order of their rows. */
  seeds: string[];
  /** How many models are lost with them. */
  lost: number;
  /** How many are lost in each step; entry 0 is step 1, the direct losses. */
  byStep: number[];
  /** Models that remain but lose a parent; 0 under `all`. */
  affected: number;
  /** Rows of the lost models, by step, ascending within a step. */
  rows: Uint32Array;
}

/**
 * What is lost when some models disappear, in a lineage of any size. Under `all` a model needs every parent it names, so all descendants
 * are lost; under `any` a merge survives while one of its parents does. O(models + edges).
 *
 * @param ids Ids of the models that disappear.
 * @throws {RangeError} when there is no such model or reading
 *
 * @example
 * ```ts
 * import { buildLineage, modelsWithout, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","tags":[]}\n{"id":"b","tags":["base_model:finetune:a"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * modelsWithout(buildLineage(snapshot).lineage.view("all"), ["a"], { snapshot }).lost; // 1
 * ```
 */
export function modelsWithout(
  view: LineageView,
  ids: readonly string[],
  { snapshot, reading = "all" }: ModelsWithoutOptions,
): ModelsWithout {
  const found = removal(viewBothWays(view), ids.map((id) => modelRow(snapshot, id)), {
    reading,
    types: new Uint8Array(view.lineage.nodes),
  });
  return {
    graph: view.graph,
    reading,
    seeds: Array.from(found.seeds, (row) => snapshot.ids.at(row)),
    lost: found.lost.length,
    byStep: found.byStep,
    affected: found.affected.length,
    rows: found.lost,
  };
}

/** The same as the report says it. */
export interface ModelsWithoutReport
  extends Pick<ModelsWithout, "graph" | "reading" | "seeds" | "byStep" | "affected"> {
  /** How many models are lost; under `all` everything that descends from the removed ones. */
  dependants: number;
  /** Ids of the first hundred lost models, by step, in the order of their rows. */
  names: string[];
}

/**
 * What the report says of the models that are lost with some others; see {@link modelsWithout}.
 *
 * @throws {RangeError} when there is no such model or reading
 */
export function modelsWithoutReport(
  view: LineageView,
  ids: readonly string[],
  options: ModelsWithoutOptions,
): ModelsWithoutReport {
  const { graph, reading, seeds, byStep, affected, lost, rows } = modelsWithout(view, ids, options);
  return {
    seeds,
    dependants: lost,
    graph,
    reading,
    byStep,
    affected,
    names: Array.from(rows.subarray(0, 100), (row) => options.snapshot.ids.at(row)),
  };
}

/**
 * How many models descend from each model, itself left out: its blast radius when a model needs all its parents. Exact; about a second for
 * two million models.
 *
 * @example
 * ```ts
 * import { buildLineage, modelBlastRadius, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","tags":[]}\n{"id":"b","tags":["base_model:finetune:a"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * modelBlastRadius(buildLineage(snapshot).lineage.view("all")); // Uint32Array [1, 0]
 * ```
 */
export function modelBlastRadius(view: LineageView): Uint32Array {
  return blastRadius(viewBothWays(view).children);
}

/** A model and what depends on it. */
export interface ModelBlast {
  /** Id of the model. */
  id: string;
  /** Its children. */
  children: number;
  /** Its descendants. */
  descendants: number;
}

/**
 * The models with most descendants, ties by code-unit order of the id; models without any are left out.
 *
 * @example
 * ```ts
 * import { buildLineage, modelBlastRanking, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","tags":[]}\n{"id":"b","tags":["base_model:finetune:a"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("all");
 * modelBlastRanking(view, { ids: snapshot.ids }); // [{ id: "a", children: 1, descendants: 1 }]
 * ```
 */
export function modelBlastRanking(
  view: LineageView,
  { ids, n = 10 }: {
    /** Ids of the models. */
    ids: StringColumn;
    /** @default 10 */
    n?: number;
  },
): ModelBlast[] {
  const { children } = viewBothWays(view);
  const radius = blastRadius(children);
  return topIndices(radius, { n })
    .map((row) => ({
      id: ids.at(row),
      children: children.offsets[row + 1] - children.offsets[row],
      descendants: radius[row],
    }))
    .sort((a, b) => b.descendants - a.descendants || byCodeUnits(a.id, b.id))
    .slice(0, n);
}
