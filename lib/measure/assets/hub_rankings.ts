import { DirectedGraph } from "graphology";
import { betweenness, hits, pagerank } from "graphology-metrics/centrality/index.js";
import { byCodeUnits } from "../../core/compare.ts";
import { kendall } from "../../core/kendall.ts";
import { meanRanks } from "../../core/mean_ranks.ts";
import { AssetGraph, type AssetVariant, assetVariants } from "../../graph/assets.ts";
import { descendants } from "../../graph/reach.ts";
import type { AssetSnapshot } from "../../snapshot/asset_snapshot.ts";
import { directDependants, type EgoType } from "./asset_hubs.ts";

/**
 * Ways to rank assets by how much rests on them. `direct`: other assets that name it as dependency; `transitive`: through any number of
 * steps; `pageRank`: share of the time that somebody spends at it who walks from assets to one of their dependencies, and with
 * probability 0.15, or where there is none, to any asset (Page and Brin 1998); `betweenness`: shortest dependency paths between two
 * others that pass through it, each pair counting 1 in all (Freeman 1977; Brandes 2001); `hits`: authority, a dependency of assets that
 * have good dependencies (Kleinberg 1999), which gathers in the part of the graph with most links.
 */
export const hubMeasures = ["direct", "transitive", "pageRank", "betweenness", "hits"] as const;

/** A way to rank assets. */
export type HubMeasure = typeof hubMeasures[number];

/** One asset in every ranking. */
export interface HubRanks {
  /** Name of the asset. */
  name: string;
  /** Its type; a stub is undocumented. */
  type: EgoType;
  /** As written. */
  organization: string;
  /** What each measure gives it. */
  scores: Record<HubMeasure, number>;
  /** Place in each ranking, 1 the first; those that tie share the mean of their places. */
  ranks: Record<HubMeasure, number>;
  /** Best of its places. */
  best: number;
  /** Worst of its places. */
  worst: number;
}

/** How far two rankings agree. */
export interface RankAgreement {
  /** Kendall's tau-b over all assets compared; null where one of the rankings has no order. */
  tau: number | null;
  /** Assets among the first ten of both, ties with the tenth included. */
  shared: number;
  /** Assets among the first ten of either. */
  either: number;
}

/** Rankings of the assets of one graph. */
export interface HubRankings {
  /** The graph that was ranked. */
  variant: AssetVariant;
  /** All nodes, those with the best places first (by their geometric mean), then by name. */
  rows: HubRanks[];
  /** Each pair of measures, over all nodes. */
  agreement: ({ a: HubMeasure; b: HubMeasure } & RankAgreement)[];
}

/**
 * Ranks the assets of a graph by each of the {@link hubMeasures}: an edge leads from an asset to its dependency, self-loops are left
 * out. PageRank, betweenness and HITS are graphology-metrics', iterated until the sum of changes is below 1e-8. Time grows with
 * nodes times edges.
 *
 * @throws {Error} when HITS does not settle within 10,000 steps, which takes two parts of the graph that are almost alike
 *
 * @example
 * ```ts
 * import { AssetGraph, hubRankings, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const { rows } = hubRankings(new AssetGraph(await readAssetSnapshot(path)));
 * rows[0]; // { name: "The Pile", ranks: { direct: 1, pageRank: 1, betweenness: 1.5, ... }, best: 1, worst: 1.5, ... }
 * await Deno.remove(path);
 * ```
 */
export function hubRankings(graph: AssetGraph): HubRankings {
  const scores = hubScores(graph);
  const ranks = mapMeasures((measure) => meanRanks(scores[measure]));
  const rows = graph.names.map((name, node): HubRanks => {
    const own = mapMeasures((measure) => ranks[measure][node]);
    const places = Object.values(own);
    const documented = graph.isDocumented(node);
    return {
      name,
      type: documented ? graph.assets[node].type : "undocumented",
      organization: documented ? graph.assets[node].organization : "",
      scores: mapMeasures((measure) => scores[measure][node]),
      ranks: own,
      best: Math.min(...places),
      worst: Math.max(...places),
    };
  });
  const places = (row: HubRanks) =>
    hubMeasures.reduce((sum, of) => sum + Math.log(row.ranks[of]), 0);
  const all = graph.names.keys().toArray();
  return {
    variant: graph.variant,
    rows: rows.sort((a, b) => places(a) - places(b) || byCodeUnits(a.name, b.name)),
    agreement: pairsOf(hubMeasures).map(([a, b]) => ({
      a,
      b,
      ...agreementOf(all.map((node) => scores[a][node]), all.map((node) => scores[b][node])),
    })),
  };
}

