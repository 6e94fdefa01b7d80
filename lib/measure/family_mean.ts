import {
  type BootstrapInterval,
  type BootstrapOptions,
  ratioBootstrap,
} from "../core/cluster_bootstrap.ts";
import type { Families } from "./families.ts";

/**
 * Mean of one number per model with an interval from resampling whole families, by the bootstrap of `ratioBootstrap`: models of
 * a family are alike, so that an interval which takes them as independent is too narrow.
 *
 * @param values One entry a model; NaN where it does not count.
 * @throws {RangeError} when there is not one value for each model, a value is infinite, or an option is out of range
 *
 * @example
 * ```ts
 * import { buildLineage, families, familyMean, readModelBlocks } from "kindred";
 * const rows = Array.from({ length: 8 }, (_, i) => `{"id":"m${i}"}\n`).join("");
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "eight" });
 * const groups = families(buildLineage(snapshot).lineage.view("no-merge"));
 * const values = Float64Array.of(1, 2, 3, 4, 5, 6, 7, NaN);
 * familyMean(values, { families: groups }).estimate; // 4
 * ```
 */
export function familyMean(
  values: Float64Array,
  { families, ...options }: BootstrapOptions & {
    /** Families that are independent of each other. */
    families: Families;
  },
): BootstrapInterval {
  if (values.length !== families.of.length) {
    throw new RangeError(
      `Cannot average by families: found ${values.length} values, expected ${families.of.length}, one for each model`,
    );
  }
  const numerator = new Float64Array(families.components);
  const denominator = new Float64Array(families.components);
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    numerator[families.of[row]] += values[row];
    denominator[families.of[row]]++;
  }
  return ratioBootstrap({ numerator, denominator }, options);
}
