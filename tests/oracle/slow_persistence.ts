import type { PlainEdge } from "./random_lineage.ts";

/** A root, a node below it, the length of the shortest path and the highest relation that ends one. */
export interface SlowLineage {
  root: number;
  node: number;
  generation: number;
  relation: number;
}

/** All lineages by trying every path without a repeated node. */
export function slowLineages(nodes: number, edges: readonly PlainEdge[]): SlowLineage[] {
  const found: SlowLineage[] = [];
  for (let root = 0; root < nodes; root++) {
    if (edges.some(([, child]) => child === root)) continue;
    const best = new Map<number, { generation: number; relation: number }>();
    const walk = (path: number[]) => {
      for (const [parent, child, relation = 0] of edges) {
        if (parent !== path.at(-1) || path.includes(child)) continue;
        const before = best.get(child);
        const generation = path.length;
        if (before === undefined || generation < before.generation) {
          best.set(child, { generation, relation });
        } else if (generation === before.generation) {
          before.relation = Math.max(before.relation, relation);
        }
        walk([...path, child]);
      }
    };
    walk([root]);
    for (const [node, reached] of best) found.push({ root, node, ...reached });
  }
  return found;
}

/** What became of the root's values at a node. */
export function slowOutcome(
  root: readonly string[],
  node: readonly string[],
): { outcome: "kept" | "changed" | "lost"; retained: number } {
  const distinct = [...new Set(root)];
  const still = distinct.filter((value) => node.includes(value));
  return {
    outcome: still.length > 0 ? "kept" : node.length > 0 ? "changed" : "lost",
    retained: still.length / distinct.length,
  };
}

/** A column of lists of names. */
export function listsOf(
  column: { offsets: Uint32Array; codes: Uint32Array; values: { at(i: number): string } },
): string[][] {
  return Array.from(
    { length: column.offsets.length - 1 },
    (_, i) =>
      [...column.codes.subarray(column.offsets[i], column.offsets[i + 1])].map((code) =>
        column.values.at(code)
      ),
  );
}
