import { holm } from "../../../core/holm.ts";
import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";
import { dependencyOrder } from "../../../graph/patterns/dependency_order.ts";
import {
  type EdgeList,
  NullGraphs,
  type NullGraphsOptions,
} from "../../../graph/patterns/null_graphs.ts";
import {
  type AssetPattern,
  assetPatterns,
  patternCounter,
  type PatternOptions,
  typeCodes,
} from "./asset_patterns.ts";

/**
 * What the random graphs of a census have in common with the graph.
 *
 * - `typesAndOrder`: the number of edges from each type of asset to each, and the order
 * - `degrees`: how many assets each builds on, and how many build on it
 * - `degreesAndTypes`: the same by the type of those others
 * - `degreesTypesAndOrder`: and the order too
 *
 * The order is that of `dependencyOrder`: by date, but nothing before what it is built on. Edges keep leading forward in it, so
 * that there are no cycles but those that the graph has. Without it random graphs have cycles, which a graph of dependencies cannot,
 * and fewer triangles and diamonds, since some of the rings that edges close are no patterns but cycles.
 */
export type PatternNull = "typesAndOrder" | "degrees" | "degreesAndTypes" | "degreesTypesAndOrder";

const kept: Readonly<Record<PatternNull, Record<"degrees" | "types" | "order", boolean>>> = {
  typesAndOrder: { degrees: false, types: true, order: true },
  degrees: { degrees: true, types: false, order: false },
  degreesAndTypes: { degrees: true, types: true, order: false },
  degreesTypesAndOrder: { degrees: true, types: true, order: true },
};

/** Names of the nulls. */
export const patternNulls = Object.freeze(Object.keys(kept)) as readonly PatternNull[];

/** How often a pattern occurs, in the graph and in random ones. */
export interface PatternRow {
  /** The pattern. */
  pattern: AssetPattern;
  /** Instances in the graph. */
  count: number;
  /** Whether what is kept fixes the count, so that there is nothing to compare. */
  fixed: boolean;
  /** Mean of the counts in random graphs. */
  nullMean: number;
  /** Their standard deviation. */
  nullSd: number;
  /** Their 2.5% and 97.5% quantiles. */
  interval: [low: number, high: number];
  /** Count by mean; null where the mean is 0. */
  ratio: number | null;
  /** (count - mean) / standard deviation; null where that is 0. */
  z: number | null;
  /** Two-sided: twice the smaller of (1 + graphs with at least, or at most, as many) / (1 + runs), at most 1; null where fixed. */
  p: number | null;
  /** The same adjusted for all patterns that are not fixed (Holm 1979). */
  holm: number | null;
}

/** A census of the patterns of an asset graph. */
export interface PatternCensus {
  /** Which graph. */
  variant: AssetVariant;
  /** What the random graphs keep. */
  keeps: PatternNull;
  /** Random graphs. */
  runs: number;
  /** Seed of the random graphs. */
  seed: number;
  /** Edges without self-loops. */
  edges: number;
  /** Those of them that stay in place in every random graph, since they lie in a cycle. */
  inPlace: number;
  /** Swaps that were tried before the first random graph and between any two; 0 where edges are drawn anew. */
  steps: { first: number; between: number };
  /** Share of the swaps that changed the graph; null where edges are drawn anew or none was tried. */
  accepted: number | null;
  /** Patterns that were tested. */
  tests: number;
  /** Assets with at least three dependants. */
  broadcasters: number;
  /** Assets with at least three dependencies. */
  funnellers: number;
  /** One for each pattern, in their order. */
  rows: PatternRow[];
}

/** Options of {@link patternCensus}. */
export interface PatternCensusOptions extends PatternOptions {
  /** What the random graphs keep. @default "degreesTypesAndOrder" */
  keeps?: PatternNull;
  /** Random graphs. @default 999 */
  runs?: number;
  /** Seed of the random graphs. @default 1 */
  seed?: number;
}

/**
 * Counts the small patterns of an asset graph and compares them with random graphs that keep degrees (Milo et al. 2002), types and
 * order; see {@link PatternNull}. Random graphs are successive states of one chain of edge swaps that begins at the graph: 20 swaps for each edge
 * before the first, 10 between any two.
 *
 * Degrees fix broadcasts and funnels, degrees and order chains, degrees and types typed chains: ask for `typesAndOrder` to know
 * whether there are more of these than chance makes. With degrees but without order, chains differ by edges back and forth alone.
 *
 * @throws {RangeError} when there are not owners for each node, `runs` is not a whole number of at least 1, or there is no such null
 *
 * @example
 * ```ts
 * import { AssetGraph, patternCensus, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n";
 * const opt = "- type: model\n  name: OPT\n  dependencies: [The Pile]\n";
 * const chat = "- type: application\n  name: Chat\n  dependencies: [OPT]\n";
 * await Deno.writeTextFile(path, pile + opt + chat);
 * const { rows } = patternCensus(new AssetGraph(await readAssetSnapshot(path)), { runs: 9 });
 * rows.find(({ pattern }) => pattern === "typedChain")?.count; // 1
 * await Deno.remove(path);
 * ```
 */
