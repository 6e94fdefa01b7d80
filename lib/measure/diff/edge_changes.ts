import type { Lineage } from "../../graph/lineage.ts";
import type { StringJoin } from "../../core/join_strings.ts";

/** Edges of two lineages that only one of them has, or that have another relation. */
export interface EdgeChanges {
  /** Numbers in the later lineage of edges that the earlier has not, ascending. */
  added: Uint32Array;
  /** Numbers in the earlier lineage of edges that the later has not, ascending. */
  removed: Uint32Array;
  /** Numbers in the later lineage of edges of another relation than before, ascending. */
  relationChanged: Uint32Array;
  /** Code of the relation that each of those had. */
  relationBefore: Uint8Array;
  /** Edges in both, of whatever relation. */
  kept: number;
}

/** Compares the edges of two lineages by the ids of their ends. Time O(models + edges). */
export function edgeChanges(
  before: Lineage,
  after: Lineage,
  { afterOf }: StringJoin,
): EdgeChanges {
  // For each child the last edge that was met to it; it counts while that edge's parent is the one looked at.
  const edgeTo = new Int32Array(after.nodes).fill(-1);
  const met = new Uint8Array(after.edges);
  const relationOf = new Uint8Array(after.edges);
  const removed = new Uint32Array(before.edges);
  let [gone, kept, moved] = [0, 0, 0];
  let last = -1;
  for (let e = 0; e < before.edges; e++) {
    const parent = afterOf[before.parent[e]];
    const child = afterOf[before.child[e]];
    if (parent >= 0 && parent !== last) {
      const { offsets, targets } = after.children;
      for (let i = offsets[parent]; i < offsets[parent + 1]; i++) edgeTo[targets[i]] = i;
      last = parent;
    }
    const same = parent < 0 || child < 0 ? -1 : edgeTo[child];
    if (same < 0 || after.parent[same] !== parent) {
      removed[gone++] = e;
      continue;
    }
    kept++;
    met[same] = 1;
    relationOf[same] = before.relation[e];
    if (relationOf[same] !== after.relation[same]) moved++;
  }
  const added = new Uint32Array(after.edges - kept);
  const relationChanged = new Uint32Array(moved);
  for (let e = 0, i = 0, k = 0; e < after.edges; e++) {
    if (met[e] === 0) added[i++] = e;
    else if (relationOf[e] !== after.relation[e]) relationChanged[k++] = e;
  }
  return {
    added,
    removed: removed.slice(0, gone),
    relationChanged,
    relationBefore: Uint8Array.from(relationChanged, (e) => relationOf[e]),
    kept,
  };
}
