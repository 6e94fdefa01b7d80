/**
 * Kendall's tau-b: how far two scores put the same items in the same order, -1 to 1, with ties in either counted as ties (Kendall
 * 1945). O(n log n) by the method of Knight (1966).
 *
 * @param a One score an item, no NaN.
 * @param b Another for the same items.
 * @returns NaN where fewer than two items or all items of a score tie, since there is no order then
 * @throws {RangeError} when the lengths differ or a score is NaN
 *
 * @example
 * ```ts
 * import { kendall } from "kindred";
 * kendall([1, 2, 3, 4], [1, 2, 4, 3]); // (5 - 1) / 6
 * ```
 */
export function kendall(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  if (b.length !== n) {
    throw new RangeError(
      `Cannot compare two orders: found ${n} and ${b.length} scores, expected as many`,
    );
  }
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(a[i]) || Number.isNaN(b[i])) {
      throw new RangeError(`Cannot compare two orders: score ${i} is NaN, expected a number`);
    }
  }
  const order = Uint32Array.from({ length: n }, (_, i) => i)
    .sort((i, j) => a[i] - a[j] || b[i] - b[j]);
  const [x, y] = [a, b].map((scores) => Float64Array.from(order, (i) => scores[i]));
  const tiedInBoth = tiedPairs(n, (i) => x[i] === x[i - 1] && y[i] === y[i - 1]);
  const tiedInA = tiedPairs(n, (i) => x[i] === x[i - 1]);
  const discordant = sortCountingInversions(y);
  const tiedInB = tiedPairs(n, (i) => y[i] === y[i - 1]);
  const pairs = n * (n - 1) / 2;
  const concordant = pairs - tiedInA - tiedInB + tiedInBoth - discordant;
  return (concordant - discordant) / Math.sqrt((pairs - tiedInA) * (pairs - tiedInB));
}

/** Pairs of items that tie, where equal items stand side by side. */
function tiedPairs(n: number, sameAsBefore: (i: number) => boolean): number {
  let pairs = 0;
  let run = 0;
  for (let i = 1; i < n; i++) {
    run = sameAsBefore(i) ? run + 1 : 0;
    pairs += run;
  }
  return pairs;
}

/** Sorts in place and counts the pairs that stood in the wrong order: a merge sort from small runs to large ones. */
function sortCountingInversions(values: Float64Array): number {
  const n = values.length;
  const merged = new Float64Array(n);
  let inversions = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        if (right >= end || left < middle && values[left] <= values[right]) {
          merged[at] = values[left++];
        } else {
          merged[at] = values[right++];
          inversions += middle - left;
        }
      }
    }
    values.set(merged);
  }
  return inversions;
}
