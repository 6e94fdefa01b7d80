import type { TermVectors, Weighting } from "../../core/term_vectors.ts";
import type { KinshipPair, PairName } from "../report.ts";
import type { PairSums } from "./pair_sums.ts";
import { type TreePair, treePairs } from "./pair_names.ts";

/** Interval of the mean of each pair by both weightings, null where it cannot be said. */
export type KinshipIntervals = Record<
  Weighting,
  Record<TreePair, [low: number, high: number] | null>
>;

/** Mean likeness of each pair by both weightings, as in a report. */
export type KinshipMeans = Record<Weighting, Record<PairName, KinshipPair>>;

/** What the means need of the vectors. */
export type VectorTotals = Pick<TermVectors, "all" | "documents" | "rows">;

/**
 * The exact mean cosine over all instances of every pair, from their sums; and over all pairs of documents, whatever their kin, from
 * the sum of all vectors.
 *
 * @param options.intervals Intervals to put beside the means of the trees; the random pair has none, since it knows no families.
 */
export function kinshipMeans(
  sums: PairSums,
  vectors: VectorTotals,
  { intervals }: { intervals?: KinshipIntervals } = {},
): KinshipMeans {
  const of = (weighting: Weighting) =>
    means(sums, vectors, { weighting, intervals: intervals?.[weighting] });
  return { bagOfWords: of("bagOfWords"), tfidf: of("tfidf") };
}

function means(
  sums: PairSums,
  vectors: VectorTotals,
  { weighting, intervals }: {
    weighting: Weighting;
    intervals: KinshipIntervals[Weighting] | undefined;
  },
): Record<PairName, KinshipPair> {
  const found: [PairName, KinshipPair][] = [["random", randomPair(vectors, weighting)]];
  for (let c = 0; c < treePairs.length; c++) {
    const name: TreePair = treePairs[c];
    const counted = sums.counted[c];
    const instances = sums.instances[c];
    found.push([name, {
      mean: counted > 0 ? sums[weighting][c] / counted : null,
      instances,
      pairsShare: instances > 0 ? counted / instances : 0,
      ...(intervals === undefined ? {} : { interval: intervals[name] }),
    }]);
  }
  return Object.fromEntries(found) as Record<PairName, KinshipPair>;
}

/** Mean cosine over all pairs of different documents: the square of the sum of their vectors less that of each. */
function randomPair({ rows, documents, all }: VectorTotals, weighting: Weighting): KinshipPair {
  const { sum, nonzero } = all[weighting];
  const pairs = documents * (documents - 1);
  let square = 0;
  for (const value of sum) square += value * value;
  return {
    mean: pairs > 0 ? (square - nonzero) / pairs : null,
    instances: 1,
    pairsShare: rows > 1 ? pairs / (rows * (rows - 1)) : 0,
  };
}
