import { blastRadius } from "./blast_radius.ts";
import { GainHeap } from "./gain_heap.ts";
import type { BothWays } from "../neighbourhood.ts";
import { type ReadingOptions, type RemovalReading, RemovalState } from "./removal_state.ts";

/** Options of {@link adversarialSequence}. */
export interface AdversarialOptions extends ReadingOptions {
  /**
   * How many nodes are removed.
   * @default 20
   */
  k?: number;
}

/** One removal of a sequence. */
export interface SequenceStep {
  /** The removed node. */
  node: number;
  /** How many nodes go with it that were still there, itself included. */
  gain: number;
  /** How many are gone in all by then. */
  lost: number;
}

/** How near a greedy sequence comes to the worst that as many removals can do. */
export interface GreedyGuarantee {
  /** No k removals cost more nodes than this. */
  bound: number;
  /** What greedy choice reaches of the worst at least, whatever the graph: 1 - (1 - 1/k)^k, which is more than 1 - 1/e. */
  known: number;
  /** What this sequence reaches of `bound`. */
  measured: number;
  /** The larger of the two: the sequence costs at least this share of what the worst one does. */
  share: number;
}

/** The removals that hurt most, one after the other. */
export interface AdversarialSequence {
  /** When a node counts as lost. */
  reading: RemovalReading;
  /** Nodes of the graph. */
  nodes: number;
  /** The removals in their order; fewer than k when nothing is left. */
  steps: SequenceStep[];
  /** How good the choice is; null for `any` and `kinds`, for which nothing is known. */
  guarantee: GreedyGuarantee | null;
}

/**
 * Which k removals hurt most: each time the node is removed whose loss takes most with it, ties by number.
 *
 * Under `all` the nodes that are gone are the union of what lies downstream of the removed ones, a coverage function, which is monotone and
 * submodular; so the sequence reaches at least 1 - (1 - 1/k)^k > 1 - 1/e of what the best k removals do (Nemhauser, Wolsey and Fisher 1978),
 * and gains are only counted again where they can matter (lazy greedy, Minoux 1978; CELF, Leskovec et al. 2007). Since gains only
 * fall, the loss so far and the k largest gains together bound what any k removals can do; the smallest of these sums over the
 * sequence is `bound`. Under `any` and `kinds` two removals can do more than the sum of each, the function is not submodular, and there
 * is no guarantee; every gain is then counted at every step.
 *
 * @throws {RangeError} when `k` is not a whole number of at least 1, there is no such reading, or `kinds` lacks its types
 *
 * @example
 * ```ts
 * import { adversarialSequence, buildCsr } from "kindred";
 * // 0 -> 1, 2
 * const [from, to] = [Uint32Array.of(0), Uint32Array.of(1)];
 * const graph = { children: buildCsr(3, from, to), parents: buildCsr(3, to, from) };
 * adversarialSequence(graph, { k: 1 }).steps; // [{ node: 0, gain: 2, lost: 2 }]
 * ```
 */
export function adversarialSequence(
  graph: BothWays,
  { k = 20, reading = "all", types }: AdversarialOptions = {},
): AdversarialSequence {
  if (!(Number.isSafeInteger(k) && k >= 1)) {
    throw new RangeError(
      `Cannot choose removals: k is ${k}, expected a whole number of at least 1`,
    );
  }
  const state = new RemovalState(graph, { reading, types });
  const nodes = state.lost.length;
  if (reading !== "all") {
    return { reading, nodes, steps: plainGreedy(state, k), guarantee: null };
  }
  const gains = blastRadius(graph.children);
  for (let u = 0; u < nodes; u++) gains[u]++;
  const { steps, bound } = lazyGreedy(state, { k, gains });
  const known = 1 - (1 - 1 / k) ** k;
  const measured = bound === 0 ? 1 : state.count / bound;
  return {
    reading,
    nodes,
    steps,
    guarantee: { bound, known, measured, share: Math.max(known, measured) },
  };
}

/** What a node would take with it now. */
function gainOf(state: RemovalState, node: number): number {
  const before = state.count;
  const gain = state.remove(node);
  state.rollback(before);
  return gain;
}

function lazyGreedy(
  state: RemovalState,
  { k, gains }: { k: number; gains: Uint32Array },
): { steps: SequenceStep[]; bound: number } {
  const heap = new GainHeap(gains);
  // The step in which each gain was counted.
  const counted = new Uint32Array(gains.length);
  const steps: SequenceStep[] = [];
  let bound = gains.length;
  for (let step = 0; step <= k; step++) {
    const largest: number[] = [];
    let sum = state.count;
    while (largest.length < k && heap.size > 0) {
      const node = heap.first;
      if (state.lost[node] === 1) heap.pop();
      else if (counted[node] === step) {
        sum += gains[node];
        largest.push(heap.pop());
      } else {
        counted[node] = step;
        heap.lower(gainOf(state, node));
      }
    }
    bound = Math.min(bound, sum);
    if (largest.length === 0 || step === k) break;
    const [node, ...others] = largest;
    others.forEach((other) => heap.push(other));
    steps.push({ node, gain: state.remove(node), lost: state.count });
  }
  return { steps, bound };
}

function plainGreedy(state: RemovalState, k: number): SequenceStep[] {
  const steps: SequenceStep[] = [];
  while (steps.length < k && state.count < state.lost.length) {
    let node = 0;
    let most = 0;
    for (let u = 0; u < state.lost.length; u++) {
      if (state.lost[u] === 1) continue;
      const gain = gainOf(state, u);
      if (gain > most) [node, most] = [u, gain];
    }
    steps.push({ node, gain: state.remove(node), lost: state.count });
  }
  return steps;
}
