import { stepsFrom } from "../../graph/steps_from.ts";
import { type BothWays, type Direction, neighbourhood } from "../../graph/neighbourhood.ts";

/** What {@link nearest} found. */
export interface Nearest {
  /** The nodes that are kept, nearest first, then those with most edges. */
  nodes: number[];
  /** Edges on the shortest way from the start to each of them. */
  steps: number[];
  /** How many more lie within so many steps. */
  left: number;
}

/** The nodes nearest to a start, at most `most` of them; of those equally near the ones with most edges, then the first. */
export function nearest(
  graph: BothWays,
  start: number,
  { steps, direction, most }: { steps: number; direction: Direction; most: number },
): Nearest {
  const found = neighbourhood(graph, [start], { hops: steps, direction });
  const ways = [
    ...direction === "up" ? [] : [graph.children],
    ...direction === "down" ? [] : [graph.parents],
  ];
  const far = stepsFrom(ways, [start]);
  const degree = (u: number) =>
    [graph.children, graph.parents].reduce(
      (sum, { offsets }) => sum + offsets[u + 1] - offsets[u],
      0,
    );
  const sorted = [...found].sort((a, b) => far[a] - far[b] || degree(b) - degree(a) || a - b);
  const nodes = sorted.slice(0, most);
  return { nodes, steps: nodes.map((u) => far[u]), left: sorted.length - nodes.length };
}
