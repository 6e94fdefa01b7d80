import type { NetMatrix } from "./net_matrix.ts";

/** Most items that {@link subsetOrdering} takes: its tables have 2^n entries. */
export const mostBySubsets = 20;

/** All optimal orders of a few items, in short. */
export interface SubsetOrdering {
  /** Of the optimal orders the first in lexicographic order of the item numbers. */
  order: number[];
  /** Net traffic that goes forward in it. */
  forward: number;
  /** How many orders are optimal; exact up to 2^53, rounded above. */
  orders: number;
  /** For each item the set (bit i: item i) of those that stand after it in some optimal order. */
  after: Uint32Array;
}

/**
 * The order of greatest forward weight by dynamic programming over subsets (Held and Karp 1962, as used for linear ordering): the
 * best weight of a set that stands first is that of the set less its last item, plus what flows into that item from the rest.
 * O(2^n n) time and 17 * 2^n bytes; n is at most {@link mostBySubsets}, which the caller sees to.
 */
export function subsetOrdering({ n, net }: NetMatrix): SubsetOrdering {
  const size = 2 ** n;
  const gain = inflow({ n, net });
  const best = new Float64Array(size);
  const ways = new Float64Array(size);
  ways[0] = 1;
  for (let set = 1; set < size; set++) {
    let most = -1;
    let count = 0;
    for (let rest = set; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      const before = set ^ bit;
      const weight = best[before] + gain(before, 31 - Math.clz32(bit));
      if (weight > most) {
        most = weight;
        count = ways[before];
      } else if (weight === most) count += ways[before];
    }
    best[set] = most;
    ways[set] = count;
  }
  const all = size - 1;
  // Sets that stand first in some optimal order, found from the whole backwards.
  const optimal = new Uint8Array(size);
  optimal[all] = 1;
  const after = new Uint32Array(n);
  for (let set = all; set > 0; set--) {
    if (optimal[set] === 0) continue;
    for (let rest = set; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      const before = set ^ bit;
      const item = 31 - Math.clz32(bit);
      if (best[before] + gain(before, item) !== best[set]) continue;
      optimal[before] = 1;
      after[item] |= all ^ set;
    }
  }
  const order: number[] = [];
  for (let set = 0; set !== all;) {
    for (let item = 0; item < n; item++) {
      const next = set | (1 << item);
      if (next === set || optimal[next] === 0) continue;
      if (best[set] + gain(set, item) !== best[next]) continue;
      order.push(item);
      set = next;
      break;
    }
  }
  return { order, forward: best[all], orders: ways[all], after };
}

/** Net traffic from the members of a set into an item, from two tables that each hold half of the items. */
function inflow({ n, net }: { n: number; net: Float64Array }) {
  const half = n >> 1;
  const low = 2 ** half;
  const high = 2 ** (n - half);
  const fromLow = new Float64Array(n * low);
  const fromHigh = new Float64Array(n * high);
  for (let item = 0; item < n; item++) {
    fill(fromLow.subarray(item * low, (item + 1) * low), item, 0);
    fill(fromHigh.subarray(item * high, (item + 1) * high), item, half);
  }
  function fill(sums: Float64Array, item: number, first: number): void {
    for (let set = 1; set < sums.length; set++) {
      const from = first + 31 - Math.clz32(set & -set);
      sums[set] = sums[set & (set - 1)] + Math.max(0, net[from * n + item]);
    }
  }
  return (set: number, item: number): number =>
    fromLow[item * low + (set & (low - 1))] + fromHigh[item * high + (set >>> half)];
}
