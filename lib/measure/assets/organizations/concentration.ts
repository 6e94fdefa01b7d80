import { byCodeUnits } from "../../../core/compare.ts";
import { type Concentration, concentration } from "../../../core/concentration.ts";
import { buildCsr, type Csr } from "../../../core/csr.ts";
import {
  type AssetOwners,
  assetsByOwner,
  checkOwners,
  ownersAsWritten,
} from "../../../graph/asset_owners.ts";
import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";
import { descendants } from "../../../graph/reach.ts";
import { type Coverage, coverage, type CoverageOptions } from "../../coverage.ts";

/** Concentration over some assets and the edges between them. */
export interface ConcentrationOfAssets {
  /** How many assets. */
  assets: number;
  /** Those that have a dependency among the others. */
  dependent: number;
  /** Direct dependants, over all these assets. */
  dependants: Concentration;
  /** Dependants through any number of steps, over all these assets. */
  descendants: Concentration;
  /** The largest assets by descendants, as many as the largest k; assets without any are left out. */
  hubs: string[];
  /** What lies downstream of the first k of `hubs`. */
  coverage: Coverage[];
  /** The same over the organizations that own any of these assets; an asset counts once for each of its owners. */
  organizations: {
    /** Assets that each owns. */
    owned: Concentration;
    /** External dependants of each: assets downstream of any of its own, with a known owner, not owned by it. */
    external: Concentration;
    /** The largest organizations by external dependants, as many as the largest k; organizations without any are left out. */
    hubs: string[];
    /** The external dependants of the first k of `hubs`. */
    coverage: Coverage[];
  };
}

/** Concentration over the assets that existed by the end of a year. */
export interface ConcentrationYear extends ConcentrationOfAssets {
  /** The year. */
  year: number;
  /** Assets created in it. */
  added: number;
  /** Assets made in it, over the organizations that made any. */
  made: Concentration;
}

/** Concentration of an asset graph, year by year and as a whole. */
export interface AssetConcentration {
  /** The graph in which edges were followed. */
  variant: AssetVariant;
  /** Documented assets without a full date, left out of the years. */
  undated: number;
  /** Undocumented names, left out of the years. */
  undocumented: number;
  /** Documented assets without a known owner, left out of what is over organizations. */
  unowned: number;
  /** Years in which an asset was created, in order; the last is as far as the snapshot goes. */
  years: ConcentrationYear[];
  /** All nodes of the graph, undated and undocumented ones included. */
  all: ConcentrationOfAssets;
}

/** Options of {@link assetConcentration}. */
export interface AssetConcentrationOptions {
  /**
   * Who owns each node.
   * @default ownersAsWritten(graph)
   */
  owners?: AssetOwners;
  /**
   * Sizes of the top whose share and coverage are wanted.
   * @default [1, 3, 10]
   */
  k?: readonly number[];
}

/**
 * How concentrated the asset graph is, by the end of each year: Gini coefficient, Herfindahl index and the share of the largest, over
 * assets by what builds on them and over organizations; and the homogenisation that results (Bommasani et al. 2021, "On the Opportunities
 * and Risks of Foundation Models"): the share of assets downstream of the k largest hubs.
 *
 * A year's assets are those with a date of creation up to its end, its edges those between two of them; a path through an undated or
 * undocumented node is not seen, and an edge counts from the year in which both its ends exist. `all` takes every node and every edge.
 * Distributions over assets include those without dependants; `giniOfPositive` leaves them out. Nobody is their own dependant. Hubs
 * are taken by their size one by one, equal ones in code-unit order of the name, so that they may lie downstream of each other; see
 * {@link adversarialSequence} for k assets that reach the most together.
 *
 * A catalogue that grows spreads by itself: effective numbers rise and shares of the largest fall with the number of assets, and Gini
 * coefficients rise with the share of assets that nobody has built on yet; so read each beside `assets`. There are no intervals: the catalogue is taken as a census of what it lists, not as a sample, and how it was compiled gives no chance of
 * selection to resample by. What moves the numbers is what is documented at all: compare the variants.
 *
 * @throws {RangeError} when `owners` has no entry for each node, or a k is no integer of at least 1
 *
 * @example
 * ```ts
 * import { assetConcentration, AssetGraph, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  created_date: 2020-12-31\n";
 * const opt = "- type: model\n  name: OPT\n  created_date: 2022-05-02\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const { years } = assetConcentration(new AssetGraph(await readAssetSnapshot(path)));
 * years.map(({ year, assets, descendants: { gini } }) => [year, assets, gini]); // [[2020, 1, null], [2022, 2, 0.5]]
 * await Deno.remove(path);
 * ```
 */
