import { descending } from "./descending.ts";

/**
 * Place of each number from the largest down, 1 the first; numbers that tie share the mean of their places (fractional ranking).
 * O(n log n) time, a few arrays.
 *
 * @param values None of them NaN.
 *
 * @example
 * ```ts
 * import { meanRanks } from "kindred";
 * meanRanks([5, 9, 5, 0]); // Float64Array [2.5, 1, 2.5, 4]
 * ```
 */
export function meanRanks(values: ArrayLike<number>): Float64Array {
  const order = descending(Float64Array.from(values));
  const ranks = new Float64Array(order.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
