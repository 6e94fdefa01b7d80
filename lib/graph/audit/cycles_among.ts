import type { Csr } from "../../core/csr.ts";

/** Largest group of nodes whose cycles are all looked for. */
const largestGroup = 12;

/** Most cycles that are returned. */
const mostCycles = 10;

/**
 * Cycles among the nodes of a strongly connected component, the longest first; each begins and ends with its lowest node, and
 * visits no other twice. Of a group of more than twelve nodes only the shortest through its lowest node, of smaller groups at most
 * ten. Self-loops are none.
 *
 * @param nodes All nodes of the component, ascending.
 */
export function cyclesAmong(nodes: readonly number[], csr: Csr): number[][] {
  const members = new Set(nodes);
  const nextOf = (node: number) =>
    [...csr.targets.subarray(csr.offsets[node], csr.offsets[node + 1])]
      .filter((next) => next !== node && members.has(next));
  if (nodes.length > largestGroup) return [shortestCycle(nodes[0], nextOf)];
  const cycles: number[][] = [];
  const path: number[] = [];
  function visit(node: number): void {
    path.push(node);
    for (const next of nextOf(node)) {
      if (cycles.length === mostCycles) break;
      if (next === path[0]) cycles.push([...path, next]);
      else if (next > path[0] && !path.includes(next)) visit(next);
    }
    path.pop();
  }
  for (const node of nodes) if (cycles.length < mostCycles) visit(node);
  return cycles.sort((a, b) => b.length - a.length);
}

/** The shortest cycle through a node, by search in breadth. */
function shortestCycle(start: number, nextOf: (node: number) => number[]): number[] {
  const from = new Map<number, number>();
  const queue = [start];
  for (let head = 0; !from.has(start); head++) {
    for (const next of nextOf(queue[head])) {
      if (from.has(next)) continue;
      from.set(next, queue[head]);
      queue.push(next);
    }
  }
  const path = [start];
  do path.push(from.get(path.at(-1)!)!); while (path.at(-1) !== start);
  return path.reverse();
}
