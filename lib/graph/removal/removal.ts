import type { BothWays } from "../neighbourhood.ts";
import { type ReadingOptions, type RemovalReading, RemovalState } from "./removal_state.ts";

/** What is lost with some nodes. */
export interface Removal {
  /** When a node counts as lost. */
  reading: RemovalReading;
  /** The removed nodes, each once, ascending. */
  seeds: Uint32Array;
  /** The other nodes that are lost, by step, ascending within a step. */
  lost: Uint32Array;
  /**
   * Step of each of them, from 1: under `all` the number of edges of the shortest path from a removed node, under the others the
   * round in which it has lost what it needs.
   */
  steps: Uint32Array;
  /** How many are lost in each step; entry 0 is step 1. */
  byStep: number[];
  /** Nodes that remain though they lose at least one dependency, ascending; none under `all`. */
  affected: Uint32Array;
}

/**
 * What is lost when some nodes disappear, step by step, and what is only affected. The losses are the least set that the reading asks for:
 * see {@link RemovalReading} for the readings; a cycle without a removed node keeps itself alive under `any`, and a self-loop is
 * no dependency. Works on any graph both ways, such as a `Lineage`. O(nodes + edges).
 *
 * @param seeds The nodes that disappear.
 * @throws {RangeError} when a seed is no node, there is no such reading, or `kinds` lacks its types
 *
 * @example
 * ```ts
 * import { buildCsr, removal } from "kindred";
 * // 0 -> 2, 1 -> 2, 2 -> 3
 * const [from, to] = [Uint32Array.of(0, 1, 2), Uint32Array.of(2, 2, 3)];
 * const graph = { children: buildCsr(4, from, to), parents: buildCsr(4, to, from) };
 * removal(graph, [0]).byStep; // [1, 1]
 * removal(graph, [0], { reading: "any" }).affected; // Uint32Array [2]
 * ```
 */
export function removal(
  graph: BothWays,
  seeds: Iterable<number>,
  { reading = "all", types }: ReadingOptions = {},
): Removal {
  const { offsets, targets } = graph.children;
  const nodes = offsets.length - 1;
  const state = new RemovalState(graph, { reading, types });
  for (const seed of seeds) {
    if (!(Number.isInteger(seed) && seed >= 0 && seed < nodes)) {
      throw new RangeError(
        `Cannot remove node ${seed}: the graph has ${nodes} nodes, counted from 0`,
      );
    }
    state.take(seed);
  }
  const first = state.count;
  const byStep: number[] = [];
  for (let from = 0; from < state.count;) {
    const to = state.count;
    state.spread(from, to);
    from = to;
    if (state.count > to) byStep.push(state.count - to);
  }
  const lost = state.order.slice(first, state.count);
  const steps = new Uint32Array(lost.length);
  let at = 0;
  byStep.forEach((size, i) => {
    lost.subarray(at, at + size).sort();
    steps.fill(i + 1, at, at += size);
  });
  const affected: number[] = [];
  const met = new Uint8Array(nodes);
  for (let i = 0; i < state.count; i++) {
    const u = state.order[i];
    for (let k = offsets[u]; k < offsets[u + 1]; k++) {
      const v = targets[k];
      if (state.lost[v] === 1 || met[v] === 1) continue;
      met[v] = 1;
      affected.push(v);
    }
  }
  return {
    reading,
    seeds: state.order.slice(0, first).sort(),
    lost,
    steps,
    byStep,
    affected: Uint32Array.from(affected).sort(),
  };
}