export function assetConcentration(
  graph: AssetGraph,
  { owners = ownersAsWritten(graph), k = [1, 3, 10] }: AssetConcentrationOptions = {},
): AssetConcentration {
  checkOwners(graph, owners);
  const yearOf = graph.names.map((_, node) =>
    graph.isDocumented(node) ? new Date(graph.assets[node].created).getUTCFullYear() : NaN
  );
  const documented = yearOf.slice(0, graph.assets.length);
  const years = [...new Set(documented)].filter((year) => !Number.isNaN(year))
    .sort((a, b) => a - b);
  return {
    variant: graph.variant,
    undated: documented.filter(Number.isNaN).length,
    undocumented: graph.nodes - graph.assets.length,
    unowned: documented.filter((_, node) => owners[node].length === 0).length,
    years: years.map((year) => {
      const made = ownedAmong(graph, owners, (node) => yearOf[node] === year);
      return {
        year,
        added: documented.filter((other) => other === year).length,
        made: concentration(counts(made.values()), { k }),
        ...measure(graph, { owners, k, includes: (node) => yearOf[node] <= year }),
      };
    }),
    all: measure(graph, { owners, k, includes: () => true }),
  };
}

/** Nodes of each owner among those that are included. */
function ownedAmong(
  graph: AssetGraph,
  owners: AssetOwners,
  includes: (node: number) => boolean,
): Map<string, number[]> {
  return assetsByOwner(graph, owners.map((names, node) => includes(node) ? names : []));
}

/** The edges between the nodes that are included, self-loops left out. */
function between(graph: AssetGraph, includes: (node: number) => boolean): Csr {
  const edges = [...graph.dependency.keys()].filter((e) =>
    graph.dependency[e] !== graph.dependant[e] &&
    includes(graph.dependency[e]) && includes(graph.dependant[e])
  );
  return buildCsr(
    graph.nodes,
    Uint32Array.from(edges, (e) => graph.dependency[e]),
    Uint32Array.from(edges, (e) => graph.dependant[e]),
  );
}

function counts(lists: Iterable<ArrayLike<number>>): number[] {
  return Array.from(lists, ({ length }) => length);
}

function measure(
  graph: AssetGraph,
  { owners, k, includes }: {
    owners: AssetOwners;
    k: readonly number[];
    includes: (node: number) => boolean;
  },
): ConcentrationOfAssets {
  const nodes = [...graph.names.keys()].filter(includes);
  const csr = between(graph, includes);
  const { offsets, targets } = csr;
  const of = { k, all: nodes.length, dependent: new Set(targets).size };
  const reach = nodes.map((node): Reach => [graph.names[node], descendants(csr, [node])]);
  const owned = ownedAmong(graph, owners, includes);
  const external = Array.from(owned, ([name, seeds]): Reach => [
    name,
    descendants(csr, seeds).filter((node) => owners[node].length > 0),
  ]);
  return {
    assets: of.all,
    dependent: of.dependent,
    dependants: concentration(nodes.map((node) => offsets[node + 1] - offsets[node]), { k }),
    descendants: concentration(counts(reach.map(([, below]) => below)), { k }),
    ...cover(reach, graph.nodes, of),
    organizations: {
      owned: concentration(counts(owned.values()), { k }),
      external: concentration(counts(external.map(([, below]) => below)), { k }),
      ...cover(external, graph.nodes, of),
    },
  };
}

/** A name and the nodes downstream. */
type Reach = [name: string, below: Uint32Array];

/** The largest hubs and the union of what lies below them. */
function cover(
  reach: readonly Reach[],
  size: number,
  options: CoverageOptions,
): { hubs: string[]; coverage: Coverage[] } {
  const hubs = reach.filter(([, below]) => below.length > 0)
    .sort(([a, x], [b, y]) => y.length - x.length || byCodeUnits(a, b))
    .slice(0, Math.max(0, ...options.k));
  return {
    hubs: hubs.map(([name]) => name),
    coverage: coverage(hubs.map(([, below]) => below), size, options),
  };
}
