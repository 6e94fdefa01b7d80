/** A graph by layers, edges from left to right. */
export interface Layers {
  /** Layer of each node, from 0. */
  layer: number[];
  /** Whether an edge leads from a lower to a higher layer; those of cycles that do not are drawn backwards. */
  forward: boolean[];
}

/**
 * Layers of a graph: sources at the left, every node right of all that it was built from, and as near to what is built on it as that
 * allows. Of a cycle the edge that closes it, when nodes are walked in their order, is left out.
 */
export function layersOf(
  nodes: number,
  edges: readonly { from: number; to: number }[],
): Layers {
  const out: number[][] = Array.from({ length: nodes }, () => []);
  edges.forEach(({ from }, e) => out[from].push(e));
  const { order, forward } = walk(nodes, edges, out);
  const layer = new Array<number>(nodes).fill(0);
  for (const u of order) {
    for (const e of out[u]) {
      if (forward[e]) layer[edges[e].to] = Math.max(layer[edges[e].to], layer[u] + 1);
    }
  }
  const hasSource = new Uint8Array(nodes);
  edges.forEach(({ to }, e) => hasSource[to] |= Number(forward[e]));
  // A source far left of all that was built on it would only lengthen its edges.
  for (let i = nodes - 1; i >= 0; i--) {
    const u = order[i];
    const next = out[u].filter((e) => forward[e]).map((e) => layer[edges[e].to]);
    if (hasSource[u] === 0 && next.length > 0) layer[u] = Math.min(...next) - 1;
  }
  return { layer, forward };
}

/** A topological order without the edges that close a cycle, by depth-first search with a stack of its own. */
function walk(
  nodes: number,
  edges: readonly { from: number; to: number }[],
  out: readonly number[][],
): { order: number[]; forward: boolean[] } {
  const state = new Uint8Array(nodes);
  const forward = edges.map(() => true);
  const next = new Uint32Array(nodes);
  const done: number[] = [];
  for (let start = 0; start < nodes; start++) {
    const stack = state[start] === 0 ? [start] : [];
    state[start] ||= 1;
    while (stack.length > 0) {
      const u = stack[stack.length - 1];
      if (next[u] === out[u].length) {
        state[u] = 2;
        done.push(u);
        stack.pop();
        continue;
      }
      const e = out[u][next[u]++];
      const v = edges[e].to;
      if (state[v] === 1) forward[e] = false;
      else if (state[v] === 0) {
        state[v] = 1;
        stack.push(v);
      }
    }
  }
  return { order: done.reverse(), forward };
}
