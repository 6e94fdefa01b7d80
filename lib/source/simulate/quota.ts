import type { Random } from "../../core/random.ts";
import type { Share } from "./published_traits.ts";

/**
 * Draws values so that the share of each among ALL models, those that inherited theirs included, returns to its target:
 * the weight of a value is what it lacks after the models so far and a horizon of further ones.
 */
export class Quota {
  /** Value of each code; code 0 is "not reported". */
  readonly values: readonly string[];
  #shares: Float64Array;
  #since: Float64Array;
  #counts: Float64Array;
  #weights: Float64Array;
  #models = 0;
  #horizon: number;

  /**
   * @param shares Targets of codes 1, 2, ...; what they leave of 1 is the target of code 0.
   * @param options.seconds Reads a `since` in the unit of `draw`'s time.
   * @param options.horizon Models over which a deficit is made good.
   */
  constructor(
    shares: readonly Share[],
    { seconds, horizon }: { seconds: (day: string) => number; horizon: number },
  ) {
    const rest = 1 - shares.reduce((sum, { share }) => sum + share, 0);
    this.values = ["", ...shares.map(({ value }) => value)];
    this.#shares = Float64Array.of(Math.max(0, rest), ...shares.map(({ share }) => share));
    this.#since = Float64Array.of(0, ...shares.map(({ since }) => since ? seconds(since) : 0));
    this.#counts = new Float64Array(this.values.length);
    this.#weights = new Float64Array(this.values.length);
    this.#horizon = horizon;
  }

  /** Code of a value. @throws {RangeError} when the table has no such value */
  code(value: string): number {
    const code = this.values.indexOf(value);
    if (code < 0) throw new RangeError(`Cannot simulate the trait "${value}": not in its table`);
    return code;
  }

  /** Whether the value exists at that time. */
  exists(code: number, time: number): boolean {
    return time >= this.#since[code];
  }

  share(code: number): number {
    return this.#shares[code];
  }

  /** Whether more models have the value than should: a large family can bring that about. */
  exceeded(code: number): boolean {
    return this.#counts[code] > 1.05 * this.#shares[code] * (this.#models + this.#horizon);
  }

  /** Counts the value of one more model. */
  add(code: number): void {
    this.#models++;
    this.#counts[code]++;
  }

  /** Counts one of several values of a model that {@link add} counts as code 0. */
  addExtra(code: number): void {
    this.#counts[code]++;
  }

  /**
   * Draws a code.
   *
   * @param options.reported Never code 0.
   * @param options.prior Weight of each code beside its deficit; absent: 1.
   */
  draw(
    rng: Random,
    { time, reported = false, prior }: {
      time: number;
      reported?: boolean;
      prior?: ArrayLike<number>;
    },
  ): number {
    const weights = this.#weights;
    const shares = this.#shares;
    const reach = this.#models + this.#horizon;
    let total = 0;
    for (let c = reported ? 1 : 0; c < weights.length; c++) {
      let weight = 0;
      if (time >= this.#since[c]) {
        // A thousandth of the share is always open, so that no value is ever impossible.
        weight = Math.max(shares[c] * reach - this.#counts[c], shares[c] * this.#horizon * 1e-3);
        if (prior !== undefined) weight *= prior[c];
      }
      total += weight;
      weights[c] = weight;
    }
    let left = rng.uniform() * total;
    let last = 0;
    for (let c = reported ? 1 : 0; c < weights.length; c++) {
      if (weights[c] <= 0) continue;
      last = c;
      left -= weights[c];
      if (left < 0) break;
    }
    return last;
  }
}
