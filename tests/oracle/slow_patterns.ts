import type { PlainGraph } from "./slow_graph.ts";

/** What the nodes of a pattern are and which of them an edge joins. */
interface Shape {
  size: number;
  edges: readonly (readonly [number, number])[];
  /** Ways to number the nodes of one instance. */
  symmetries: number;
}

/** The patterns by their definitions. */
export const shapes = {
  broadcast: { size: 4, edges: [[0, 1], [0, 2], [0, 3]], symmetries: 6 },
  funnel: { size: 4, edges: [[1, 0], [2, 0], [3, 0]], symmetries: 6 },
  chain: { size: 3, edges: [[0, 1], [1, 2]], symmetries: 1 },
  triangle: { size: 3, edges: [[0, 1], [1, 2], [0, 2]], symmetries: 1 },
  diamond: { size: 4, edges: [[0, 1], [0, 2], [1, 3], [2, 3]], symmetries: 2 },
} as const satisfies Record<string, Shape>;

/**
 * All ways to lay a pattern over distinct nodes of a graph, by trying all of them; `counts` may refuse some.
 */
export function slowInstances(
  { nodes, edges }: PlainGraph,
  shape: Shape,
  counts: (nodes: readonly number[]) => boolean = () => true,
): number[][] {
  const joined = new Set(edges.map(([u, v]) => u * nodes + v));
  const found: number[][] = [];
  const place = (laid: number[]) => {
    if (laid.length === shape.size) {
      if (
        shape.edges.every(([a, b]) => joined.has(laid[a] * nodes + laid[b])) && counts(laid)
      ) found.push(laid);
      return;
    }
    for (let u = 0; u < nodes; u++) if (!laid.includes(u)) place([...laid, u]);
  };
  place([]);
  return found;
}

/** Number of instances of a pattern. */
export function slowCount(graph: PlainGraph, shape: Shape): number {
  return slowInstances(graph, shape).length / shape.symmetries;
}

/** All directed graphs without self-loops whose nodes have the degrees of a given one, each as its sorted edges `u>v`. */
export function slowSameDegrees({ nodes, edges }: PlainGraph): string[] {
  const pairs = Array.from({ length: nodes * nodes }, (_, i) => [Math.floor(i / nodes), i % nodes])
    .filter(([u, v]) => u !== v);
  const degrees = (list: readonly (readonly number[])[]) => {
    const counts = new Array(2 * nodes).fill(0);
    for (const [u, v] of list) {
      counts[2 * u]++;
      counts[2 * v + 1]++;
    }
    return counts.join();
  };
  const wanted = degrees(edges);
  const found: string[] = [];
  const choose = (at: number, chosen: number[][]) => {
    if (chosen.length === edges.length) {
      if (degrees(chosen) === wanted) found.push(graphKey(chosen));
      return;
    }
    if (at === pairs.length) return;
    choose(at + 1, [...chosen, pairs[at]]);
    choose(at + 1, chosen);
  };
  choose(0, []);
  return found;
}

/** The edges of a graph, sorted: equal for equal graphs. */
export function graphKey(edges: readonly (readonly number[])[]): string {
  return edges.map(([u, v]) => `${u}>${v}`).sort().join(" ");
}
