import { descending } from "./descending.ts";
import type { Random } from "./random.ts";

/** Sums of each cluster; entry i of both belongs to cluster i. */
export interface RatioClusters {
  /** What is averaged, summed within each cluster. */
  readonly numerator: Float64Array;
  /** How many (or how much weight) it was summed over, at least 0; clusters with 0 do not count. */
  readonly denominator: Float64Array;
}

/** Most units that are resampled, and how many of the largest clusters stay on their own. */
const mostUnits = 4096;
const alone = 1024;

/**
 * The clusters that any of the ratios counts, as units to resample: each its own up to 4,096 of them; beyond, the 1,024 with the largest
 * share of a denominator are, and the others are put at random into 3,072 bundles of about as many clusters each. Independent
 * clusters in a bundle add their variances, so the spread between units is that between clusters on average.
 *
 * @throws {TypeError} when the columns differ in length
 * @throws {RangeError} when a denominator is negative or a number is not finite
 */
export function bundleClusters(
  ratios: readonly RatioClusters[],
  { rng }: { rng: Random },
): { units: number; columns: RatioClusters[] } {
  const length = ratios[0].denominator.length;
  const share = new Float64Array(length);
  for (const { numerator, denominator } of ratios) {
    if (numerator.length !== length || denominator.length !== length) {
      throw new TypeError(
        `Cannot resample the clusters: found columns of ${numerator.length} and ${denominator.length} beside one of ${length}`,
      );
    }
    let total = 0;
    for (let i = 0; i < length; i++) {
      if (!Number.isFinite(numerator[i]) || !(denominator[i] >= 0 && denominator[i] < Infinity)) {
        throw new RangeError(
          `Cannot resample the clusters: cluster ${i} is ${numerator[i]} / ${
            denominator[i]
          }, expected finite numbers, the second at least 0`,
        );
      }
      total += denominator[i];
    }
    for (let i = 0; i < length; i++) {
      if (denominator[i] > 0) share[i] = Math.max(share[i], denominator[i] / total);
    }
  }
  let counted = 0;
  for (let i = 0; i < length; i++) counted += Number(share[i] > 0);
  let members = new Uint32Array(counted);
  for (let i = 0, at = 0; i < length; i++) if (share[i] > 0) members[at++] = i;
  const units = Math.min(counted, mostUnits);
  if (counted > mostUnits) {
    const order = descending(Float64Array.from(members, (i) => share[i]));
    members = order.map((i) => members[i]);
    for (let i = counted - 1; i > alone; i--) {
      const j = alone + rng.below(i - alone + 1);
      [members[i], members[j]] = [members[j], members[i]];
    }
  }
  const columns = ratios.map(({ numerator, denominator }) => {
    const sums = { numerator: new Float64Array(units), denominator: new Float64Array(units) };
    for (let i = 0; i < counted; i++) {
      const unit = i < units ? i : alone + (i - alone) % (units - alone);
      // A cluster that one ratio does not count may still have rounding errors in its sum.
      if (denominator[members[i]] === 0) continue;
      sums.numerator[unit] += numerator[members[i]];
      sums.denominator[unit] += denominator[members[i]];
    }
    return sums;
  });
  return { units, columns };
}
