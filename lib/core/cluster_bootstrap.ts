import { bundleClusters, type RatioClusters } from "./cluster_bundles.ts";
import { type Random, random } from "./random.ts";
import { studentQuantile } from "./student.ts";

export type { RatioClusters };

/** How often and how to resample. */
export interface BootstrapOptions {
  /**
   * Resamples of the clusters, at least 100.
   * @default 1000
   */
  replicates?: number;
  /**
   * Seed of the resampling.
   * @default 1
   */
  seed?: number;
  /**
   * Share of such intervals that should hold the truth, in (0, 1).
   * @default 0.95
   */
  level?: number;
  /**
   * Smallest and largest possible value, for example 0 and 1 for a share; the interval does not leave them.
   * @default [-Infinity, Infinity]
   */
  range?: readonly [least: number, most: number];
}

/** An estimate and its uncertainty. */
export interface BootstrapInterval {
  /** Sum of numerators over sum of denominators, or the difference of two such ratios; null where a denominator is 0. */
  estimate: number | null;
  /** Lower end of the interval, null where it cannot be said: see {@link ratioBootstrap}. */
  low: number | null;
  /** Upper end of the interval, null where it cannot be said. */
  high: number | null;
  /** Resamples behind it; 0 where the interval cannot be said. */
  replicates: number;
  /** Jackknife standard error, clusters left out one by one; null where the interval cannot be said. */
  standardError: number | null;
}

/** Fewest clusters, and fewest degrees of freedom of their spread, from which an interval is drawn. */
const fewestClusters = 5;
const fewestFreedom = 2;
/** Standard errors below this share of the numbers are rounding. */
const rounding = 1e-12;

/**
 * Ratio of two sums with an interval from resampling clusters with replacement: the observations of a cluster may depend on each
 * other in any way, clusters are taken as independent.
 *
 * The interval is the expanded percentile interval (Hesterberg 2015, "What teachers should know about the bootstrap"): both ends of the
 * percentile interval are moved away from the estimate, by the ratio of Student's to the normal quantile and by that of the jackknife standard
 * error to the standard deviation of the resamples. Without that, intervals are too short where few large clusters carry the sum, as
 * families of models do. For clusters of one size the second ratio is Hesterberg's sqrt(n / (n - 1)); for unequal ones the jackknife is what
 * makes up for the pull that a large cluster has on the estimate (Cameron and Miller 2015, "A practitioner's guide to cluster-robust
 * inference", section VI.B). The degrees of freedom are those of the sum of squared influences (Satterthwaite 1946):
 * 3 (sum of e^2)^2 / (sum of e^4) - 2, where e is the change of the ratio when a cluster is left out. `deno task validate` measures how
 * often such intervals hold the truth. (The studentised bootstrap does as well on average, but its intervals are too wide, or endless, where
 * a number rests on few families, since some resamples then have no spread.)
 *
 * There is no interval where it would mean little: from fewer than five clusters with a denominator; where one cluster dominates, so that
 * there are fewer than two degrees of freedom; where all clusters agree. Beyond 4,096 clusters the smaller ones are bundled at
 * random, which keeps the variance on average and saves most of the time.
 *
 * @throws {TypeError} when the columns differ in length
 * @throws {RangeError} when a denominator is negative, a number is not finite, or an option is out of range
 *
 * @example
 * ```ts
 * import { ratioBootstrap } from "kindred";
 * const numerator = Float64Array.of(1, 0, 2, 1, 0, 3);
 * const denominator = Float64Array.of(2, 1, 3, 4, 1, 5);
 * const { estimate, low, high } = ratioBootstrap({ numerator, denominator });
 * estimate; // 0.4375
 * low! < 0.4375 && high! > 0.4375; // true
 * ```
 */
export function ratioBootstrap(
  clusters: RatioClusters,
  options: BootstrapOptions = {},
): BootstrapInterval {
  return bootstrap([clusters], options);
}

/**
 * As {@link ratioBootstrap} for the ratio of the first sums less that of the second; both are over the same clusters, which are resampled
 * together.
 *
 * @throws {TypeError} when the columns differ in length
 * @throws {RangeError} when a denominator is negative, a number is not finite, or an option is out of range
 *
 * @example
 * ```ts
 * import { ratioDifferenceBootstrap } from "kindred";
 * const denominator = Float64Array.of(1, 1, 1, 1, 1, 1);
 * const first = { numerator: Float64Array.of(3, 4, 3, 4, 3, 4), denominator };
 * const second = { numerator: Float64Array.of(1, 1, 2, 2, 1, 2), denominator };
 * ratioDifferenceBootstrap({ first, second }).estimate; // 2
 * ```
 */