/** How one measure ranks in two graphs. */
export interface VariantAgreement extends RankAgreement {
  /** The measure. */
  measure: HubMeasure;
  /** One graph. */
  a: AssetVariant;
  /** The other. */
  b: AssetVariant;
}

/**
 * How much each ranking depends on the graph: the documented assets, which all variants have, are ranked in each and compared.
 *
 * @throws {Error} as {@link hubRankings}
 *
 * @example
 * ```ts
 * import { hubVariantAgreement, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: model\n  name: OPT\n  dependencies: [The Pile]\n- type: dataset\n  name: The Pile\n");
 * hubVariantAgreement(await readAssetSnapshot(path))[0]; // { measure: "direct", a: "documented", b: "stubs", tau: 1, ... }
 * await Deno.remove(path);
 * ```
 */
export function hubVariantAgreement(snapshot: AssetSnapshot): VariantAgreement[] {
  const scores = new Map(
    assetVariants.map((variant) => [variant, hubScores(new AssetGraph(snapshot, { variant }))]),
  );
  const documented = (variant: AssetVariant, measure: HubMeasure) =>
    Array.from(scores.get(variant)![measure].subarray(0, snapshot.assets.length));
  return hubMeasures.flatMap((measure) =>
    pairsOf(assetVariants).map(([a, b]) => ({
      measure,
      a,
      b,
      ...agreementOf(documented(a, measure), documented(b, measure)),
    }))
  );
}

/** Score of every node by every measure. */
function hubScores(graph: AssetGraph): Record<HubMeasure, Float64Array> {
  const { nodes, dependency, dependant } = graph;
  const view = new DirectedGraph();
  for (let node = 0; node < nodes; node++) view.addNode(String(node));
  for (let e = 0; e < graph.edges; e++) {
    if (dependency[e] !== dependant[e]) {
      view.addDirectedEdge(String(dependant[e]), String(dependency[e]));
    }
  }
  const column = (of: Record<string, number>) =>
    settled(Float64Array.from({ length: nodes }, (_, node) => of[node] ?? 0));
  const options = { getEdgeWeight: null, maxIterations: 10_000 };
  const linked = view.size === 0 ? { walk: {}, authorities: {}, between: {} } : {
    walk: pagerank(view, { ...options, tolerance: 1e-8 / nodes }),
    authorities: hits(view, { ...options, tolerance: 1e-8 }).authorities,
    between: betweenness(view, { getEdgeWeight: null, normalized: false }),
  };
  return {
    direct: Float64Array.from(graph.names, (_, node) => directDependants(graph, node).length),
    transitive: Float64Array.from(
      graph.names,
      (_, node) => descendants(graph.dependants, [node]).length,
    ),
    pageRank: column(linked.walk),
    betweenness: column(linked.between),
    hits: column(linked.authorities),
  };
}

/**
 * Scores without their last digits, in which equal ones may differ by the order of sums, and without what iteration has not yet
 * brought to nothing.
 */
function settled(scores: Float64Array): Float64Array {
  const most = scores.reduce((a, b) => Math.max(a, b), 0);
  return scores.map((score) => score < most * 1e-9 ? 0 : Number(score.toPrecision(9)));
}

function mapMeasures<T>(of: (measure: HubMeasure) => T): Record<HubMeasure, T> {
  return Object.fromEntries(hubMeasures.map((measure) => [measure, of(measure)])) as Record<
    HubMeasure,
    T
  >;
}

function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));
}

/** How many are looked at in {@link RankAgreement}. */
const first = 10;

function agreementOf(a: readonly number[], b: readonly number[]): RankAgreement {
  const tau = kendall(a, b);
  const [topA, topB] = [a, b].map((scores) => {
    const limit = scores.toSorted((x, y) => y - x)[Math.min(first, scores.length) - 1];
    return new Set(scores.keys().filter((i) => scores[i] >= limit && scores[i] > 0));
  });
  return {
    tau: Number.isNaN(tau) ? null : tau,
    shared: topA.intersection(topB).size,
    either: topA.union(topB).size,
  };
}
