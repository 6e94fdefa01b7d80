/**
 * Holm's adjusted p-values (1979): rejecting those at most alpha keeps the chance of any false rejection at alpha, however the tests
 * depend on each other.
 *
 * @param values p-values of the tests; null for what was not tested, which stays null and is not counted.
 * @throws {RangeError} when a value is not between 0 and 1
 *
 * @example
 * ```ts
 * import { holm } from "kindred";
 * holm([0.01, null, 0.5, 0.02]); // [0.03, null, 0.5, 0.04]
 * ```
 */
export function holm(values: readonly (number | null)[]): (number | null)[] {
  const tested = [...values.keys()].filter((i) => values[i] !== null)
    .sort((i, j) => values[i]! - values[j]!);
  const adjusted: (number | null)[] = values.map(() => null);
  let largest = 0;
  tested.forEach((i, place) => {
    const p = values[i]!;
    if (!(p >= 0 && p <= 1)) {
      throw new RangeError(`Cannot adjust the p-value ${p}: expected a number from 0 to 1`);
    }
    largest = Math.max(largest, Math.min(1, p * (tested.length - place)));
    adjusted[i] = largest;
  });
  return adjusted;
}
