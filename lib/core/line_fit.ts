import {
  type BootstrapInterval,
  type BootstrapOptions,
  ratioBootstrap,
} from "./cluster_bootstrap.ts";

/** Points in a plane, each in a cluster; columns of one length. */
export interface LinePoints {
  /** Where the points are. */
  x: ArrayLike<number>;
  /** Their values. */
  y: ArrayLike<number>;
  /** Cluster of each point: equal keys, one cluster. */
  cluster: ArrayLike<string | number>;
}

/** A line through points and its uncertainty. */
export interface LineFit {
  /** Its slope with an interval. */
  slope: BootstrapInterval;
  /** Mean of the points, which the line goes through; null where there are none. */
  centre: { x: number; y: number } | null;
  /** Number of points. */
  points: number;
  /** Number of clusters. */
  clusters: number;
  /** The line at the places asked for, with pointwise intervals; `low` and `high` are null where they cannot be said. */
  line: { x: number; y: number; low: number | null; high: number | null }[];
}

/** Options of {@link fitLine}. */
export interface LineOptions extends Omit<BootstrapOptions, "range"> {
  /**
   * Where the line is to be known.
   * @default []
   */
  at?: readonly number[];
}

/**
 * Line of least squares, with intervals from resampling clusters: the points of a cluster may depend on each other.
 *
 * The slope is the ratio of the sums of (x - mean x)(y - mean y) and of (x - mean x)^2, so that {@link ratioBootstrap} applies; the
 * means are those of all points, also in a resample, which is exact to the first order. What it leaves out when a cluster is
 * left out is the influence of the cluster-robust variance (Liang and Zeger 1986). A point of the line is its centre plus slope times
 * distance; its interval is that of the mean of the residuals, each weighted by 1 + n (x - mean x)(place - mean x) / sum of (x - mean x)^2.
 *
 * @returns A slope of null where all points have the same x, or there are none
 * @throws {TypeError} when the columns differ in length
 * @throws {RangeError} when a number is not finite, or an option of the bootstrap is out of range
 *
 * @example
 * ```ts
 * import { fitLine } from "kindred";
 * const x = [0, 1, 2, 3, 4, 5];
 * fitLine({ x, y: [1, 3, 5, 7, 9, 11], cluster: x }).slope.estimate; // 2
 * ```
 */
export function fitLine(
  { x, y, cluster }: LinePoints,
  { at = [], ...options }: LineOptions = {},
): LineFit {
  const points = x.length;
  if (y.length !== points || cluster.length !== points) {
    throw new TypeError(
      `Cannot fit a line: found ${points} x, ${y.length} y and ${cluster.length} clusters, expected as many of each`,
    );
  }
  const codes = new Map<string | number, number>();
  const code = Int32Array.from({ length: points }, (_, i) => {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) {
      throw new RangeError(`Cannot fit a line: point ${i} is (${x[i]}, ${y[i]}), expected numbers`);
    }
    const known = codes.get(cluster[i]) ?? codes.size;
    codes.set(cluster[i], known);
    return known;
  });
  const clusters = codes.size;
  const mean = (of: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < points; i++) sum += of[i] / points;
    return sum;
  };
  const centre = { x: mean(x), y: mean(y) };
  const numerator = new Float64Array(clusters);
  const denominator = new Float64Array(clusters);
  for (let i = 0; i < points; i++) {
    numerator[code[i]] += (x[i] - centre.x) * (y[i] - centre.y);
    denominator[code[i]] += (x[i] - centre.x) ** 2;
  }
  const slope = ratioBootstrap({ numerator, denominator }, options);
  const spread = denominator.reduce((a, b) => a + b, 0);
  const size = new Float64Array(clusters);
  for (let i = 0; i < points; i++) size[code[i]]++;
  const line = slope.estimate === null ? [] : at.map((place) => {
    const value = centre.y + slope.estimate! * (place - centre.x);
    const residuals = new Float64Array(clusters);
    for (let i = 0; i < points; i++) {
      const weight = 1 + points * (x[i] - centre.x) * (place - centre.x) / spread;
      residuals[code[i]] += weight * (y[i] - centre.y - slope.estimate! * (x[i] - centre.x));
    }
    const { low, high } = ratioBootstrap({ numerator: residuals, denominator: size }, options);
    return {
      x: place,
      y: value,
      low: low === null ? null : value + low,
      high: high === null ? null : value + high,
    };
  });
  return { slope, centre: points === 0 ? null : centre, points, clusters, line };
}
