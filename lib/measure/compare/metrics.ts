import { distance, similarity } from "ml-distance";
import { alikeNames } from "../../graph/alike_names.ts";

/** A way to compare two vectors of term weights. */
export interface Metric {
  /** What a larger value means: less alike, or more alike. */
  readonly kind: "distance" | "similarity";
  /** What it is a number of, in words. */
  readonly says: string;
  /** Value for two vectors of one length, neither all zeros. */
  of(p: number[], q: number[]): number;
}

type Pair = (p: number[], q: number[]) => number;

/** Weights as shares of their sum. */
function shares(weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

function metric(
  kind: Metric["kind"],
  of: Pair,
  { says, ofShares = false }: { says: string; ofShares?: boolean },
): Metric {
  return Object.freeze({
    kind,
    says,
    of: ofShares ? (p: number[], q: number[]) => of(shares(p), shares(q)) : of,
  });
}

/** Terms that neither has would be 0 / 0. */
function canberra(p: number[], q: number[]): number {
  const either = (_: number, i: number) => p[i] !== 0 || q[i] !== 0;
  return distance.canberra(p.filter(either), q.filter(either));
}

/** Names of the metrics, similarities first. */
export const metricNames = [
  "cosine",
  "pearson",
  "dice",
  "kumarHassebrook",
  "ruzicka",
  "intersection",
  "euclidean",
  "squaredEuclidean",
  "manhattan",
  "chebyshev",
  "canberra",
  "sorensen",
  "soergel",
  "jaccard",
  "lorentzian",
  "squaredChord",
] as const;

/** Name of a metric. */
export type MetricName = typeof metricNames[number];

/**
 * The metrics of {@link compareModels}: those of ml-distance that are defined where a term is in one text only, by their names there.
 * Cosine is what kinship is measured in.
 */
export const metrics: Readonly<Record<MetricName, Metric>> = Object.freeze({
  cosine: metric("similarity", similarity.cosine, { says: "cosine of the angle between them" }),
  pearson: metric("similarity", similarity.pearson, { says: "correlation over all terms" }),
  dice: metric("similarity", similarity.dice, {
    says: "twice the product by the sum of the squared lengths",
  }),
  kumarHassebrook: metric("similarity", similarity.kumarHassebrook, {
    says: "Tanimoto's: product by squared lengths less product",
  }),
  ruzicka: metric("similarity", similarity.ruzicka, { says: "sum of minima by sum of maxima" }),
  intersection: metric("similarity", similarity.intersection, {
    says: "sum of minima of shares",
    ofShares: true,
  }),
  euclidean: metric("distance", distance.euclidean, { says: "length of the difference" }),
  squaredEuclidean: metric("distance", distance.squaredEuclidean, {
    says: "squared length of the difference",
  }),
  manhattan: metric("distance", distance.manhattan, { says: "sum of absolute differences" }),
  chebyshev: metric("distance", distance.chebyshev, { says: "largest difference" }),
  canberra: metric("distance", canberra, { says: "sum of differences, each by its term's sum" }),
  sorensen: metric("distance", distance.sorensen, {
    says: "Bray and Curtis's: sum of differences by sum of weights",
  }),
  soergel: metric("distance", distance.soergel, { says: "sum of differences by sum of maxima" }),
  jaccard: metric("distance", distance.jaccard, { says: "one less Tanimoto's similarity" }),
  lorentzian: metric("distance", distance.lorentzian, {
    says: "sum of the logarithms of one more than each difference",
  }),
  squaredChord: metric("distance", distance.squaredChord, {
    says: "squared distance of the roots of shares",
    ofShares: true,
  }),
});

/**
 * The name of a metric, checked.
 *
 * @throws {RangeError} when there is none of that name; the message suggests one and lists all
 *
 * @example
 * ```ts
 * import { metricName } from "kindred";
 * metricName("cosine"); // "cosine"
 * ```
 */
export function metricName(name: string): MetricName {
  if (Object.hasOwn(metrics, name)) return name as MetricName;
  const [near] = alikeNames(name, { names: metricNames, n: 1 });
  throw new RangeError(
    `Cannot compare by ${JSON.stringify(name)}${
      near === undefined ? "" : `; did you mean "${near}"?`
    } (the metrics are ${metricNames.join(", ")})`,
  );
}
