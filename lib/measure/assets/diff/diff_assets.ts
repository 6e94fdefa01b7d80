import { byCodeUnits } from "../../../core/compare.ts";
import { type AssetOwners, ownersAsWritten } from "../../../graph/asset_owners.ts";
import { aliasKey, AssetGraph, type AssetVariant } from "../../../graph/assets.ts";
import type { Asset, AssetSnapshot } from "../../../snapshot/asset_snapshot.ts";
import type { AssetType } from "../../../source/asset_record.ts";
import {
  countChanges,
  type FieldChange,
  fieldChanges,
  type FieldCount,
  type StateCount,
} from "./diff_cells.ts";
import { type HubMove, hubMoves } from "./hub_moves.ts";
import { joinNodes, type NodeJoin, renamedAssets, type Renaming } from "./join_assets.ts";
import { newNames } from "./new_names.ts";

/** Options of {@link diffSnapshots} for snapshots of assets. */
export interface DiffAssetsOptions {
  /**
   * The graph whose edges and hubs are compared.
   * @default "aliased"
   */
  variant?: AssetVariant;
  /**
   * Owners of a graph's assets, asked for each of the two.
   * @default ownersAsWritten
   */
  owners?: (graph: AssetGraph) => AssetOwners;
}

/** One of two snapshots of assets that were compared. */
export interface AssetDiffSide {
  /** Name of the snapshot. */
  name: string;
  /** SHA-256 of its input. */
  sha256: string | null;
  /** Records, of which several can be one asset. */
  records: number;
  /** Distinct names. */
  assets: number;
  /** Nodes of the graph. */
  nodes: number;
  /** Edges of the graph. */
  edges: number;
  /** Known owners of assets. */
  organizations: number;
}

/** An asset that only one of two snapshots has. */
export interface AssetPresence {
  /** Its name. */
  name: string;
  /** Its type. */
  type: AssetType;
  /** As written. */
  organization: string;
  /** Whether the other snapshot names it as a dependency all the same, up to case and white space. */
  named: boolean;
}

/** An edge that only one of two graphs has. */
export interface EdgePresence {
  /** What is built on. */
  dependency: string;
  /** What is built on it. */
  dependant: string;
  /** Whether both ends are in the other graph too, so that nothing but the edge differs. */
  bothEnds: boolean;
}

/** What differs between two snapshots of assets. */
export interface AssetDiff {
  /** Tells it from a difference of models. */
  kind: "assets";
  /** The graph whose edges and hubs were compared. */
  variant: AssetVariant;
  /** The earlier snapshot. */
  before: AssetDiffSide;
  /** The later snapshot. */
  after: AssetDiffSide;
  /** Documented assets, by name. */
  assets: {
    added: AssetPresence[];
    removed: AssetPresence[];
    /** Suspected to be one asset under two names, and what else changed in it; neither added nor removed. */
    renamed: { before: string; after: string; by: Renaming["by"]; changes: FieldChange[] }[];
    /** Of one name in both, and different in some field. */
    changed: { name: string; type: AssetType; changes: FieldChange[] }[];
    /** Of one name in both, and alike in every field. */
    unchanged: number;
    /** How many of the changed and renamed changed in which field. */
    fields: FieldCount[];
    /** How many of them went from which state to which, for example from unknown to known. */
    states: StateCount[];
  };
  /** Distinct edges of the graph; the ends of renamed assets are joined. */
  edges: {
    added: EdgePresence[];
    removed: EdgePresence[];
    /** In both, but the dependency was documented in one only: `documented` says whether it now is. */
    changed: { dependency: string; dependant: string; documented: boolean }[];
    /** In both, those that changed included. */
    kept: number;
  };
  /** Owners of assets, by name. */
  organizations: {
    added: string[];
    removed: string[];
    /** Alike up to case and white space; neither added nor removed. */
    renamed: { before: string; after: string }[];
    kept: number;
  };
  /** Every node with a dependant before or after, most changed first. */
  hubs: HubMove[];
}

/** The difference of two snapshots of assets; see `diffSnapshots`. */
export function diffAssets(
  before: AssetSnapshot,
  after: AssetSnapshot,
  { variant = "aliased", owners = ownersAsWritten }: DiffAssetsOptions = {},
): AssetDiff {
  const graphs = [before, after].map((snapshot) => new AssetGraph(snapshot, { variant }));
  const bodies = graphs.map((graph) => new Set(owners(graph).flat()));
  const [then, now] = graphs;
  const renamed = renamedAssets(before, after);
  const join = joinNodes(then, now, { renamed });
  const side = (snapshot: AssetSnapshot, i: number): AssetDiffSide => ({
    name: snapshot.name,
    sha256: snapshot.origin.sha256,
    records: snapshot.records.length,
    assets: snapshot.assets.length,
    nodes: graphs[i].nodes,
    edges: graphs[i].edges,
    organizations: bodies[i].size,
  });
  return {
    kind: "assets",
    variant,
    before: side(before, 0),
    after: side(after, 1),
    assets: assetChanges(before, after, { renamed }),
    edges: edgeChanges(then, now, join),
    organizations: ownerChanges(bodies[0], bodies[1]),
    hubs: hubMoves(then, now, join),
  };
}

