import { buildCsr } from "../core/csr.ts";
import type { LineageView } from "./lineage.ts";

/** The nodes below one root, in the order of their generations; the arrays are used again for the next root. */
export interface RootLineages {
  /** A node without a parent in the view and with a child. */
  root: number;
  /** Weak component of the root, as given. */
  component: number;
  /** How many nodes are below it: entries of the arrays that count. */
  length: number;
  /** The nodes, each once. */
  nodes: Uint32Array;
  /** Number of steps of the shortest path from the root to each of them, from 1. */
  generations: Uint32Array;
  /** Relation of the last step; where several shortest paths end in several relations, the one with the highest code. */
  lastRelations: Uint8Array;
}

/** What the walk over all roots found. */
export interface RootCounts {
  /** Roots, nodes without a parent in the view and with a child. */
  roots: number;
  /** Nodes with a parent that no root reaches: they descend from a cycle only. */
  rootless: number;
}

/**
 * Visits every lineage of a view, root by root: a lineage is a root and a node below it, once each, its length that of the shortest
 * path. Breadth-first search from each root; roots of the same component follow each other. Time is proportional to the number of
 * lineages and of the edges below each root, memory to the number of nodes.
 *
 * @param component Component of each node, for the order of the roots.
 */
export function eachRoot(
  view: LineageView,
  component: Uint32Array,
  visit: (lineages: RootLineages) => void,
): RootCounts {
  const { lineage } = view;
  const { offsets } = lineage.children;
  const hasParent = new Uint8Array(lineage.nodes);
  const hasChild = new Uint8Array(lineage.nodes);
  for (let e = 0; e < lineage.edges; e++) {
    if (!view.has(e)) continue;
    hasParent[lineage.child[e]] = 1;
    hasChild[lineage.parent[e]] = 1;
  }
  const found: number[] = [];
  for (let u = 0; u < lineage.nodes; u++) {
    if (hasParent[u] === 0 && hasChild[u] === 1) found.push(u);
  }
  const roots = Uint32Array.from(found);
  const { targets: ordered } = buildCsr(
    lineage.nodes,
    Uint32Array.from(roots, (root) => component[root]),
    roots,
  );
  const nodes = new Uint32Array(lineage.nodes);
  const generations = new Uint32Array(lineage.nodes);
  const lastRelations = new Uint8Array(lineage.nodes);
  // Place of a node in the arrays of the current root, counted over all roots so that nothing need be cleared.
  const place = new Float64Array(lineage.nodes).fill(-1);
  const lineages: RootLineages = {
    root: 0,
    component: 0,
    length: 0,
    nodes,
    generations,
    lastRelations,
  };
  let before = 0;
  for (const root of ordered) {
    let length = 0;
    for (let head = -1; head < length; head++) {
      const u = head < 0 ? root : nodes[head];
      const generation = head < 0 ? 1 : generations[head] + 1;
      for (let e = offsets[u]; e < offsets[u + 1]; e++) {
        if (!view.has(e)) continue;
        const v = lineage.child[e];
        const relation = lineage.relation[e];
        if (place[v] < before) {
          nodes[length] = v;
          generations[length] = generation;
          lastRelations[length] = relation;
          place[v] = before + length++;
          continue;
        }
        const at = place[v] - before;
        if (generations[at] === generation && relation > lastRelations[at]) {
          lastRelations[at] = relation;
        }
      }
    }
    lineages.root = root;
    lineages.component = component[root];
    lineages.length = length;
    visit(lineages);
    before += length;
  }
  let rootless = 0;
  for (let u = 0; u < lineage.nodes; u++) if (hasParent[u] === 1 && place[u] < 0) rootless++;
  return { roots: roots.length, rootless };
}
