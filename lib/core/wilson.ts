import { studentQuantile } from "./student.ts";

/** A share and how well it is known. */
export interface ShareInterval {
  /** The share itself. */
  share: number;
  /** Lower end of the interval. */
  low: number;
  /** Upper end of the interval. */
  high: number;
}

/**
 * A share of independent cases with its score interval (Wilson 1927), which stays within 0 and 1 and holds up for few cases.
 *
 * @param count Cases that have the property.
 * @param total All cases, at least one.
 * @throws {RangeError} when the count is not a whole number from 0 to the total, there is no case, or the level is not in (0, 1)
 *
 * @example
 * ```ts
 * import { wilsonInterval } from "kindred";
 * wilsonInterval(0, 10).high.toFixed(3); // "0.278"
 * ```
 */
export function wilsonInterval(
  count: number,
  total: number,
  { level = 0.95 }: {
    /**
     * Probability that the interval holds the share.
     * @default 0.95
     */
    level?: number;
  } = {},
): ShareInterval {
  if (!(Number.isInteger(count) && Number.isInteger(total) && total > 0)) {
    throw new RangeError(
      `Cannot estimate a share of ${count} in ${total}: expected whole numbers, and at least one case`,
    );
  }
  if (count < 0 || count > total) {
    throw new RangeError(`Cannot estimate a share of ${count} in ${total}: expected 0 to ${total}`);
  }
  const z = studentQuantile(Infinity, { level });
  const share = count / total;
  const shrink = 1 + z * z / total;
  const middle = (share + z * z / (2 * total)) / shrink;
  const reach = z * Math.sqrt(share * (1 - share) / total + (z * z) / (4 * total * total)) / shrink;
  // Rounding leaves the ends a hair beyond 0 and 1.
  return {
    share,
    low: count === 0 ? 0 : Math.max(0, middle - reach),
    high: count === total ? 1 : Math.min(1, middle + reach),
  };
}
