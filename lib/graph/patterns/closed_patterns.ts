import { inward, outward, type SimpleNeighbours } from "./simple_neighbours.ts";

/** Numbers of the patterns in which edges close a ring. */
export interface ClosedPatterns {
  /** a -> b -> c and a -> c. */
  triangle: number;
  /** a -> b -> d and a -> c -> d, whether or not other edges join the four. */
  diamond: number;
}

/** Feed-forward triangles among three nodes v, u, w, by 16 times the ways of vu, 4 times those of uw and those of vw. */
const triangles = Uint8Array.from({ length: 64 }, (_, code) => {
  const [vu, uw, vw] = [code >> 4, (code >> 2) & 3, code & 3];
  const choices = [vu, uw, vw].reduce((product, ways) => product * ((ways & 1) + (ways >> 1)), 1);
  // One edge of each pair makes a feed-forward triangle unless it is one of the two rings.
  return choices - (vu & 1) * (uw & 1) * (vw >> 1) - (vu >> 1) * (uw >> 1) * (vw & 1);
});

/**
 * Counts triangles and diamonds from the node of the highest degree of each: paths over a node of lower degree are listed, all
 * others never, which takes O(arboricity edges) time (Chiba and Nishizeki 1985).
 */
export function closedPatterns({ offsets, targets, ways }: SimpleNeighbours): ClosedPatterns {
  const nodes = offsets.length - 1;
  const rank = byDegree(offsets);
  const toCentre = new Uint8Array(nodes);
  // By their far end w: paths v u w by the ways of their edges: v -> u -> w, v <- u <- w, v <- u -> w, v -> u <- w, all of these.
  const kinds = 5;
  const paths = new Uint32Array(kinds * nodes);
  const touched = new Uint32Array(nodes);
  let triangle = 0;
  let diamond = 0;
  for (let v = 0; v < nodes; v++) {
    const [begin, end] = [offsets[v], offsets[v + 1]];
    for (let i = begin; i < end; i++) {
      if (rank[targets[i]] < rank[v]) toCentre[targets[i]] = ways[i];
    }
    let ends = 0;
    for (let i = begin; i < end; i++) {
      const u = targets[i];
      if (rank[u] > rank[v]) continue;
      const x = ways[i];
      for (let j = offsets[u]; j < offsets[u + 1]; j++) {
        const w = targets[j];
        if (rank[w] >= rank[v]) continue;
        const y = ways[j];
        if (toCentre[w] !== 0 && rank[w] < rank[u]) {
          triangle += triangles[(x << 4) | (y << 2) | toCentre[w]];
        }
        const at = kinds * w;
        if (paths[at] + paths[at + 1] + paths[at + 2] + paths[at + 3] === 0) touched[ends++] = w;
        if ((x & outward) !== 0) {
          if ((y & outward) !== 0) paths[at]++;
          if ((y & inward) !== 0) paths[at + 3]++;
        }
        if ((x & inward) !== 0) {
          if ((y & inward) !== 0) paths[at + 1]++;
          if ((y & outward) !== 0) paths[at + 2]++;
        }
        if ((x & y) === (outward | inward)) paths[at + 4]++;
      }
    }
    for (let k = 0; k < ends; k++) {
      const at = kinds * touched[k];
      const [down, up, above, below] = [paths[at], paths[at + 1], paths[at + 2], paths[at + 3]];
      // v begins or ends the diamond, or it is one of the two between, where one node cannot be both above and below.
      diamond += down * (down - 1) / 2 + up * (up - 1) / 2 + above * below - paths[at + 4];
      paths.fill(0, at, at + kinds);
    }
    for (let i = begin; i < end; i++) toCentre[targets[i]] = 0;
  }
  return { triangle, diamond };
}

/** Place of each node in the order of degrees, ties by number. */
function byDegree(offsets: Uint32Array): Uint32Array {
  const nodes = offsets.length - 1;
  let most = 0;
  for (let u = 0; u < nodes; u++) most = Math.max(most, offsets[u + 1] - offsets[u]);
  const next = new Uint32Array(most + 2);
  for (let u = 0; u < nodes; u++) next[offsets[u + 1] - offsets[u] + 1]++;
  for (let d = 0; d <= most; d++) next[d + 1] += next[d];
  const rank = new Uint32Array(nodes);
  for (let u = 0; u < nodes; u++) rank[u] = next[offsets[u + 1] - offsets[u]]++;
  return rank;
}
