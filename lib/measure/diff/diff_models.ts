import { joinStrings } from "../../core/join_strings.ts";
import { topPlaces } from "../../core/top_places.ts";
import { buildLineage } from "../../graph/build_lineage.ts";
import { type Lineage, type Relation, relations } from "../../graph/lineage.ts";
import type { ModelSnapshot, Tier } from "../../snapshot/model_snapshot.ts";
import { type Trait, type TraitColumn, traitColumn, traitNames } from "../../snapshot/traits.ts";
import { childCounts, type ChildMoves, childMoves } from "./child_moves.ts";
import { edgeChanges } from "./edge_changes.ts";
import { traitChanges, type TraitRows } from "./trait_changes.ts";

/** Options of {@link diffSnapshots} for snapshots of models. */
export interface DiffModelsOptions {
  /**
   * Most entries of each list; the rows of all are in `rows`.
   * @default 20
   */
  n?: number;
  /**
   * The lineages of the two, where they are there already.
   * @default what `buildLineage` reads out of the tags
   */
  lineages?: readonly [before: Lineage, after: Lineage];
}

/** One of two snapshots of models that were compared. */
export interface ModelDiffSide {
  /** Name of the snapshot. */
  name: string;
  /** SHA-256 of its input. */
  sha256: string | null;
  /** Which rows of the input it holds. */
  tier: Tier;
  /** Number of models. */
  models: number;
  /** Edges of the lineage. */
  edges: number;
}

/** What of a model is compared: a trait, or all its tags. */
export type ComparedTrait = Trait | "tags";

/** Models of both snapshots whose values of a trait are another set. */
export interface TraitDiff {
  /** How many. */
  changed: number;
  /** Those of them that declared nothing before. */
  gained: number;
  /** Those of them that declare nothing now. */
  lost: number;
  /** Those with most children, then in the order of rows: values that are gone and that are new. */
  listed: { id: string; lost: string[]; gained: string[] }[];
}

/** Row numbers of everything that differs, ascending. */
export interface ModelDiffRows {
  /** Row in the later snapshot of each row of the earlier, -1 where the model is gone. */
  afterOf: Int32Array;
  /** Row in the earlier snapshot of each row of the later, -1 where the model is new. */
  beforeOf: Int32Array;
  /** Rows of the later snapshot. */
  added: Uint32Array;
  /** Rows of the earlier snapshot. */
  removed: Uint32Array;
  /** Edges of the later lineage. */
  edgesAdded: Uint32Array;
  /** Edges of the earlier lineage. */
  edgesRemoved: Uint32Array;
  /** Edges of the later lineage. */
  relationChanged: Uint32Array;
  /** Rows of the later snapshot. */
  traits: Record<ComparedTrait, Uint32Array>;
}

/** What differs between two snapshots of models; lists hold `n` entries at most. */
export interface ModelDiff {
  /** Tells it from a difference of assets. */
  kind: "models";
  /** The earlier snapshot. */
  before: ModelDiffSide;
  /** The later snapshot. */
  after: ModelDiffSide;
  /** Models by id; listed are those with most children, then in the order of rows. */
  models: {
    added: number;
    removed: number;
    kept: number;
    listed: { added: string[]; removed: string[] };
  };
  /** Edges by the ids of their ends; listed are those whose child has most children, then in the order of parent and child. */
  edges: {
    added: number;
    removed: number;
    /** In both, and of another relation. */
    relationChanged: number;
    /** In both, of whatever relation. */
    kept: number;
    /** Added ones whose ends are models of both snapshots. */
    addedBetweenKept: number;
    /** Removed ones whose ends are models of both snapshots. */
    removedBetweenKept: number;
    listed: {
      added: { parent: string; child: string; relation: Relation }[];
      removed: { parent: string; child: string; relation: Relation }[];
      relationChanged: { parent: string; child: string; before: Relation; after: Relation }[];
    };
  };
  /** Traits of the models in both, and all their tags. */
  traits: Record<ComparedTrait, TraitDiff>;
  /** How the hubs moved. */
  hubs: ChildMoves;
  /** The rows behind every count. */
  rows: ModelDiffRows;
}

