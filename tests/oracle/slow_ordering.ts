import { random } from "../../lib/core/random.ts";

/** All optimal orders of at most seven items, by trying every permutation. */
export function slowOrdering(net: readonly (readonly number[])[]): {
  forward: number;
  orders: number[][];
} {
  let forward = -1;
  let orders: number[][] = [];
  function extend(order: number[], weight: number): void {
    if (order.length === net.length) {
      if (weight > forward) {
        forward = weight;
        orders = [];
      }
      if (weight === forward) orders.push(order);
      return;
    }
    for (let item = 0; item < net.length; item++) {
      if (order.includes(item)) continue;
      const inflow = order.reduce((sum, from) => sum + Math.max(0, net[from][item]), 0);
      extend([...order, item], weight + inflow);
    }
  }
  extend([], 0);
  return { forward, orders };
}

/** Antisymmetric matrix of whole numbers from -most to most, each pair zero with probability 1 - density. */
export function randomNet(
  n: number,
  { seed, most, density = 1 }: { seed: number; most: number; density?: number },
): number[][] {
  const rng = random({ seed });
  const net = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (!rng.chance(density)) continue;
      net[i][j] = rng.below(2 * most + 1) - most;
      net[j][i] = 0 - net[i][j];
    }
  }
  return net;
}

/** A matrix whose only optimal order is the one planted: traffic goes forward between neighbours of it and, at random, between others. */
export function plantedNet(
  n: number,
  { seed, density }: { seed: number; density: number },
): { net: number[][]; order: number[] } {
  const rng = random({ seed });
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const net = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      if (b > a + 1 && !rng.chance(density)) continue;
      net[order[a]][order[b]] = 1 + rng.below(99);
      net[order[b]][order[a]] = -net[order[a]][order[b]];
    }
  }
  return { net, order };
}
