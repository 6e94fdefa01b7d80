import { byCodeUnits } from "../core/compare.ts";
import { type Relation, relations } from "../graph/lineage.ts";
import type { FamilyTree } from "../measure/family_trees.ts";
import { relationNames, theme } from "./theme.ts";
import { brief } from "./format.ts";
import { fitMiddle, shortId, textWidth } from "./text.ts";

/** One mark of a summarised family: a model with its name, or a bundle of models of one relation. */
export interface FamilyMark {
  /** Id of the model, null of a bundle. */
  id: string | null;
  /** How it was made from the mark above; null of the root. */
  relation: Relation | null;
  /** Models that the mark stands for: the model and its descendants, or all models of the bundle. */
  models: number;
  /** What is written beside it; empty for the root, whose name is the panel's title. */
  label: string;
  /** Radius in pixels. */
  radius: number;
  /** Room in pixels that the mark and everything below it take from left to right. */
  room: number;
  children: FamilyMark[];
}

/** A model while the tree is built: positions in arrays, no object per model. */
interface Tree {
  ids: string[];
  relation: Uint8Array;
  /** Models below and at each position. */
  size: Uint32Array;
  children: Map<number, number[]>;
}

const order = Object.keys(relationNames) as Relation[];
const size = theme.size.small;
const padding = 9;
const longestLabel = 92;

/**
 * Spanning tree of a family by breadth-first search from the root: a model with several parents hangs below the one
 * that is met first.
 */
function spanningTree({ root, edges }: FamilyTree): Tree {
  const below = new Map<string, number[]>();
  edges.forEach(({ parent }, e) => {
    const list = below.get(parent);
    if (list === undefined) below.set(parent, [e]);
    else list.push(e);
  });
  const at = new Map([[root, 0]]);
  const ids = [root];
  const parent = [-1];
  const relation = new Uint8Array(edges.length + 1);
  for (let u = 0; u < ids.length; u++) {
    for (const e of below.get(ids[u]) ?? []) {
      if (at.has(edges[e].child)) continue;
      at.set(edges[e].child, ids.length);
      relation[ids.length] = relations.indexOf(edges[e].relation);
      ids.push(edges[e].child);
      parent.push(u);
    }
  }
  const size = new Uint32Array(ids.length).fill(1);
  const children = new Map<number, number[]>();
  for (let v = ids.length - 1; v > 0; v--) {
    size[parent[v]] += size[v];
    const list = children.get(parent[v]);
    if (list === undefined) children.set(parent[v], [v]);
    else list.push(v);
  }
  return { ids, relation, size, children };
}

/**
 * Chooses what of a family is drawn in a panel `width` pixels wide: the largest branches by name, one after another
 * while there is room, and the rest of each model's children as one bundle a relation. The counts of all marks without
 * children and the named models above them add up to the models that can be reached from the root.
 */
export function summariseFamily(
  family: FamilyTree,
  { width, depth = 4, named = 24 }: {
    /** Room in pixels. */
    width: number;
    /** Most generations below the root. @default 4 */
    depth?: number;
    /** Most models shown by name. @default 24 */
    named?: number;
  },
): FamilyMark {
  const tree = spanningTree(family);
  const sorted = new Map<number, number[]>();
  const largest = (a: number, b: number) =>
    tree.size[b] - tree.size[a] || byCodeUnits(tree.ids[a], tree.ids[b]);
  const childrenOf = (u: number) => {
    let list = sorted.get(u);
    if (list === undefined) sorted.set(u, list = (tree.children.get(u) ?? []).sort(largest));
    return list;
  };
  const levels = new Map([[0, 0]]);
  let best = markOf(tree, 0, { levels, childrenOf });
  let candidates = childrenOf(0).slice(0, named);
  while (levels.size <= named && candidates.length > 0) {
    const [next] = candidates.sort(largest);
    candidates = candidates.slice(1);
    const parent = [...levels.keys()].find((u) => childrenOf(u).includes(next))!;
    levels.set(next, levels.get(parent)! + 1);
    const wider = markOf(tree, 0, { levels, childrenOf });
    if (wider.room > width) {
      levels.delete(next);
      continue;
    }
    best = wider;
    if (levels.get(next)! < depth) candidates.push(...childrenOf(next).slice(0, named));
  }
  return best;
}

/** The mark of model u and of everything below it, given which models are `levels`' keys, those drawn by name. */
function markOf(
  tree: Tree,
  u: number,
  { levels, childrenOf }: {
    levels: ReadonlyMap<number, number>;
    childrenOf: (u: number) => number[];
  },
): FamilyMark {
  const children: FamilyMark[] = [];
  const rest = new Map<Relation, number[]>();
  for (const v of childrenOf(u)) {
    if (levels.has(v)) {
      children.push(markOf(tree, v, { levels, childrenOf }));
      continue;
    }
    const relation = relations[tree.relation[v]];
    const list = rest.get(relation);
    if (list === undefined) rest.set(relation, [v]);
    else list.push(v);
  }
  for (const [relation, members] of rest) {
    const models = members.reduce((sum, v) => sum + tree.size[v], 0);
    const label = `+${brief(models)}`;
    const radius = 3 + 2.4 * Math.log10(models);
    const room = Math.max(2 * radius, textWidth(label, { size })) + padding;
    children.push({ id: null, relation, models, label, radius, room, children: [] });
  }
  children.sort((a, b) =>
    order.indexOf(a.relation!) - order.indexOf(b.relation!) ||
    Number(a.id === null) - Number(b.id === null)
  );
  const label = u === 0 ? "" : fitMiddle(shortId(tree.ids[u]), { width: longestLabel, size });
  const below = children.reduce((sum, { room }) => sum + room, 0);
  return {
    id: tree.ids[u],
    relation: u === 0 ? null : relations[tree.relation[u]],
    models: tree.size[u],
    label,
    radius: u === 0 ? 6 : 4,
    room: Math.max(textWidth(label, { size }) + padding, below),
    children,
  };
}
