/** Columns of non-negative numbers; every entry is a member of the population, also one of 0. */
export type Counts = Float64Array | Uint32Array | Int32Array | readonly number[];

/** How unevenly a total is spread over a population. */
export interface Concentration {
  /** Members of the population, those of 0 included. */
  population: number;
  /** Members of more than 0. */
  positive: number;
  /** Sum over all members. */
  total: number;
  /** Gini coefficient over the population, null where the total is 0. */
  gini: number | null;
  /** Gini coefficient over the members of more than 0, null where there are none. */
  giniOfPositive: number | null;
  /** Herfindahl index, null where the total is 0. */
  herfindahl: number | null;
  /** Herfindahl index normalised for the population, null where that is undefined. */
  normalisedHerfindahl: number | null;
  /** Inverse of the Herfindahl index: so many equal members would be as concentrated; null where the total is 0. */
  effective: number | null;
  /** Share of the k largest members, null where the total is 0. */
  top: { k: number; share: number | null }[];
}

/** A checked copy in ascending order and its sum. */
function ascending(action: string, counts: Counts): { sorted: Float64Array; total: number } {
  const sorted = Float64Array.from(counts);
  for (let i = 0; i < sorted.length; i++) {
    if (!(sorted[i] >= 0 && sorted[i] < Infinity)) {
      throw new RangeError(
        `Cannot compute ${action}: value ${i} is ${
          sorted[i]
        }, expected a finite number of at least 0`,
      );
    }
  }
  sorted.sort();
  let total = 0;
  for (let i = 0; i < sorted.length; i++) total += sorted[i];
  return { sorted, total };
}

function giniOf(sorted: Float64Array, total: number, first = 0): number | null {
  if (total === 0) return null;
  const n = sorted.length - first;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (2 * i + 1 - n) * sorted[first + i];
  // Rounding must not make an even spread of fractions negative.
  return Math.max(0, sum / (n * total));
}

function herfindahlOf(sorted: Float64Array, total: number): number | null {
  if (total === 0) return null;
  let sum = 0;
  for (let i = 0; i < sorted.length; i++) sum += (sorted[i] / total) ** 2;
  return sum;
}

function normalise(herfindahl: number | null, n: number): number | null {
  return herfindahl === null || n < 2 ? null : Math.max(0, (herfindahl - 1 / n) / (1 - 1 / n));
}

function topOf(sorted: Float64Array, total: number, k: number): number | null {
  if (!(Number.isInteger(k) && k >= 1)) {
    throw new RangeError(
      `Cannot compute the share of the largest: k is ${k}, expected an integer of at least 1`,
    );
  }
  if (total === 0) return null;
  let sum = 0;
  for (let i = sorted.length - 1; i >= Math.max(0, sorted.length - k); i--) sum += sorted[i];
  return sum / total;
}

/**
 * Gini coefficient (Gini 1912; Sen 1973, "On Economic Inequality", section 2.7): the mean absolute difference of two members drawn with
 * replacement, over twice the mean; by ranks in O(n log n). 0 where all are equal, 1 - 1/n where one has everything. Every entry is a
 * member, so that zeros raise it; for the coefficient among those who have something leave the zeros out.
 *
 * @returns null where the total is 0
 * @throws {RangeError} when a value is negative or not finite
 *
 * @example
 * ```ts
 * import { gini } from "kindred";
 * gini(Uint32Array.of(0, 0, 0, 8)); // 0.75
 * gini([2, 2]); // 0
 * ```
 */
export function gini(counts: Counts): number | null {
  const { sorted, total } = ascending("the Gini coefficient", counts);
  return giniOf(sorted, total);
}

/**
 * Herfindahl index (Hirschman 1945; Herfindahl 1950): the sum of squared shares, which is the chance that two units drawn with replacement
 * belong to the same member. From 1/n to 1; zeros do not change it. Its inverse is the effective number of members (Laakso and Taagepera
 * 1979). Normalised it is (H - 1/n) / (1 - 1/n), from 0 to 1, where n counts every entry, zeros included.
 *
 * @returns null where the total is 0, and normalised where there are fewer than two entries
 * @throws {RangeError} when a value is negative or not finite
 *
 * @example
 * ```ts
 * import { herfindahl } from "kindred";
 * herfindahl([1, 1, 2]); // 0.375
 * herfindahl([1, 1, 2], { normalised: true })?.toFixed(4); // "0.0625"
 * ```
 */
