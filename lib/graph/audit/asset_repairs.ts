import type { AssetSnapshot } from "../../snapshot/asset_snapshot.ts";
import type { AssetEdit } from "../../source/asset_edit.ts";
import type { AssetPlace } from "../../source/asset_fault.ts";
import { isMisspeltUnknown } from "../../source/asset_cell.ts";
import type { AssetRecord } from "../../source/asset_record.ts";
import { aliasKey } from "../assets.ts";
import { dependencyPlace, fieldPlace } from "./audit_fault.ts";

/** Kinds of faults that can be repaired without a doubt. */
export const repairableKinds = [
  "aliasOfAsset",
  "selfLoop",
  "repeatedDependency",
  "misspeltUnknown",
  "accessCase",
] as const;

/** One of these kinds. */
export type RepairableKind = typeof repairableKinds[number];

/** One change that a corrected copy makes, and where. */
export interface AssetChange extends AssetPlace {
  /** Kinds of the faults, with commas between them. */
  kind: string;
  /** What stands there. */
  original: string;
  /** What takes its place; null where it is removed from a list, which is `unknown` where nothing else was in it. */
  changed: string | null;
}

/** Repairs of a snapshot: edits of whole cells, and the changes that they consist of. */
export interface AssetRepairs {
  /** One for each cell, in the order of the records. */
  edits: AssetEdit[];
  /** What each edit changes, in the same order. */
  changes: AssetChange[][];
}

/**
 * What can be repaired without a doubt: names that agree with one asset's up to case and white space become the asset's,
 * self-loops and repeats go, a misspelt `unknown` and an access in capitals are written as they should be. All else is for people.
 *
 * @param options.kinds Kinds to be repaired; default all of {@link repairableKinds}.
 *
 * @example
 * ```ts
 * import { assetRepairs, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: P3\n- type: model\n  name: T0\n  dependencies: [p3]\n");
 * assetRepairs(await readAssetSnapshot(path)).edits[0].to; // ["P3"]
 * await Deno.remove(path);
 * ```
 */
export function assetRepairs(
  { records, assets }: AssetSnapshot,
  { kinds = repairableKinds }: { kinds?: readonly RepairableKind[] } = {},
): AssetRepairs {
  const repairs: AssetRepairs = { edits: [], changes: [] };
  const documented = new Set(assets.map(({ name }) => name));
  const owners = Map.groupBy(documented, aliasKey);
  const assetNamed = (name: string) => {
    const twins = documented.has(name) ? [name] : owners.get(aliasKey(name)) ?? [];
    return twins.length === 1 ? twins[0] : name;
  };
  const inFile = new Map<string, number>();
  for (const record of records) {
    const { file, name } = record;
    const place = inFile.get(file) ?? 0;
    inFile.set(file, place + 1);
    const add = (field: string, to: AssetEdit["to"], changes: AssetChange[]) => {
      if (changes.length === 0) return;
      const found = new Set(changes.flatMap(({ kind }) => kind.split(", ")));
      repairs.edits.push({ file, record: place, field, repair: [...found].join(", "), to });
      repairs.changes.push(changes);
    };
    for (const [field, { value }] of Object.entries(record.cells)) {
      const changed = typeof value === "string" ? wordRepair(record, { field, value }) : null;
      if (changed === null || !kinds.includes(changed.kind)) continue;
      add(field, changed.to, [{
        ...fieldPlace(record, field),
        kind: changed.kind,
        original: value as string,
        changed: changed.to,
      }]);
    }
    const seen = new Set<string>();
    const changes: AssetChange[] = [];
    const to = record.dependencies.map((dependency, i) => {
      const found: RepairableKind[] = [];
      let next: string | null = dependency;
      if (kinds.includes("aliasOfAsset") && assetNamed(dependency) !== dependency) {
        found.push("aliasOfAsset");
        next = assetNamed(dependency);
      }
      if (kinds.includes("selfLoop") && next === name) {
        found.push("selfLoop");
        next = null;
      } else if (kinds.includes("repeatedDependency") && seen.has(next)) {
        found.push("repeatedDependency");
        next = null;
      }
      if (next !== null) seen.add(next);
      if (found.length > 0) {
        const at = dependencyPlace(record, i);
        changes.push({ ...at, kind: found.join(", "), original: dependency, changed: next });
      }
      return next;
    });
    const isList = typeof record.cells.dependencies?.value !== "string";
    if (seen.size === 0) { for (const change of changes) change.changed = "unknown"; }
    add("dependencies", isList ? to : to[0] ?? "unknown", changes);
  }
  return repairs;
}

/** The repair of a cell that is one word. */
function wordRepair(
  { access }: AssetRecord,
  { field, value }: { field: string; value: string },
): { kind: RepairableKind; to: string } | null {
  // The word for an unknown name or type is that name or type.
  if (field === "name" || field === "type") return null;
  if (isMisspeltUnknown(value)) return { kind: "misspeltUnknown", to: "unknown" };
  if (field === "access" && value !== access && value.toLowerCase() === access) {
    return { kind: "accessCase", to: access };
  }
  return null;
}