function assetChanges(
  { assets: before }: AssetSnapshot,
  { assets: after }: AssetSnapshot,
  { renamed }: { renamed: readonly Renaming[] },
): AssetDiff["assets"] {
  const only = (own: readonly Asset[], others: readonly Asset[], joined: number[]) => {
    const theirs = new Set(others.map(({ name }) => name));
    const named = new Set(others.flatMap(({ dependencies }) => dependencies.map(aliasKey)));
    const known = new Set(joined);
    return own.filter(({ name }, row) => !theirs.has(name) && !known.has(row))
      .map(({ name, type, organization }) => ({
        name,
        type,
        organization,
        named: named.has(aliasKey(name)),
      }))
      .sort((a, b) => byCodeUnits(a.name, b.name));
  };
  const names = newNames(
    renamed.map((pair) => ({ before: before[pair.before].name, after: after[pair.after].name })),
  );
  const pairs = renamed.map((pair) => ({
    before: before[pair.before].name,
    after: after[pair.after].name,
    by: pair.by,
    changes: fieldChanges(before[pair.before], after[pair.after], { newNames: names }),
  }));
  const later = new Map(after.map((asset) => [asset.name, asset]));
  const changed = before.flatMap((asset) => {
    const other = later.get(asset.name);
    return other === undefined ? [] : [{
      name: asset.name,
      type: other.type,
      changes: fieldChanges(asset, other, { newNames: names }),
    }];
  });
  return {
    added: only(after, before, renamed.map((pair) => pair.after)),
    removed: only(before, after, renamed.map((pair) => pair.before)),
    renamed: pairs.sort((a, b) => byCodeUnits(a.before, b.before)),
    changed: changed.filter(({ changes }) => changes.length > 0)
      .sort((a, b) => byCodeUnits(a.name, b.name)),
    unchanged: changed.filter(({ changes }) => changes.length === 0).length,
    ...countChanges([...changed, ...pairs].flatMap(({ changes }) => changes)),
  };
}

function edgeChanges(
  before: AssetGraph,
  after: AssetGraph,
  { afterOf, beforeOf }: NodeJoin,
): AssetDiff["edges"] {
  const key = (from: number, to: number) => from * after.nodes + to;
  const later = new Set(Array.from(after.dependency, (from, e) => key(from, after.dependant[e])));
  const kept = new Set<number>();
  const changed: AssetDiff["edges"]["changed"] = [];
  const removed: EdgePresence[] = [];
  before.dependency.forEach((from, e) => {
    const to = before.dependant[e];
    const [a, b] = [afterOf[from], afterOf[to]];
    const bothEnds = a >= 0 && b >= 0;
    if (!bothEnds || !later.has(key(a, b))) {
      removed.push({ dependency: before.names[from], dependant: before.names[to], bothEnds });
      return;
    }
    kept.add(key(a, b));
    const documented = after.isDocumented(a);
    if (before.isDocumented(from) !== documented) {
      changed.push({ dependency: after.names[a], dependant: after.names[b], documented });
    }
  });
  const added: EdgePresence[] = [];
  after.dependency.forEach((from, e) => {
    const to = after.dependant[e];
    if (kept.has(key(from, to))) return;
    const bothEnds = beforeOf[from] >= 0 && beforeOf[to] >= 0;
    added.push({ dependency: after.names[from], dependant: after.names[to], bothEnds });
  });
  const order = (
    a: { dependency: string; dependant: string },
    b: { dependency: string; dependant: string },
  ) => byCodeUnits(a.dependency, b.dependency) || byCodeUnits(a.dependant, b.dependant);
  return {
    added: added.sort(order),
    removed: removed.sort(order),
    changed: changed.sort(order),
    kept: kept.size,
  };
}

function ownerChanges(
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): AssetDiff["organizations"] {
  const removed = [...before.difference(after)].sort(byCodeUnits);
  const added = [...after.difference(before)].sort(byCodeUnits);
  const twins = Map.groupBy(added, aliasKey);
  const renamed = removed.flatMap((name) => {
    const twin = twins.get(aliasKey(name))?.shift();
    return twin === undefined ? [] : [{ before: name, after: twin }];
  });
  const joined = new Set(renamed.flatMap((pair) => [pair.before, pair.after]));
  return {
    added: added.filter((name) => !joined.has(name)),
    removed: removed.filter((name) => !joined.has(name)),
    renamed,
    kept: before.intersection(after).size,
  };
}
