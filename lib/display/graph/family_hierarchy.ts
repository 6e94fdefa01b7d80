import { hierarchy, type HierarchyNode } from "d3";
import { checkNodes } from "./drawing.ts";
import { found } from "../found.ts";
import type { Relation } from "../../graph/lineage.ts";
import type { FamilyTree } from "../../measure/family_trees.ts";

/** A model of a drawn family, or what stands for several that are not drawn. */
export interface FamilyMember {
  /** Id of the model, null for several. */
  id: string | null;
  /** How it was made from the one above; null for the root, and for several of several relations. */
  relation: Relation | null;
  /** Models of its sub-tree, itself included; of several, all of theirs. */
  models: number;
  /** Of several: how many were made from the one above, by relation; the others were made from those. */
  kinds: ReadonlyMap<Relation, number>;
  /** Ids of its other parents in the family, below which it does not hang. */
  others: string[];
  /** Those below. */
  children: FamilyMember[];
}

/**
 * A family as a tree of at most `nodes` models: those with the largest sub-trees, and for all others below one model a member that
 * stands for them, which is not counted. A model with several parents hangs below the first of them.
 *
 * @throws {TypeError} when `nodes` is no number
 * @throws {RangeError} when it is not a whole number from 1 to 500, or an edge begins at a model that was not met before
 */
export function familyHierarchy(
  { root, edges }: FamilyTree,
  { nodes }: { nodes: number },
): HierarchyNode<FamilyMember> {
  checkNodes(nodes);
  const top = wholeTree(root, edges);
  const kept = largest(top, nodes);
  const room = { names: nodes - kept.size };
  return hierarchy(cutTree(top, { kept, room }), ({ children }) => children);
}

function wholeTree(root: string, edges: FamilyTree["edges"]): FamilyMember {
  const member = (id: string, relation: Relation | null): FamilyMember => ({
    id,
    relation,
    models: 1,
    kinds: new Map(),
    others: [],
    children: [],
  });
  const top = member(root, null);
  const members = new Map([[root, top]]);
  const firsts = new Map<FamilyMember, FamilyMember>();
  const parents: FamilyMember[] = [];
  for (const { parent, child, relation } of edges) {
    const above = members.get(parent);
    if (above === undefined) {
      throw new RangeError(
        `Cannot show the family of ${found(root)}: found an edge from ${
          found(parent)
        }, expected one from the root or from the child of an edge before`,
      );
    }
    const known = members.get(child);
    if (known !== undefined) {
      const first = firsts.get(known);
      if (first !== undefined && first !== above && !known.others.includes(parent)) {
        known.others.push(parent);
      }
      continue;
    }
    const below = member(child, relation);
    members.set(child, below);
    firsts.set(below, above);
    parents.push(above);
    above.children.push(below);
  }
  // Parents were met before their children, so that from the last to the first every sub-tree is complete when it is added.
  const all = [...members.values()];
  for (let i = all.length - 1; i > 0; i--) parents[i - 1].models += all[i].models;
  return top;
}

/** Most models without children of their own that are named below one model: of those the names say little. */
const mostLeaves = 8;

/** The members with the largest sub-trees, a parent always before its children. */
function largest(top: FamilyMember, nodes: number): Set<FamilyMember> {
  const kept = new Set([top]);
  const waiting = named(top);
  while (kept.size < nodes && waiting.length > 0) {
    let best = 0;
    for (let i = 1; i < waiting.length; i++) {
      if (waiting[i].models > waiting[best].models) best = i;
    }
    const [next] = waiting.splice(best, 1);
    kept.add(next);
    waiting.push(...named(next));
  }
  return kept;
}

/** The children that may be named. */
function named({ children }: FamilyMember): FamilyMember[] {
  let leaves = 0;
  return children.filter((child) => child.children.length > 0 || leaves++ < mostLeaves);
}

function cutTree(
  member: FamilyMember,
  { kept, room }: { kept: ReadonlySet<FamilyMember>; room: { names: number } },
): FamilyMember {
  const children = member.children.filter((child) => kept.has(child))
    .map((child) => cutTree(child, { kept, room }))
    .sort((a, b) => b.models - a.models);
  const others = member.children.filter((child) => !kept.has(child));
  // One more name takes no more room than "+ 1 more".
  if (others.length === 1 && others[0].models === 1 && room.names > 0) {
    room.names--;
    children.push(others[0]);
  } else if (others.length > 0) children.push(several(others));
  return { ...member, children };
}

function several(others: readonly FamilyMember[]): FamilyMember {
  const kinds = new Map<Relation, number>();
  for (const { relation } of others) kinds.set(relation!, (kinds.get(relation!) ?? 0) + 1);
  return {
    id: null,
    relation: kinds.size === 1 ? others[0].relation : null,
    models: others.reduce((sum, { models }) => sum + models, 0),
    kinds,
    others: [],
    children: [],
  };
}
