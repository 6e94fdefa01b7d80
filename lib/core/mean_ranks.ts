/**
 * Place of each number from the largest down, 1 the first; numbers that tie share the mean of their places (fractional ranking).
 * O(n log n) time, two arrays.
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
  const ascending = Float64Array.from(values).sort();
  const n = ascending.length;
  const ranks = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = values[i];
    const below = lowerBound(ascending, (other) => other >= value);
    const notAbove = lowerBound(ascending, (other) => other > value);
    // n - notAbove numbers are larger; those that tie take the places after them.
    ranks[i] = n - notAbove + (notAbove - below + 1) / 2;
  }
  return ranks;
}

/** First index of a sorted array for which the test holds, its length where it holds for none. */
function lowerBound(ascending: Float64Array, test: (value: number) => boolean): number {
  let low = 0;
  for (let high = ascending.length; low < high;) {
    const middle = (low + high) >> 1;
    if (test(ascending[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