export function ratioDifferenceBootstrap(
  { first, second }: { first: RatioClusters; second: RatioClusters },
  options: BootstrapOptions = {},
): BootstrapInterval {
  return bootstrap([first, second], options);
}

function bootstrap(
  ratios: readonly RatioClusters[],
  { replicates = 1000, seed = 1, level = 0.95, range = [-Infinity, Infinity] }: BootstrapOptions,
): BootstrapInterval {
  if (!Number.isSafeInteger(replicates) || replicates < 100) {
    throw new RangeError(
      `Cannot resample the clusters: replicates is ${replicates}, expected a whole number from 100`,
    );
  }
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`Cannot resample the clusters: level is ${level}, expected one in (0, 1)`);
  }
  const rng = random({ seed });
  const { units, columns } = bundleClusters(ratios, { rng });
  const estimate = contrast(columns);
  const none = { low: null, high: null, replicates: 0, standardError: null };
  if (Number.isNaN(estimate)) return { estimate: null, ...none };
  const { error, freedom } = jackknife(columns, units);
  if (units < fewestClusters || !(freedom >= fewestFreedom)) return { estimate, ...none };
  const values = new Float64Array(replicates);
  let drawn = 0;
  for (let r = 0; r < replicates; r++) {
    const value = resample(columns, rng);
    // A resample may miss every cluster of one of the two ratios.
    if (!Number.isNaN(value)) values[drawn++] = value;
  }
  const found = values.subarray(0, drawn).sort();
  const factor = error / deviation(found) *
    studentQuantile(freedom, { level }) / studentQuantile(Infinity, { level });
  const [least, most] = range;
  return {
    estimate,
    low: Math.max(least, estimate - factor * (estimate - quantile(found, (1 - level) / 2))),
    high: Math.min(most, estimate + factor * (quantile(found, (1 + level) / 2) - estimate)),
    replicates: drawn,
    standardError: error,
  };
}

/** The first ratio, less the second if there are two; NaN where a denominator is 0. */
function contrast(columns: readonly RatioClusters[]): number {
  let value = 0;
  columns.forEach(({ numerator, denominator }, j) => {
    let above = 0;
    let below = 0;
    for (let i = 0; i < numerator.length; i++) {
      above += numerator[i];
      below += denominator[i];
    }
    const ratio = below > 0 ? above / below : NaN;
    value += j === 0 ? ratio : -ratio;
  });
  return value;
}

/** As {@link contrast} of as many units drawn with replacement, the same ones for both ratios. */
function resample([first, second]: readonly RatioClusters[], rng: Random): number {
  const units = first.numerator.length;
  let above = 0;
  let below = 0;
  if (second === undefined) {
    for (let i = 0; i < units; i++) {
      const unit = rng.below(units);
      above += first.numerator[unit];
      below += first.denominator[unit];
    }
    return below > 0 ? above / below : NaN;
  }
  let secondAbove = 0;
  let secondBelow = 0;
  for (let i = 0; i < units; i++) {
    const unit = rng.below(units);
    above += first.numerator[unit];
    below += first.denominator[unit];
    secondAbove += second.numerator[unit];
    secondBelow += second.denominator[unit];
  }
  return below > 0 && secondBelow > 0 ? above / below - secondAbove / secondBelow : NaN;
}

/**
 * Standard error from leaving out one unit at a time, and the degrees of freedom of its square; those are NaN where there is no spread
 * or a ratio rests on one unit.
 */
function jackknife(
  columns: readonly RatioClusters[],
  units: number,
): { error: number; freedom: number } {
  const influence = new Float64Array(units);
  let scale = 0;
  for (let j = 0; j < columns.length; j++) {
    const { numerator, denominator } = columns[j];
    let above = 0;
    let below = 0;
    let size = 0;
    for (let i = 0; i < units; i++) {
      above += numerator[i];
      below += denominator[i];
      size += Math.abs(numerator[i]);
    }
    scale = Math.max(scale, size / below);
    for (let i = 0; i < units; i++) {
      const change = (numerator[i] - above / below * denominator[i]) / (below - denominator[i]);
      influence[i] += j === 0 ? change : -change;
    }
  }
  let squares = 0;
  let fourths = 0;
  for (let i = 0; i < units; i++) {
    const square = influence[i] * influence[i];
    squares += square;
    fourths += square * square;
  }
  const error = Math.sqrt(squares * (units - 1) / units);
  const spread = error > rounding * scale;
  return { error, freedom: spread ? 3 * squares * squares / fourths - 2 : NaN };
}

/** Linear between the sorted values, the first at 0 and the last at 1. */
function quantile(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

function deviation(values: Float64Array): number {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}
