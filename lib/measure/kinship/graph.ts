import type { LineageView } from "../../graph/lineage.ts";

/**
 * The edges of one view of a lineage in both directions, as plain arrays that threads may share: the children of node u are
 * `children[childOffsets[u] .. childOffsets[u + 1]]`, its parents `parents[parentOffsets[u] .. parentOffsets[u + 1]]`.
 */
export interface KinshipGraph {
  /** Number of nodes. */
  readonly nodes: number;
  /** nodes + 1 entries. */
  readonly childOffsets: Uint32Array;
  /** Children of each node, ascending. */
  readonly children: Uint32Array;
  /** nodes + 1 entries. */
  readonly parentOffsets: Uint32Array;
  /** Parents of each node, ascending. */
  readonly parents: Uint32Array;
}

/** The arrays of a view, 8 bytes a node and 8 an edge, in memory that threads may share. */
export function kinshipGraph(view: LineageView): KinshipGraph {
  const { lineage } = view;
  const { nodes } = lineage;
  const childOffsets = shared(nodes + 1);
  const children = shared(view.edges);
  const parentOffsets = shared(nodes + 1);
  const parents = shared(view.edges);
  for (let e = 0, at = 0; e < lineage.edges; e++) {
    if (!view.has(e)) continue;
    // The edges of a lineage are sorted by parent and child.
    children[at++] = lineage.child[e];
    childOffsets[lineage.parent[e] + 1]++;
    parentOffsets[lineage.child[e] + 1]++;
  }
  for (let u = 0; u < nodes; u++) {
    childOffsets[u + 1] += childOffsets[u];
    parentOffsets[u + 1] += parentOffsets[u];
  }
  const next = parentOffsets.slice(0, nodes);
  for (let e = 0; e < lineage.edges; e++) {
    if (view.has(e)) parents[next[lineage.child[e]]++] = lineage.parent[e];
  }
  return { nodes, childOffsets, children, parentOffsets, parents };
}

function shared(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(4 * length));
}

/**
 * Cuts the nodes of a graph into `parts` ranges with about as many edges each, for as many threads.
 *
 * @returns parts + 1 ascending bounds, the first 0 and the last the number of nodes
 */
export function splitParents(
  { nodes, childOffsets, children }: KinshipGraph,
  { parts }: { parts: number },
): number[] {
  const bounds = [0];
  for (let u = 0; u < nodes && bounds.length < parts; u++) {
    if (childOffsets[u] * parts >= bounds.length * children.length && u > 0) bounds.push(u);
  }
  while (bounds.length <= parts) bounds.push(nodes);
  return bounds;
}
