import type { BootstrapInterval } from "../core/cluster_bootstrap.ts";
import type { Interval } from "../measure/report.ts";
import { numberText } from "./text_table.ts";

/**
 * A number with its 95% interval, as one cell of a table: `0.135 (95% 0.048 to 0.259)`. It is aligned and sorted as the number is.
 *
 * @example
 * ```ts
 * import { Estimate, show } from "kindred";
 * const rate = new Estimate(0.1349, [0.048, 0.259]);
 * rate.text(3); // "0.135 (95% 0.048 to 0.259)"
 * show([{ trait: "license", rate }]);
 * ```
 */
export class Estimate {
  /** The number, null where there is none. */
  readonly value: number | null;
  /** Ends of its interval, null where it cannot be said. */
  readonly interval: Interval;

  /** Joins a number and its interval. */
  constructor(value: number | null, interval: Interval = null) {
    this.value = value;
    this.interval = interval;
  }

  /** What a bootstrap found, for example `familyInterval`. */
  static of({ estimate, low, high }: BootstrapInterval): Estimate {
    return new Estimate(estimate, low === null || high === null ? null : [low, high]);
  }

  /** The number and the interval with so many decimals. */
  text(digits: number): string {
    const number = numberText(this.value, { digits });
    return this.interval === null || this.value === null
      ? number
      : `${number} (95% ${intervalText(this.interval, { digits })})`;
  }
}

/** The ends of an interval: `0.048 to 0.259`. */
export function intervalText(
  [low, high]: readonly [number, number],
  { digits = 3 }: { /** @default 3 */ digits?: number } = {},
): string {
  return `${numberText(low, { digits })} to ${numberText(high, { digits })}`;
}
