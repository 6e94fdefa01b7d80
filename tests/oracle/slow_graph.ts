/** A graph as a test gives it: nodes 0 to nodes - 1, edges as pairs. */
export interface PlainGraph {
  nodes: number;
  edges: [from: number, to: number][];
}

/** Which nodes each node reaches, itself included, by repeating until nothing is added (Warshall 1962). */
export function slowReach({ nodes, edges }: PlainGraph): boolean[][] {
  const table = Array.from(
    { length: nodes },
    (_, u) => Array.from({ length: nodes }, (_, v) => u === v),
  );
  for (const [u, v] of edges) table[u][v] = true;
  for (let k = 0; k < nodes; k++) {
    for (let u = 0; u < nodes; u++) {
      for (let v = 0; v < nodes; v++) table[u][v] ||= table[u][k] && table[k][v];
    }
  }
  return table;
}

/** The longest path by trying all, null when there is a cycle. */
export function slowLongest({ nodes, edges }: PlainGraph): number | null {
  let longest = 0;
  function walk(u: number, length: number): boolean {
    if (length > nodes) return false;
    longest = Math.max(longest, length);
    return edges.every(([a, b]) => a !== u || walk(b, length + 1));
  }
  for (let u = 0; u < nodes; u++) if (!walk(u, 0)) return null;
  return longest;
}
