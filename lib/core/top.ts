import { byCodeUnits } from "./compare.ts";
import type { StringColumn } from "./string_column.ts";

/** A value and how often it occurs. */
export interface Count {
  /** The value itself. */
  value: string;
  /** How often it occurs. */
  count: number;
}

/**
 * The `n` most frequent values, most frequent first, ties by code-unit order of the value; values that never occur are left out.
 * O(values) apart from the ties at the edge.
 *
 * @param counts How often each value of `values` occurs.
 * @throws {RangeError} when there are fewer counts than values
 *
 * @example
 * ```ts
 * import { StringColumn, top } from "kindred";
 * top(StringColumn.from(["b", "a", "c"]), Float64Array.of(2, 2, 1), { n: 2 });
 * // [{ value: "a", count: 2 }, { value: "b", count: 2 }]
 * ```
 */
export function top(
  values: StringColumn,
  counts: ArrayLike<number>,
  { n = 10 }: { /** @default 10 */ n?: number } = {},
): Count[] {
  if (counts.length < values.length) {
    throw new RangeError(
      `Cannot rank ${values.length} values: found ${counts.length} counts, expected one for each`,
    );
  }
  return topIndices(counts, { n, length: values.length })
    .map((i) => ({ value: values.at(i), count: counts[i] }))
    .sort((a, b) => b.count - a.count || byCodeUnits(a.value, b.value))
    .slice(0, n);
}

/** Indices of the counts that reach the n-th largest positive one, ties at the edge all included, in ascending order. */
export function topIndices(
  counts: ArrayLike<number>,
  { n, length = counts.length }: { n: number; length?: number },
): number[] {
  // A sorted list of the n largest counts met so far; its last entry is the bar to pass.
  const largest: number[] = [];
  for (let i = 0; i < length; i++) {
    const count = counts[i];
    if (!(count > 0) || (largest.length === n && count <= largest[n - 1])) continue;
    let at = largest.length < n ? largest.length : n - 1;
    while (at > 0 && largest[at - 1] < count) {
      largest[at] = largest[at - 1];
      at--;
    }
    largest[at] = count;
  }
  const bar = largest.length < n ? 0 : largest[n - 1];
  const found: number[] = [];
  if (n === 0) return found;
  for (let i = 0; i < length; i++) if (counts[i] > 0 && counts[i] >= bar) found.push(i);
  return found;
}
