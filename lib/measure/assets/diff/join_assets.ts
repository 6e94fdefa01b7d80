import { byCodeUnits } from "../../../core/compare.ts";
import { aliasKey, type AssetGraph } from "../../../graph/assets.ts";
import type { Asset, AssetSnapshot } from "../../../snapshot/asset_snapshot.ts";

/** An asset of one snapshot that seems to be an asset of another name in the other. */
export interface Renaming {
  /** Its number in the earlier snapshot. */
  before: number;
  /** Its number in the later snapshot. */
  after: number;
  /** What speaks for it. */
  by: "name" | "url";
}

/**
 * Assets that only the earlier snapshot has and assets that only the later one has, in pairs of one type: names alike up to case and
 * white space, else the same url, one that no other asset of its snapshot has.
 */
export function renamedAssets(before: AssetSnapshot, after: AssetSnapshot): Renaming[] {
  const gone = leftOver(before.assets, after.assets);
  const come = leftOver(after.assets, before.assets);
  const pairs: Renaming[] = [];
  function pair(by: Renaming["by"], keys: [(row: number) => string, (row: number) => string]) {
    const byKey = Map.groupBy(come, (row) => `${after.assets[row].type} ${keys[1](row)}`);
    for (const row of [...gone]) {
      const key = keys[0](row);
      const twins = key === "" ? undefined : byKey.get(`${before.assets[row].type} ${key}`);
      const twin = twins?.shift();
      if (twin === undefined) continue;
      pairs.push({ before: row, after: twin, by });
      gone.splice(gone.indexOf(row), 1);
      come.splice(come.indexOf(twin), 1);
    }
  }
  const named = ({ assets }: AssetSnapshot) => (row: number) => aliasKey(assets[row].name);
  pair("name", [named(before), named(after)]);
  pair("url", [soleUrls(before), soleUrls(after)]);
  return pairs;
}

/** Numbers of the assets whose names the other snapshot has not, in code-unit order of their names. */
function leftOver(assets: readonly Asset[], others: readonly Asset[]): number[] {
  const names = new Set(others.map(({ name }) => name));
  return [...assets.keys()]
    .filter((row) => !names.has(assets[row].name))
    .sort((i, j) => byCodeUnits(assets[i].name, assets[j].name));
}

/** Address of an asset; empty where it has none or shares the address. */
function soleUrls({ assets }: AssetSnapshot): (row: number) => string {
  const urls = assets.map(({ cells }) => {
    const value = cells.url?.state === "known" ? cells.url.value : null;
    const url = typeof value === "string" ? value.trim() : "";
    return /^https?:\/\//i.test(url)
      ? url.replace(/^https?:\/\/(?:www\.)?/i, "").replace(/\/+$/, "")
      : "";
  });
  const owners = Map.groupBy(urls.keys(), (row) => urls[row]);
  return (row) => owners.get(urls[row])!.length === 1 ? urls[row] : "";
}

/** Which nodes of two graphs are the same asset or the same undocumented name; -1 where the other graph has none. */
export interface NodeJoin {
  /** Node of the later graph for each of the earlier. */
  afterOf: Int32Array;
  /** Node of the earlier graph for each of the later. */
  beforeOf: Int32Array;
}

/**
 * Joins the nodes of two graphs of one variant, one to one: documented assets of one name, renamed ones, then any nodes of one name; in
 * the aliased graph also an undocumented name and an asset that are alike up to case and white space, of several names the first.
 */
export function joinNodes(
  before: AssetGraph,
  after: AssetGraph,
  { renamed }: { renamed: readonly Renaming[] },
): NodeJoin {
  const afterOf = new Int32Array(before.nodes).fill(-1);
  const beforeOf = new Int32Array(after.nodes).fill(-1);
  function join(a: number, b: number): void {
    afterOf[a] = b;
    beforeOf[b] = a;
  }
  const nodeOf = new Map(after.names.map((name, node) => [name, node]));
  before.assets.forEach(({ name }, a) => {
    const b = nodeOf.get(name);
    if (b !== undefined && after.isDocumented(b)) join(a, b);
  });
  for (const pair of renamed) join(pair.before, pair.after);
  before.names.forEach((name, a) => {
    const b = nodeOf.get(name);
    if (b !== undefined && afterOf[a] < 0 && beforeOf[b] < 0) join(a, b);
  });
  if (before.variant === "aliased") {
    const free = Map.groupBy(
      beforeOf.keys().filter((b) => beforeOf[b] < 0),
      (b) => aliasKey(after.names[b]),
    );
    before.names.forEach((name, a) => {
      if (afterOf[a] >= 0) return;
      const twins = free.get(aliasKey(name)) ?? [];
      const at = twins.findIndex((b) => before.isDocumented(a) !== after.isDocumented(b));
      if (at >= 0) join(a, twins.splice(at, 1)[0]);
    });
  }
  return { afterOf, beforeOf };
}