/** The difference of two snapshots of models; see `diffSnapshots`. */
export function diffModels(
  before: ModelSnapshot,
  after: ModelSnapshot,
  { n = 20, lineages }: DiffModelsOptions = {},
): ModelDiff {
  if (!(n >= 0)) {
    throw new RangeError(`Cannot list what differs: n is ${n}, expected a number of at least 0`);
  }
  const [then, now] = lineages ?? [before, after].map((of) => buildLineage(of).lineage);
  const join = joinStrings(before.ids, after.ids);
  const { afterOf, beforeOf } = join;
  const [added, removed] = [without(beforeOf), without(afterOf)];
  const [childrenThen, childrenNow] = [then, now].map(({ children }) => childCounts(children));
  const edges = edgeChanges(then, now, join);
  const first = (rows: Uint32Array, weights: Uint32Array) =>
    topPlaces(rows.map((row) => weights[row]), { n }).map((i) => rows[i]);
  const firstEdges = (found: Uint32Array, { child }: Lineage, weights: Uint32Array) =>
    topPlaces(found.map((e) => weights[child[e]]), { n });
  const ends = ({ ids }: ModelSnapshot, { parent, child }: Lineage, e: number) => ({
    parent: ids.at(parent[e]),
    child: ids.at(child[e]),
  });
  const named = (snapshot: ModelSnapshot, lineage: Lineage, e: number) => ({
    ...ends(snapshot, lineage, e),
    relation: relations[lineage.relation[e]],
  });
  const traits = [...traitNames, "tags" as const].map((trait): [ComparedTrait, TraitRows] => [
    trait,
    traitChanges(columnOf(before, trait), columnOf(after, trait), join),
  ]);
  const side = (snapshot: ModelSnapshot, lineage: Lineage): ModelDiffSide => ({
    name: snapshot.name,
    sha256: snapshot.origin.sha256,
    tier: snapshot.tier ?? "raw",
    models: snapshot.models,
    edges: lineage.edges,
  });
  return {
    kind: "models",
    before: side(before, then),
    after: side(after, now),
    models: {
      added: added.length,
      removed: removed.length,
      kept: join.shared,
      listed: {
        added: first(added, childrenNow).map((row) => after.ids.at(row)),
        removed: first(removed, childrenThen).map((row) => before.ids.at(row)),
      },
    },
    edges: {
      added: edges.added.length,
      removed: edges.removed.length,
      relationChanged: edges.relationChanged.length,
      kept: edges.kept,
      addedBetweenKept: betweenKept(edges.added, now, beforeOf),
      removedBetweenKept: betweenKept(edges.removed, then, afterOf),
      listed: {
        added: firstEdges(edges.added, now, childrenNow)
          .map((i) => named(after, now, edges.added[i])),
        removed: firstEdges(edges.removed, then, childrenThen)
          .map((i) => named(before, then, edges.removed[i])),
        relationChanged: firstEdges(edges.relationChanged, now, childrenNow).map((i) => ({
          ...ends(after, now, edges.relationChanged[i]),
          before: relations[edges.relationBefore[i]],
          after: relations[now.relation[edges.relationChanged[i]]],
        })),
      },
    },
    traits: perTrait(traits, ({ rows, gained, lost, valuesOf }) => ({
      changed: rows.length,
      gained,
      lost,
      listed: first(rows, childrenNow).map((row) => ({ id: after.ids.at(row), ...valuesOf(row) })),
    })),
    hubs: childMoves({ lineage: then, ids: before.ids }, { lineage: now, ids: after.ids }, {
      join,
      n,
    }),
    rows: {
      afterOf,
      beforeOf,
      added,
      removed,
      edgesAdded: edges.added,
      edgesRemoved: edges.removed,
      relationChanged: edges.relationChanged,
      traits: perTrait(traits, ({ rows }) => rows),
    },
  };
}

/** Rows that have no other, ascending. */
function without(other: Int32Array): Uint32Array {
  const rows = new Uint32Array(other.length);
  let length = 0;
  for (let row = 0; row < other.length; row++) if (other[row] < 0) rows[length++] = row;
  return rows.slice(0, length);
}

function betweenKept(edges: Uint32Array, { parent, child }: Lineage, other: Int32Array): number {
  let count = 0;
  for (const e of edges) if (other[parent[e]] >= 0 && other[child[e]] >= 0) count++;
  return count;
}

function columnOf(snapshot: ModelSnapshot, trait: ComparedTrait): TraitColumn {
  return trait === "tags"
    ? { offsets: snapshot.tagOffsets, codes: snapshot.tagCodes, values: snapshot.tags }
    : traitColumn(snapshot, trait);
}

function perTrait<T>(
  traits: readonly [ComparedTrait, TraitRows][],
  of: (rows: TraitRows) => T,
): Record<ComparedTrait, T> {
  return Object.fromEntries(traits.map(([trait, rows]) => [trait, of(rows)])) as Record<
    ComparedTrait,
    T
  >;
}
