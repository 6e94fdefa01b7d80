import type { BootstrapInterval } from "../core/cluster_bootstrap.ts";
import type { LineageView } from "../graph/lineage.ts";
import {
  type EdgeColumns,
  endsOf,
  familyInterval,
  type FamilyIntervalOptions,
} from "./family_interval.ts";
import type { Interval } from "./report.ts";
import { distinctWithin, type TraitColumn } from "../snapshot/traits.ts";

/** How often a trait changes from parent to child. */
export interface Mutation {
  /** Edges where both ends report the trait. */
  edges: number;
  /** Sum over those edges of the Jaccard distance of the two sets of values. */
  mutations: number;
  /** mutations / edges, null where no edge counts. */
  rate: number | null;
}

/**
 * Mutation rate of a trait: over the edges whose ends both report it, the mean of (|A u B| - |A n B|) / |A u B|, with A and B the sets
 * of values of parent and child. Definition 7.1 of Laufer, Oderinwale and Kleinberg, "Anatomy of a Machine Learning
 * Ecosystem" (2025), which uses the finetune graph.
 *
 * @example
 * ```ts
 * import { buildLineage, mutation, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:gpl-3.0"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("finetune");
 * mutation(view, traitColumn(snapshot, "license")).rate; // 1
 * ```
 */
export function mutation(view: LineageView, column: TraitColumn): Mutation {
  return rateOf(mutationByEdge(view, column));
}

/** {@link mutation} and the ends of {@link mutationInterval}, from one look at the edges. */
export function mutationWithInterval(
  view: LineageView,
  column: TraitColumn,
  options: FamilyIntervalOptions = {},
): Mutation & { interval: Interval } {
  const columns = mutationByEdge(view, column);
  const interval = endsOf(familyInterval(view.lineage, columns, { ...options, range: [0, 1] }));
  return { ...rateOf(columns), interval };
}

function rateOf({ numerator, denominator }: EdgeColumns): Mutation {
  let edges = 0;
  let mutations = 0;
  for (let e = 0; e < numerator.length; e++) {
    edges += denominator[e];
    mutations += numerator[e];
  }
  return { edges, mutations, rate: edges > 0 ? mutations / edges : null };
}

/**
 * The terms of {@link mutation}: for each edge of the lineage 1 in the denominator and the Jaccard distance in the numerator where it
 * belongs to the view and its ends both report the trait, else 0 in both.
 *
 * @example
 * ```ts
 * import { buildLineage, mutationByEdge, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:gpl-3.0"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("finetune");
 * mutationByEdge(view, traitColumn(snapshot, "license")).numerator; // Float64Array [1]
 * ```
 */
export function mutationByEdge(view: LineageView, column: TraitColumn): EdgeColumns {
  const { offsets, codes, values } = distinctWithin(column);
  const { lineage } = view;
  const numerator = new Float64Array(lineage.edges);
  const denominator = new Float64Array(lineage.edges);
  const stamp = new Uint32Array(values.length);
  for (let e = 0; e < lineage.edges; e++) {
    if (!view.has(e)) continue;
    const u = lineage.parent[e];
    const v = lineage.child[e];
    const parent = offsets[u + 1] - offsets[u];
    const child = offsets[v + 1] - offsets[v];
    if (parent === 0 || child === 0) continue;
    for (let i = offsets[u]; i < offsets[u + 1]; i++) stamp[codes[i]] = e + 1;
    let shared = 0;
    for (let i = offsets[v]; i < offsets[v + 1]; i++) if (stamp[codes[i]] === e + 1) shared++;
    const union = parent + child - shared;
    denominator[e] = 1;
    numerator[e] = (union - shared) / union;
  }
  return { numerator, denominator };
}

/**
 * The rate of {@link mutation} with an interval that respects families: see {@link familyInterval}.
 *
 * @throws {RangeError} when an option is out of range
 *
 * @example
 * ```ts
 * import { buildLineage, mutationInterval, readModelBlocks, traitColumn } from "kindred";
 * let rows = "";
 * for (let i = 0; i < 20; i++) {
 *   rows += `{"id":"a${i}","tags":["license:mit"]}\n` +
 *     `{"id":"b${i}","tags":["base_model:finetune:a${i}","license:${i % 3 ? "mit" : "gpl-3.0"}"]}\n`;
 * }
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "pairs" });
 * const view = buildLineage(snapshot).lineage.view("finetune");
 * const { estimate, low, high } = mutationInterval(view, traitColumn(snapshot, "license"));
 * estimate; // 0.35
 * low! > 0.1 && high! < 0.65; // true
 * ```
 */
export function mutationInterval(
  view: LineageView,
  column: TraitColumn,
  options: FamilyIntervalOptions = {},
): BootstrapInterval {
  const range: [number, number] = [0, 1];
  return familyInterval(view.lineage, mutationByEdge(view, column), { ...options, range });
}
