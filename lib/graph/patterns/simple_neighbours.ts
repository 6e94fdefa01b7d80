import type { BothWays } from "../neighbourhood.ts";

/** Bit of {@link SimpleNeighbours.ways}: an edge leads to the neighbour. */
export const outward = 1;
/** Bit of {@link SimpleNeighbours.ways}: an edge comes from the neighbour. */
export const inward = 2;

/** The neighbours of each node, each once, without the node itself: those of node u are at offsets[u] .. offsets[u + 1]. */
export interface SimpleNeighbours {
  /** nodes + 1 entries. */
  readonly offsets: Uint32Array;
  /** Neighbours. */
  readonly targets: Uint32Array;
  /** Which ways the edges between the two lead: {@link outward}, {@link inward} or both bits. */
  readonly ways: Uint8Array;
}

/** Unites the edges of both directions; repeated edges count once, self-loops not at all. O(nodes + edges). */
export function simpleNeighbours({ children, parents }: BothWays): SimpleNeighbours {
  const nodes = children.offsets.length - 1;
  const offsets = new Uint32Array(nodes + 1);
  const targets = new Uint32Array(children.targets.length + parents.targets.length);
  const ways = new Uint8Array(targets.length);
  // One more than the place of a node among the neighbours of the current one; stale where it lies before their beginning.
  const place = new Uint32Array(nodes);
  let end = 0;
  for (let u = 0; u < nodes; u++) {
    const begin = end;
    for (let way = outward; way <= inward; way++) {
      const csr = way === outward ? children : parents;
      for (let i = csr.offsets[u]; i < csr.offsets[u + 1]; i++) {
        const v = csr.targets[i];
        if (v === u) continue;
        if (place[v] <= begin) {
          targets[end] = v;
          place[v] = ++end;
        }
        ways[place[v] - 1] |= way;
      }
    }
    offsets[u + 1] = end;
  }
  return { offsets, targets: targets.subarray(0, end), ways: ways.subarray(0, end) };
}
