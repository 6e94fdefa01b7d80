/**
 * Order of two strings by UTF-16 code units, the order of `<`: the same on every machine and locale.
 *
 * @returns a negative number, 0 or a positive number, for `Array.prototype.sort`
 *
 * @example
 * ```ts
 * import { byCodeUnits } from "kindred";
 * ["b", "B", "a"].sort(byCodeUnits); // ["B", "a", "b"]
 * ```
 */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
