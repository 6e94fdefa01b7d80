/** One pair of items, by number. */
export type ItemPair = [first: number, second: number];

/** A checked matrix of net traffic: what goes from i to j less what goes back, row by row, whole numbers. */
export interface NetMatrix {
  /** Number of items. */
  readonly n: number;
  /** n * n entries, antisymmetric. */
  readonly net: Float64Array;
  /** Sum of the positive entries: what an order without any violation would carry forward. */
  readonly total: number;
}

/** A pair whose net traffic goes against an order. */
export interface Violation {
  /** The item that stands later although more goes from it than to it. */
  from: number;
  /** The item that stands earlier. */
  to: number;
  /** Net traffic from the one to the other, positive. */
  net: number;
}

/**
 * Checks a square matrix and copies it.
 *
 * @throws {TypeError} when it is not square
 * @throws {RangeError} when an entry is no whole number, or not the negative of the one across the diagonal, or the positive
 * entries sum to more than 2^53 - 1
 */
export function checkNet(rows: readonly (readonly number[])[]): NetMatrix {
  const n = rows.length;
  const net = new Float64Array(n * n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (rows[i].length !== n) {
      throw new TypeError(
        `Cannot order ${n} items: row ${i} has ${rows[i].length} entries, expected ${n}`,
      );
    }
    for (let j = 0; j < n; j++) {
      const value = rows[i][j];
      if (!Number.isSafeInteger(value) || value + rows[j][i] !== 0) {
        throw new RangeError(
          `Cannot order ${n} items: net traffic from ${i} to ${j} is ${value} and back ${
            rows[j][i]
          }, expected whole numbers that cancel`,
        );
      }
      net[i * n + j] = value;
      if (value > 0) total += value;
    }
  }
  if (!Number.isSafeInteger(total)) {
    throw new RangeError(
      `Cannot order ${n} items: net traffic sums to ${total}, expected at most 2^53 - 1`,
    );
  }
  return { n, net, total };
}

/** Sum of the positive net traffic that goes from an earlier item of the order to a later one. */
export function forwardOf({ n, net }: NetMatrix, order: ArrayLike<number>): number {
  let forward = 0;
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) forward += Math.max(0, net[order[a] * n + order[b]]);
  }
  return forward;
}

/** The pairs whose net traffic goes against the order, largest first, ties by place of the later item, then of the earlier. */
export function violationsOf({ n, net }: NetMatrix, order: readonly number[]): Violation[] {
  const found: Violation[] = [];
  for (let b = 1; b < n; b++) {
    for (let a = 0; a < b; a++) {
      const against = net[order[b] * n + order[a]];
      if (against > 0) found.push({ from: order[b], to: order[a], net: against });
    }
  }
  return found.sort((x, y) => y.net - x.net);
}