export function herfindahl(
  counts: Counts,
  { normalised = false }: { /** @default false */ normalised?: boolean } = {},
): number | null {
  const { sorted, total } = ascending("the Herfindahl index", counts);
  const index = herfindahlOf(sorted, total);
  return normalised ? normalise(index, sorted.length) : index;
}

/**
 * Share of the total that the k largest members have (the concentration ratio of industrial economics); zeros do not change it, and of
 * members that are equal it does not matter which is taken. 1 where there are no more than k.
 *
 * @returns null where the total is 0
 * @throws {RangeError} when k is no integer of at least 1, or a value is negative or not finite
 *
 * @example
 * ```ts
 * import { topShare } from "kindred";
 * topShare(Uint32Array.of(1, 5, 2), { k: 1 }); // 0.625
 * ```
 */
export function topShare(counts: Counts, { k }: { k: number }): number | null {
  const { sorted, total } = ascending("the share of the largest", counts);
  return topOf(sorted, total, k);
}

/**
 * All measures of concentration at once, with one sort: see {@link gini}, {@link herfindahl} and {@link topShare}. The population is
 * every entry, zeros included; `giniOfPositive` leaves them out.
 *
 * @param options.k Sizes of the top whose share is wanted.
 * @throws {RangeError} when a k is no integer of at least 1, or a value is negative or not finite
 *
 * @example
 * ```ts
 * import { concentration } from "kindred";
 * const { gini, giniOfPositive, effective } = concentration(Uint32Array.of(0, 0, 4, 4));
 * gini; // 0.5
 * giniOfPositive; // 0
 * effective; // 2
 * ```
 */
export function concentration(
  counts: Counts,
  { k = [1, 3, 10] }: { /** @default [1, 3, 10] */ k?: readonly number[] } = {},
): Concentration {
  const { sorted, total } = ascending("the concentration", counts);
  let zeros = 0;
  while (zeros < sorted.length && sorted[zeros] === 0) zeros++;
  const index = herfindahlOf(sorted, total);
  return {
    population: sorted.length,
    positive: sorted.length - zeros,
    total,
    gini: giniOf(sorted, total),
    giniOfPositive: giniOf(sorted, total, zeros),
    herfindahl: index,
    normalisedHerfindahl: normalise(index, sorted.length),
    effective: index === null ? null : 1 / index,
    top: k.map((size) => ({ k: size, share: topOf(sorted, total, size) })),
  };
}

/** A point of a Lorenz curve. */
export interface LorenzPoint {
  /** Share of the members, from the smallest on. */
  members: number;
  /** Share of the total that they have together. */
  share: number;
}

/**
 * Lorenz curve (Lorenz 1905): what share of the total the smallest members have together, from (0, 0) to (1, 1). The more it hangs below
 * the diagonal, the more uneven: twice the area between the two is the {@link gini} coefficient. Equal members lie on a straight
 * line, so that there is a point for each distinct value, however many members there are.
 *
 * @returns no points where the total is 0
 * @throws {RangeError} when a value is negative or not finite
 *
 * @example
 * ```ts
 * import { lorenz } from "kindred";
 * lorenz([4, 0, 0, 4]); // [{ members: 0, share: 0 }, { members: 0.5, share: 0 }, { members: 1, share: 1 }]
 * ```
 */
export function lorenz(counts: Counts): LorenzPoint[] {
  const { sorted, total } = ascending("the Lorenz curve", counts);
  if (total === 0) return [];
  const points: LorenzPoint[] = [{ members: 0, share: 0 }];
  let sum = 0;
  for (let i = 0; i < sorted.length; i++) {
    sum += sorted[i];
    if (sorted[i + 1] === sorted[i]) continue;
    points.push({ members: (i + 1) / sorted.length, share: sum / total });
  }
  return points;
}
