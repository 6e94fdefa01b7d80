import { type Lineage, relations } from "../../lib/graph/lineage.ts";
import type { EdgeColumns } from "../../lib/measure/family_interval.ts";

/** Sums of the families whose edges count, [numerator, denominator], in the order of their first such edge: labels spread until none changes. */
export function slowFamilySums(
  lineage: Lineage,
  { numerator, denominator }: EdgeColumns,
): [number, number][] {
  const merge = relations.indexOf("merge");
  const label = Array.from({ length: lineage.nodes }, (_, u) => u);
  for (let changed = true; changed;) {
    changed = false;
    for (let e = 0; e < lineage.edges; e++) {
      const [u, v] = [lineage.parent[e], lineage.child[e]];
      if (lineage.relation[e] === merge || label[u] === label[v]) continue;
      label[u] = label[v] = Math.min(label[u], label[v]);
      changed = true;
    }
  }
  const sums = new Map<number, [number, number]>();
  for (let e = 0; e < lineage.edges; e++) {
    if (denominator[e] === 0) continue;
    const [above, below] = sums.get(label[lineage.parent[e]]) ?? [0, 0];
    sums.set(label[lineage.parent[e]], [above + numerator[e], below + denominator[e]]);
  }
  return [...sums.values()];
}
