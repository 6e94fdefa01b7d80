import { random } from "../../core/random.ts";
import type { BothWays } from "../neighbourhood.ts";
import { type ReadingOptions, RemovalState } from "./removal_state.ts";

/** Options of {@link randomRemovals}. */
export interface RandomRemovalsOptions extends ReadingOptions {
  /**
   * How many nodes are removed in a run.
   * @default 20
   */
  k?: number;
  /**
   * How many runs.
   * @default 200
   */
  runs?: number;
  /**
   * Seed of the shuffles.
   * @default 1
   */
  seed?: number;
}

/** Losses when nodes are removed in random order. */
export interface RandomRemovals {
  /** How many orders were tried. */
  runs: number;
  /** Seed of the shuffles. */
  seed: number;
  /** After each removal the mean number of nodes that are gone, the removed ones included. */
  mean: number[];
  /** 2.5th percentile over the runs, interpolated between the two nearest. */
  low: number[];
  /** 97.5th percentile over the runs. */
  high: number[];
}

/**
 * What k removals in random order cost: every run shuffles the nodes and removes them one after the other, passing over those that are
 * gone; where nothing is left the loss stays. O(nodes + runs x (k + what is lost)).
 *
 * @throws {RangeError} when `k` or `runs` is not a whole number of at least 1, there is no such reading, or `kinds` lacks its types
 *
 * @example
 * ```ts
 * import { buildCsr, randomRemovals } from "kindred";
 * // 0 -> 1
 * const [from, to] = [Uint32Array.of(0), Uint32Array.of(1)];
 * const graph = { children: buildCsr(2, from, to), parents: buildCsr(2, to, from) };
 * randomRemovals(graph, { k: 2 }).mean[1]; // 2
 * ```
 */
export function randomRemovals(
  graph: BothWays,
  { k = 20, runs = 200, seed = 1, ...reading }: RandomRemovalsOptions = {},
): RandomRemovals {
  for (const [name, value] of [["k", k], ["runs", runs]] as const) {
    if (!(Number.isSafeInteger(value) && value >= 1)) {
      throw new RangeError(
        `Cannot remove nodes in random order: ${name} is ${value}, expected a whole number of at least 1`,
      );
    }
  }
  const state = new RemovalState(graph, reading);
  const nodes = state.lost.length;
  const steps = Math.min(k, nodes);
  const rng = random({ seed });
  // Each run goes on shuffling what the last one left.
  const order = new Uint32Array(nodes);
  for (let u = 0; u < nodes; u++) order[u] = u;
  const losses = Array.from({ length: steps }, () => new Float64Array(runs));
  for (let run = 0; run < runs; run++) {
    let next = 0;
    for (let step = 0; step < steps; step++) {
      for (; next < nodes; next++) {
        const other = next + rng.below(nodes - next);
        const node = order[other];
        order[other] = order[next];
        order[next] = node;
        if (state.remove(node) > 0) break;
      }
      next++;
      losses[step][run] = state.count;
    }
    state.rollback(0);
  }
  for (const values of losses) values.sort();
  return {
    runs,
    seed,
    mean: losses.map((values) => values.reduce((a, b) => a + b, 0) / runs),
    low: losses.map((values) => percentile(values, 0.025)),
    high: losses.map((values) => percentile(values, 0.975)),
  };
}

function percentile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at - Math.floor(at));
}
