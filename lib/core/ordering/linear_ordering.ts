import {
  checkNet,
  forwardOf,
  type ItemPair,
  type NetMatrix,
  type Violation,
  violationsOf,
} from "./net_matrix.ts";
import { mostBySubsets, subsetOrdering } from "./subsets.ts";

/** An order of items that carries as much net traffic forward as any, and what is known of the others that do. */
export interface LinearOrdering {
  /** Item numbers, first to last. */
  order: number[];
  /** Sum of all positive net traffic. */
  total: number;
  /** Net traffic that goes from an earlier item to a later one. */
  forward: number;
  /** No order carries more than this; equals `forward` where the order is optimal. */
  bound: number;
  /** Whether it is proven that no order carries more. */
  optimal: boolean;
  /** Whether it is the only optimal order; null where that is not known. */
  unique: boolean | null;
  /** How many orders are optimal, exact up to 2^53; null where they were not counted. */
  orders: number | null;
  /** Pairs (the earlier item of `order` first) that stand the other way round in some optimal order. */
  free: ItemPair[];
  /** Pairs of which neither that nor its contrary is proven. */
  undecided: ItemPair[];
  /** Pairs whose net traffic goes against the order, largest first. */
  violations: Violation[];
}

/**
 * Solves the linear ordering problem: the order of items that maximises the net traffic from earlier items to later ones. Dynamic
 * programming over subsets, proven and exact in every field, in O(2^n n) time and 17 * 2^n bytes. Among optimal orders it is the
 * first by item numbers compared one by one, so that items given by rank keep it wherever traffic does not say otherwise.
 *
 * @param net Square matrix of whole numbers: what goes from row to column less what goes back; at most 20 rows.
 * @throws {TypeError} when the matrix is not square
 * @throws {RangeError} when it is not antisymmetric in whole numbers, or has more than 20 rows
 *
 * @example
 * ```ts
 * import { linearOrdering } from "kindred";
 * // 1 -> 0 and 2 -> 0; nothing between 1 and 2
 * const { order, forward, free } = linearOrdering([[0, -5, -2], [5, 0, 0], [2, 0, 0]]);
 * order; // [1, 2, 0]
 * forward; // 7
 * free; // [[1, 2]]
 * ```
 */
export function linearOrdering(net: readonly (readonly number[])[]): LinearOrdering {
  if (net.length > mostBySubsets) {
    throw new RangeError(
      `Cannot order ${net.length} items over subsets: expected at most ${mostBySubsets} (linearOrderingProgram takes 60)`,
    );
  }
  const matrix = checkNet(net);
  const { order, forward, orders, after } = subsetOrdering(matrix);
  const free = pairsOf(order).filter(([i, j]) => (after[j] >>> i & 1) === 1);
  return {
    ...summary(matrix, order),
    bound: forward,
    optimal: true,
    unique: orders === 1,
    orders,
    free,
    undecided: [],
  };
}

/**
 * Net traffic that an order carries forward: the objective of {@link linearOrdering}, for any order.
 *
 * @throws {TypeError} when the matrix is not square
 * @throws {RangeError} when the matrix is not antisymmetric in whole numbers, or the order does not name each item once
 *
 * @example
 * ```ts
 * import { forwardTraffic } from "kindred";
 * forwardTraffic([[0, 5], [-5, 0]], { order: [1, 0] }); // 0
 * ```
 */
export function forwardTraffic(
  net: readonly (readonly number[])[],
  { order }: { /** Item numbers, first to last. */ order: readonly number[] },
): number {
  const matrix = checkNet(net);
  const sorted = [...order].sort((a, b) => a - b);
  if (order.length !== matrix.n || sorted.some((item, i) => item !== i)) {
    throw new RangeError(
      `Cannot weigh the order ${JSON.stringify(order)}: expected each of 0..${matrix.n - 1} once`,
    );
  }
  return forwardOf(matrix, order);
}

/** All pairs of an order, the earlier item first, by the distance of their places, then by place. */
export function pairsOf(order: readonly number[]): ItemPair[] {
  const pairs: ItemPair[] = [];
  for (let apart = 1; apart < order.length; apart++) {
    for (let a = 0; a + apart < order.length; a++) pairs.push([order[a], order[a + apart]]);
  }
  return pairs;
}

/** What follows from an order alone. */
export function summary(
  matrix: NetMatrix,
  order: number[],
): Pick<LinearOrdering, "order" | "total" | "forward" | "violations"> {
  return {
    order,
    total: matrix.total,
    forward: forwardOf(matrix, order),
    violations: violationsOf(matrix, order),
  };
}
