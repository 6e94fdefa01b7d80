import { buildCsr, type Csr } from "../../core/csr.ts";

/** Most parents of a node that are compared with each other in search of needless edges. */
const mostCompared = 8;

/** Stands for no node. */
export const noNode = 0xffffffff;

/** A forest inside an acyclic graph. */
export interface Hanging {
  /** The node that each node hangs from; {@link noNode} for roots. */
  up: Uint32Array;
  /** 1 for roots that have several parents. */
  shared: Uint8Array;
  /** For each edge, by its position in the given adjacency, 1 when it says something that no other edge says. */
  needed: Uint8Array;
}

/**
 * Hangs every node from its parent when it has only one. Repeated edges do not count, nor do edges from a node that is above another of
 * the parents in the forest: what they say follows from the others.
 *
 * @param graph Every edge must lead to a lower number.
 */
export function hang({ offsets, targets }: Csr): Hanging {
  const nodes = offsets.length - 1;
  const from = new Uint32Array(targets.length);
  for (let u = 0; u < nodes; u++) from.fill(u, offsets[u], offsets[u + 1]);
  const incoming = buildCsr(nodes, targets, from);
  const up = new Uint32Array(nodes).fill(noNode);
  const depth = new Uint32Array(nodes);
  // A second, longer way up, so that a node's ancestor of any depth is found in logarithmic time (Myers 1983).
  const jump = new Uint32Array(nodes);
  const shared = new Uint8Array(nodes);
  const needed = new Uint8Array(targets.length).fill(1);
  const isAbove = (a: number, b: number) => {
    while (depth[b] > depth[a]) b = depth[jump[b]] >= depth[a] ? jump[b] : up[b];
    return a === b;
  };
  for (let v = nodes - 1; v >= 0; v--) {
    const start = incoming.offsets[v];
    const end = incoming.offsets[v + 1];
    let distinct = 0;
    let parent = noNode;
    for (let i = start; i < end; i++) {
      // Ascending, since the edges were sorted by their source.
      if (i > start && incoming.targets[i] === incoming.targets[i - 1]) {
        needed[incoming.edges[i]] = 0;
        continue;
      }
      distinct++;
      parent = incoming.targets[i];
    }
    if (distinct > 1 && end - start <= mostCompared) {
      let left = 0;
      for (let i = start; i < end; i++) {
        if (needed[incoming.edges[i]] === 0) continue;
        const a = incoming.targets[i];
        let needless = false;
        for (let j = start; j < end && !needless; j++) {
          const b = incoming.targets[j];
          needless = a !== b && isAbove(a, b);
        }
        if (needless) needed[incoming.edges[i]] = 0;
        else {
          left++;
          parent = a;
        }
      }
      distinct = left;
    }
    jump[v] = v;
    if (distinct > 1) shared[v] = 1;
    if (distinct !== 1) continue;
    up[v] = parent;
    depth[v] = depth[parent] + 1;
    const far = jump[parent];
    jump[v] = depth[parent] - depth[far] === depth[far] - depth[jump[far]] ? jump[far] : parent;
  }
  return { up, shared, needed };
}
