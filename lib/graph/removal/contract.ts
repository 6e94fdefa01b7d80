import { buildCsr, type Csr } from "../../core/csr.ts";
import { grown } from "../../core/grow.ts";
import { hang, noNode } from "./hang.ts";

/** An acyclic graph cut into trees. */
export interface Contraction {
  /** For each node the sum of the weights of its subtree. */
  sums: Float64Array;
  /** For each node the node of `sets` whose reach makes up the rest of what it reaches; -1 where there is no rest. */
  set: Int32Array;
  /** The smaller graph: roots with several parents, and unions of their sets; edges lead to lower numbers. */
  sets: { graph: Csr; weights: Float64Array };
}

/**
 * Cuts an acyclic graph into trees: a node hangs from its parent when it has only one, not counting those that are above another of
 * its parents in the same tree. The reach of a node is its subtree together with the reach of one node of the graph `sets`.
 * O(edges x log nodes).
 *
 * @param graph Every edge must lead to a lower number; repeated edges are allowed.
 */
export function contract(graph: Csr, weights: Float64Array): Contraction {
  const { offsets, targets } = graph;
  const nodes = weights.length;
  const { up, shared, needed } = hang(graph);
  const sums = weights.slice();
  for (let u = 0; u < nodes; u++) if (up[u] !== noNode) sums[up[u]] += sums[u];

  const set = new Int32Array(nodes).fill(-1);
  // Sets are numbered in the order of their making, parts before wholes: edges lead to lower numbers here too.
  const closed = new Int32Array(nodes).fill(-1);
  let setWeights = new Float64Array(0);
  let from = new Uint32Array(0);
  let to = new Uint32Array(0);
  let count = 0;
  let edges = 0;
  const parts: number[] = [];
  // The node that last met a set, to have each part once.
  let metBy = new Uint32Array(0);
  for (let u = 0; u < nodes; u++) {
    parts.length = 0;
    for (let i = offsets[u]; i < offsets[u + 1]; i++) {
      if (needed[i] === 0) continue;
      const v = targets[i];
      const part = shared[v] === 1 ? closed[v] : set[v];
      if (part < 0 || metBy[part] === u + 1) continue;
      metBy[part] = u + 1;
      parts.push(part);
    }
    if (parts.length > 1 || shared[u] === 1) {
      setWeights = grown(setWeights, count + 2);
      metBy = grown(metBy, count + 2);
      from = grown(from, edges + parts.length + 1);
      to = grown(to, edges + parts.length + 1);
    }
    if (parts.length === 1) set[u] = parts[0];
    else if (parts.length > 1) {
      for (const part of parts) {
        from[edges] = count;
        to[edges++] = part;
      }
      set[u] = count++;
    }
    if (shared[u] === 1) {
      if (set[u] >= 0) {
        from[edges] = count;
        to[edges++] = set[u];
      }
      setWeights[count] = sums[u];
      closed[u] = count++;
    }
  }
  return {
    sums,
    set,
    sets: {
      graph: buildCsr(count, from.subarray(0, edges), to.subarray(0, edges)),
      weights: setWeights.slice(0, count),
    },
  };
}
