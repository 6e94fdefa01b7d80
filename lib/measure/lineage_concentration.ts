import { byCodeUnits } from "../core/compare.ts";
import { type Concentration, concentration } from "../core/concentration.ts";
import type { StringColumn } from "../core/string_column.ts";
import { topIndices } from "../core/top.ts";
import { blastRadius } from "../graph/removal/blast_radius.ts";
import type { LineageGraph, LineageView } from "../graph/lineage.ts";
import { descendants } from "../graph/reach.ts";
import { viewBothWays } from "../graph/view_both_ways.ts";
import { type Coverage, coverage } from "./coverage.ts";

/** Concentration of a lineage. */
export interface LineageConcentration {
  /** Which relations count. */
  graph: LineageGraph;
  /** How many models. */
  models: number;
  /** Models with a parent. */
  dependent: number;
  /** Children, over all models. */
  children: Concentration;
  /** Descendants through any number of steps, over all models. */
  descendants: Concentration;
  /** The models with the most descendants, as many as the largest k; models without any are left out. */
  hubs: { id: string; descendants: number }[];
  /** What lies downstream of the first k of `hubs`. */
  coverage: Coverage[];
}

/**
 * How concentrated a lineage is: Gini coefficient, Herfindahl index and share of the largest, over all models by their children and by their
 * descendants, models without any included (`giniOfPositive` leaves them out); and the share of models downstream of the k with the most
 * descendants, ties by code-unit order of the id. As for assets there are no intervals: see {@link assetConcentration}. Linear but for the
 * sorts and for {@link blastRadius}.
 *
 * @param ids Id of each model.
 * @param options.k Sizes of the top whose share and coverage are wanted.
 * @throws {RangeError} when there are not as many ids as models, or a k is no integer of at least 1
 *
 * @example
 * ```ts
 * import { Lineage, lineageConcentration, StringColumn } from "kindred";
 * const lineage = new Lineage(3, {
 *   parent: Uint32Array.of(0, 1),
 *   child: Uint32Array.of(1, 2),
 *   relation: Uint8Array.of(1, 2),
 *   time: Float64Array.of(NaN, NaN),
 * });
 * const found = lineageConcentration(lineage.view("all"), StringColumn.from(["a", "b", "c"]));
 * found.hubs[0]; // { id: "a", descendants: 2 }
 * ```
 */
export function lineageConcentration(
  view: LineageView,
  ids: StringColumn,
  { k = [1, 3, 10] }: { /** @default [1, 3, 10] */ k?: readonly number[] } = {},
): LineageConcentration {
  const { nodes } = view.lineage;
  if (ids.length !== nodes) {
    throw new RangeError(
      `Cannot measure the concentration of ${nodes} models: found ${ids.length} ids, expected one for each`,
    );
  }
  const { children: csr, parents } = viewBothWays(view);
  const children = new Uint32Array(nodes);
  let dependent = 0;
  for (let u = 0; u < nodes; u++) {
    children[u] = csr.offsets[u + 1] - csr.offsets[u];
    if (parents.offsets[u + 1] > parents.offsets[u]) dependent++;
  }
  const below = blastRadius(csr);
  const most = Math.max(0, ...k);
  const hubs = topIndices(below, { n: most })
    .map((node) => ({ node, id: ids.at(node), descendants: below[node] }))
    .sort((a, b) => b.descendants - a.descendants || byCodeUnits(a.id, b.id))
    .slice(0, most);
  return {
    graph: view.graph,
    models: nodes,
    dependent,
    children: concentration(children, { k }),
    descendants: concentration(below, { k }),
    hubs: hubs.map(({ id, descendants }) => ({ id, descendants })),
    coverage: coverage(hubs.map(({ node }) => descendants(csr, [node])), nodes, {
      k,
      all: nodes,
      dependent,
    }),
  };
}
