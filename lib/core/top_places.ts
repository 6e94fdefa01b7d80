import { descending } from "./descending.ts";

/** From here on sorting all numbers is faster than keeping the first few in order. */
const many = 256;

/**
 * Places of the `n` largest numbers, the largest first, ties in ascending order. Time O(values) where n is small, else
 * O(values log values).
 *
 * @param values None of them NaN.
 */
export function topPlaces(values: ArrayLike<number>, { n }: { n: number }): number[] {
  if (n > many) return Array.from(descending(Float64Array.from(values)).subarray(0, n));
  const places: number[] = [];
  for (let i = 0; i < values.length; i++) {
    let at = Math.min(places.length, n);
    if (at === n && (n === 0 || values[i] <= values[places[n - 1]])) continue;
    while (at > 0 && values[places[at - 1]] < values[i]) at--;
    places.splice(at, 0, i);
    if (places.length > n) places.pop();
  }
  return places;
}
