import { type ClosedPatterns, closedPatterns } from "./closed_patterns.ts";
import type { BothWays } from "../neighbourhood.ts";
import { inward, outward, type SimpleNeighbours, simpleNeighbours } from "./simple_neighbours.ts";

/** How often each small pattern occurs in a directed graph. */
export interface PatternCounts extends ClosedPatterns {
  /** One node that feeds `leaves` others: sets of that many of its children, over all nodes. */
  broadcast: number;
  /** One node fed by `leaves` others: sets of that many of its parents, over all nodes. */
  funnel: number;
  /** a -> b -> c. */
  chain: number;
  /** Nodes with at least `leaves` children. */
  broadcasters: number;
  /** Nodes with at least `leaves` parents. */
  funnellers: number;
}

/** Options of {@link countPatterns}. */
export interface CountPatternsOptions {
  /** Leaves of a broadcast and of a funnel. @default 3 */
  leaves?: number;
}

/**
 * Counts the small patterns of a directed graph (Milo et al. 2002): broadcast, funnel, chain, feed-forward triangle and diamond. The
 * nodes of an instance are distinct; other edges between them do not matter (sub-graphs, not induced ones), so that a broadcast to
 * three of which one feeds another counts. Repeated edges count once, self-loops not at all. Exact up to 2^53;
 * O(arboricity edges + nodes) time.
 *
 * @throws {RangeError} when `leaves` is not a whole number of at least 1
 *
 * @example
 * ```ts
 * import { buildCsr, countPatterns } from "kindred";
 * // 0 -> 1 -> 3 and 0 -> 2 -> 3
 * const [from, to] = [Uint32Array.of(0, 0, 1, 2), Uint32Array.of(1, 2, 3, 3)];
 * const graph = { children: buildCsr(4, from, to), parents: buildCsr(4, to, from) };
 * countPatterns(graph).diamond; // 1
 * ```
 */
export function countPatterns(
  graph: BothWays,
  { leaves = 3 }: CountPatternsOptions = {},
): PatternCounts {
  if (!(Number.isInteger(leaves) && leaves >= 1)) {
    throw new RangeError(
      `Cannot count patterns with ${leaves} leaves: expected a whole number of at least 1`,
    );
  }
  return patternsAmong(simpleNeighbours(graph), leaves);
}

/** As {@link countPatterns}, from neighbours that are already there. */
export function patternsAmong(neighbours: SimpleNeighbours, leaves: number): PatternCounts {
  const { offsets, ways } = neighbours;
  let [broadcast, funnel, chain, broadcasters, funnellers] = [0, 0, 0, 0, 0];
  for (let u = 0; u + 1 < offsets.length; u++) {
    let [out, into, both] = [0, 0, 0];
    for (let i = offsets[u]; i < offsets[u + 1]; i++) {
      if ((ways[i] & outward) !== 0) out++;
      if ((ways[i] & inward) !== 0) into++;
      if (ways[i] === (outward | inward)) both++;
    }
    if (out >= leaves) broadcasters++;
    if (into >= leaves) funnellers++;
    broadcast += subsets(out, leaves);
    funnel += subsets(into, leaves);
    chain += into * out - both;
  }
  return { broadcast, funnel, chain, broadcasters, funnellers, ...closedPatterns(neighbours) };
}

/** Number of sets of k among n things. */
export function subsets(n: number, k: number): number {
  let sets = 1;
  for (let i = 0; i < k; i++) sets = sets * (n - i) / (i + 1);
  return n < k ? 0 : sets;
}
