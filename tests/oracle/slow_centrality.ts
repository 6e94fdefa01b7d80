/** Edges of a directed graph without self-loops or repeats, as pairs. */
export type Edges = readonly (readonly [number, number])[];

/** Stationary share of each node in the walk that follows an edge with probability 0.85 and jumps anywhere else: linear equations. */
export function slowPageRank(n: number, edges: Edges): number[] {
  const out = Array.from({ length: n }, (_, u) => edges.filter(([from]) => from === u));
  // x = 0.85 M x + 0.15 / n, solved by Gauss and Jordan with pivots.
  const rows = Array.from({ length: n }, (_, to) => [
    ...Array.from({ length: n }, (_, from) => {
      const step = out[from].length === 0
        ? 1 / n
        : out[from].filter(([, v]) => v === to).length / out[from].length;
      return (from === to ? 1 : 0) - 0.85 * step;
    }),
    0.15 / n,
  ]);
  for (let i = 0; i < n; i++) {
    const pivot = rows.slice(i).reduce(
      (best, row, k) => Math.abs(row[i]) > Math.abs(rows[best][i]) ? i + k : best,
      i,
    );
    [rows[i], rows[pivot]] = [rows[pivot], rows[i]];
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const factor = rows[k][i] / rows[i][i];
      rows[k] = rows[k].map((value, j) => value - factor * rows[i][j]);
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

/** For each node the sum over pairs of others of the share of their shortest paths that pass through it, path by path. */
export function slowBetweenness(n: number, edges: Edges): number[] {
  const sums = Array<number>(n).fill(0);
  for (let from = 0; from < n; from++) {
    for (let to = 0; to < n; to++) {
      if (from === to) continue;
      let paths = [[from]];
      let found: number[][] = [];
      while (paths.length > 0 && found.length === 0) {
        paths = paths.flatMap((path) =>
          edges.filter(([u, v]) => u === path.at(-1) && !path.includes(v)).map(([, v]) => [
            ...path,
            v,
          ])
        );
        found = paths.filter((path) => path.at(-1) === to);
      }
      for (const path of found) for (const v of path.slice(1, -1)) sums[v] += 1 / found.length;
    }
  }
  return sums;
}

/** Whether x is, up to its scale, what one more step of HITS makes of it: authorities = A' A authorities. */
export function isAuthority(x: readonly number[], edges: Edges): boolean {
  const hubs = x.map(() => 0);
  for (const [u, v] of edges) hubs[u] += x[v];
  const next = x.map(() => 0);
  for (const [u, v] of edges) next[v] += hubs[u];
  const sum = next.reduce((a, b) => a + b, 0);
  const total = x.reduce((a, b) => a + b, 0);
  return x.every((value, i) => Math.abs(value / total - next[i] / sum) < 1e-6);
}
