import {
  type BootstrapOptions,
  ratioBootstrap,
  type RatioClusters,
  ratioDifferenceBootstrap,
} from "../../core/cluster_bootstrap.ts";
import type { Weighting } from "../../core/term_vectors.ts";
import { endsOf } from "../family_interval.ts";
import type { SiblingExcess } from "../report.ts";
import type { EdgeFamilies } from "./edge_families.ts";
import type { KinshipGraph } from "./graph.ts";
import type { KinshipIntervals } from "./kinship.ts";
import { pairColumn, type TreePair, treePairs } from "./pair_names.ts";
import type { PairSums } from "./pair_sums.ts";
import { type Deals, permutationNull } from "./permutation.ts";

/** What {@link kinshipUncertainty} needs besides the sums. */
export interface KinshipUncertaintyOptions {
  /** The families that the sums were made by. */
  families: EdgeFamilies;
  /** Names and numbers of models of the families with some labels; asked for those in the result only. */
  describe: (labels: readonly number[]) => { root: string; models: number }[];
  /**
   * What `dealChildren` found; null leaves out the permutation null.
   * @default null
   */
  deals?: Deals | null;
  /**
   * Resamples of the families.
   * @default 500
   */
  replicates?: number;
  /**
   * Seed of the resampling.
   * @default 1
   */
  seed?: number;
  /**
   * Most families in `influence`.
   * @default 5
   */
  influential?: number;
}

/** Intervals of all pairs, and the sibling excess with its uncertainty. */
export interface KinshipUncertainty {
  /** 95% intervals of the mean of each pair. */
  intervals: KinshipIntervals;
  /** `fork.siblings` less `fork.parentChild`. */
  siblingExcess: Record<Weighting, SiblingExcess>;
}

const siblings = "fork.siblings";
const parentChild = "fork.parentChild";

/**
 * How far the means of kinship can be trusted. Intervals are those of {@link ratioBootstrap} with whole families resampled, since pairs
 * inside one are not independent; none is drawn from fewer than five families with such a pair. The influence of a family is
 * exact: the difference over all instances outside it.
 *
 * @throws {RangeError} when the sums are not by these families, or an option is out of range
 */
export function kinshipUncertainty(
  sums: PairSums,
  { families, describe, deals = null, replicates = 500, seed = 1, influential = 5 }:
    KinshipUncertaintyOptions,
): KinshipUncertainty {
  if (sums.families?.count !== families.count) {
    throw new RangeError(
      `Cannot say how far kinship can be trusted: found sums by ${
        sums.families?.count ?? "no"
      } families, expected ${families.count}`,
    );
  }
  const options = { replicates, seed };
  const intervals = (weighting: Weighting) =>
    Object.fromEntries(treePairs.map((pair) => [
      pair,
      endsOf(ratioBootstrap(ratioOf(sums, { weighting, pair }), { ...options, range: [0, 1] })),
    ])) as KinshipIntervals[Weighting];
  const excess = (weighting: Weighting): SiblingExcess => {
    const ratio = ratioOf(sums, { weighting, pair: siblings });
    const minus = ratioOf(sums, { weighting, pair: parentChild });
    const found = ratioDifferenceBootstrap({ first: ratio, second: minus }, {
      ...options,
      range: [-1, 1],
    });
    const from = deals?.[weighting];
    return {
      difference: found.estimate,
      interval: endsOf(found),
      replicates: found.replicates,
      influence: found.estimate === null
        ? []
        : influences(ratio, { minus, families, describe, most: influential }),
      permutation: from === undefined ? null : permutationNull(from.observed, from.dealt),
    };
  };
  return {
    intervals: { bagOfWords: intervals("bagOfWords"), tfidf: intervals("tfidf") },
    siblingExcess: { bagOfWords: excess("bagOfWords"), tfidf: excess("tfidf") },
  };
}

/** Sums of one pair by family. */
function ratioOf(
  { families }: PairSums,
  { weighting, pair }: { weighting: Weighting; pair: TreePair },
): RatioClusters {
  const { count, counted, [weighting]: sums } = families!;
  const numerator = new Float64Array(count);
  const denominator = new Float64Array(count);
  for (let i = 0, at = pairColumn(pair); i < count; i++, at += treePairs.length) {
    denominator[i] = counted[at];
    // Products of the pairs that count may leave rounding errors where there are none.
    numerator[i] = counted[at] > 0 ? sums[at] : 0;
  }
  return { numerator, denominator };
}

/** The families without which the difference would be most different. */
function influences(
  ratio: RatioClusters,
  { minus, families, describe, most }:
    & { minus: RatioClusters; most: number }
    & Pick<KinshipUncertaintyOptions, "families" | "describe">,
): SiblingExcess["influence"] {
  const [a, b, c, d] = [ratio.numerator, ratio.denominator, minus.numerator, minus.denominator]
    .map((column) => column.reduce((sum, value) => sum + value, 0));
  const difference = a / b - c / d;
  const found: { family: number; without: number | null; change: number }[] = [];
  for (let i = 0; i < families.count; i++) {
    if (families.labels[i] < 0 || (ratio.denominator[i] === 0 && minus.denominator[i] === 0)) {
      continue;
    }
    const [pairs, ends] = [b - ratio.denominator[i], d - minus.denominator[i]];
    const rest = pairs > 0 && ends > 0
      ? (a - ratio.numerator[i]) / pairs - (c - minus.numerator[i]) / ends
      : null;
    // Where no fork is left, the whole difference is the family's.
    found.push({ family: i, without: rest, change: (rest ?? 0) - difference });
  }
  const largest = found
    .sort((p, q) => Math.abs(q.change) - Math.abs(p.change) || p.family - q.family)
    .slice(0, most);
  const names = describe(largest.map(({ family }) => families.labels[family]));
  return largest.map(({ without, change }, i) => ({ ...names[i], without, change }));
}

/**
 * Sums of the Levenshtein similarities of edges by family, NaN where an edge does not count: clusters for an interval.
 *
 * @param similarity Of each edge, in the order of `graph.children`.
 * @throws {RangeError} when there is not one similarity for each edge
 */
function similarityByFamily(
  { nodes, childOffsets, children }: KinshipGraph,
  similarity: Float64Array,
  { families }: { families: EdgeFamilies },
): RatioClusters {
  if (similarity.length !== children.length) {
    throw new RangeError(
      `Cannot sum similarities: found ${similarity.length}, expected one for each of ${children.length} edges`,
    );
  }
  const numerator = new Float64Array(families.count);
  const denominator = new Float64Array(families.count);
  for (let u = 0; u < nodes; u++) {
    for (let e = childOffsets[u]; e < childOffsets[u + 1]; e++) {
      if (Number.isNaN(similarity[e])) continue;
      numerator[families.of[u]] += similarity[e];
      denominator[families.of[u]]++;
    }
  }
  return { numerator, denominator };
}

/** Interval of the mean Levenshtein similarity of edges, as those of {@link kinshipUncertainty}. */
export function similarityInterval(
  graph: KinshipGraph,
  similarity: Float64Array,
  { families, replicates = 500, seed = 1 }:
    & { families: EdgeFamilies }
    & Pick<BootstrapOptions, "replicates" | "seed">,
): [low: number, high: number] | null {
  const clusters = similarityByFamily(graph, similarity, { families });
  return endsOf(ratioBootstrap(clusters, { replicates, seed, range: [0, 1] }));
}