export function patternCensus(
  graph: AssetGraph,
  { owners, keeps = "degreesTypesAndOrder", runs = 999, seed = 1 }: PatternCensusOptions = {},
): PatternCensus {
  if (!Object.hasOwn(kept, keeps)) {
    throw new RangeError(
      `Cannot compare with random graphs that keep "${keeps}": expected one of ${
        patternNulls.map((name) => `"${name}"`).join(", ")
      }`,
    );
  }
  if (!(Number.isInteger(runs) && runs >= 1)) {
    throw new RangeError(
      `Cannot compare with ${runs} random graphs: expected a whole number of at least 1`,
    );
  }
  const count = patternCounter(graph, { owners });
  const edges = withoutLoops(graph);
  const observed = count(edges);
  const graphs = new NullGraphs(graph.nodes, { ...edges, ...keptOf(graph, keeps), seed });
  const swaps = kept[keeps].degrees ? edges.from.length : 0;
  const steps = { first: 20 * swaps, between: 10 * swaps };
  const sampled = Object.fromEntries(
    assetPatterns.map((pattern) => [pattern, new Float64Array(runs)]),
  ) as Record<AssetPattern, Float64Array>;
  for (let run = 0; run < runs; run++) {
    graphs.next(run === 0 ? steps.first : steps.between);
    const counts = count(graphs);
    for (const pattern of assetPatterns) sampled[pattern][run] = counts[pattern];
  }
  const rows = assetPatterns.map((pattern) =>
    compare(observed[pattern], {
      pattern,
      sample: sampled[pattern],
      fixed: isFixed(pattern, keeps),
    })
  );
  const adjusted = holm(rows.map(({ p }) => p));
  return {
    variant: graph.variant,
    keeps,
    runs,
    seed,
    edges: edges.from.length,
    inPlace: edges.from.length - graphs.free,
    steps,
    accepted: Number.isNaN(graphs.accepted) ? null : graphs.accepted,
    tests: rows.filter(({ p }) => p !== null).length,
    broadcasters: observed.broadcasters,
    funnellers: observed.funnellers,
    rows: rows.map((row, i) => ({ ...row, holm: adjusted[i] })),
  };
}

function withoutLoops({ edges, dependency, dependant }: AssetGraph): EdgeList {
  const kept = Uint32Array.from({ length: edges }, (_, e) => e)
    .filter((e) => dependency[e] !== dependant[e]);
  return { from: kept.map((e) => dependency[e]), to: kept.map((e) => dependant[e]) };
}

function keptOf(graph: AssetGraph, keeps: PatternNull): NullGraphsOptions {
  const { degrees, types, order } = kept[keeps];
  const times = Float64Array.from(
    graph.names,
    (_, node) => graph.isDocumented(node) ? graph.assets[node].created : NaN,
  );
  return {
    degrees,
    types: types ? typeCodes(graph) : undefined,
    order: order ? dependencyOrder(graph.dependants, times) : undefined,
  };
}

/** Whether all graphs that keep something have as many instances of a pattern. */
function isFixed(pattern: AssetPattern, keeps: PatternNull): boolean {
  const { degrees, types, order } = kept[keeps];
  if (pattern === "broadcast" || pattern === "funnel") return degrees;
  if (pattern === "chain") return degrees && order;
  return pattern === "typedChain" && degrees && types;
}

function compare(
  count: number,
  { pattern, sample, fixed }: { pattern: AssetPattern; sample: Float64Array; fixed: boolean },
): PatternRow {
  const runs = sample.length;
  const sorted = sample.slice().sort();
  const nullMean = sorted.reduce((sum, value) => sum + value, 0) / runs;
  const squares = sorted.reduce((sum, value) => sum + (value - nullMean) ** 2, 0);
  const nullSd = Math.sqrt(squares / Math.max(1, runs - 1));
  const atLeast = sorted.filter((value) => value >= count).length;
  const atMost = sorted.filter((value) => value <= count).length;
  const quantile = (share: number) => sorted[Math.ceil(share * runs) - 1];
  return {
    pattern,
    count,
    fixed,
    nullMean,
    nullSd,
    interval: [quantile(0.025), quantile(0.975)],
    ratio: nullMean === 0 ? null : count / nullMean,
    z: nullSd === 0 ? null : (count - nullMean) / nullSd,
    p: fixed ? null : Math.min(1, 2 * (1 + Math.min(atLeast, atMost)) / (1 + runs)),
    holm: null,
  };
}
