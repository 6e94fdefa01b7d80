import type { IssueCount } from "../core/issues.ts";
import { Issues } from "../core/issues.ts";
import type { AssetFault } from "../source/asset_fault.ts";
import type { AssetRecord } from "../source/asset_record.ts";
import { readAssets } from "../source/ecosystem_graphs.ts";
import type { Origin } from "./manifest.ts";

/** An asset: all records of one name. */
export interface Asset
  extends Pick<AssetRecord, "type" | "name" | "organization" | "created" | "access" | "cells"> {
  /** Distinct dependencies of all its records, in the order they were met. */
  dependencies: string[];
  /** Number of its records; where it is above 1 they may mean different things. */
  records: number;
}

/** A snapshot of Ecosystem Graphs. */
export interface AssetSnapshot {
  /** Tells it from a snapshot of models. */
  readonly kind: "assets";
  /** Name of the packed snapshot, file or folder. */
  readonly name: string;
  /** Where it comes from. */
  readonly origin: Origin;
  /** Faults met while reading, by kind. */
  readonly issues: readonly IssueCount[];
  /** The faults of records and cells one by one; none where a snapshot was packed without them. */
  readonly faults: readonly AssetFault[];
  /** Usable records, in the order of file names. */
  readonly records: readonly AssetRecord[];
  /** One for each distinct name, in the order of their first records. */
  readonly assets: readonly Asset[];
}

/** What is done about the faults that show when records are compared, by kind. */
export const recordRules = {
  duplicateName:
    "records of one name are one asset: dependencies united, the first record's fields",
  organizationSpelling: "organizations that differ by case or white space only; kept apart",
} as const;

/**
 * Unites records that share a name: dependencies are united, all other fields come from the first record (in the order of file
 * names). The result is frozen.
 *
 * @param records As `readAssets` returns them.
 *
 * @example
 * ```ts
 * import { buildAssetSnapshot, readAssets } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: The Pile\n  dependencies: []\n");
 * const { records, origin, issues } = await readAssets(path);
 * buildAssetSnapshot([...records, ...records], { name: "pile", origin, issues }).assets.length; // 1
 * await Deno.remove(path);
 * ```
 */
export function buildAssetSnapshot(
  records: readonly AssetRecord[],
  { name, origin, issues: found, faults = [] }: {
    name: string;
    origin: Omit<Origin, "simulated">;
    issues: readonly IssueCount[];
    /** @default [] */
    faults?: readonly AssetFault[];
  },
): AssetSnapshot {
  const issues = new Issues();
  issues.merge(found);
  const byName = new Map<
    string,
    { first: AssetRecord; dependencies: Set<string>; records: number }
  >();
  for (const record of records) {
    const known = byName.get(record.name);
    if (known === undefined) {
      const dependencies = new Set(record.dependencies);
      byName.set(record.name, { first: record, dependencies, records: 1 });
      continue;
    }
    known.records++;
    issues.add(
      "duplicateName",
      recordRules.duplicateName,
      `${record.name} (${known.first.file}:${known.first.line}, ${record.file}:${record.line})`,
    );
    for (const dependency of record.dependencies) known.dependencies.add(dependency);
  }
  for (const spellings of alikeOrganizations(records)) {
    const example = spellings.join(" / ");
    issues.add("organizationSpelling", recordRules.organizationSpelling, example);
  }
  const assets = [...byName.values()].map(({ first, dependencies, records }): Asset => ({
    type: first.type,
    name: first.name,
    organization: first.organization,
    created: first.created,
    access: first.access,
    cells: first.cells,
    dependencies: [...dependencies],
    records,
  }));
  return Object.freeze<AssetSnapshot>({
    kind: "assets",
    name,
    origin: { ...origin, simulated: false },
    issues: issues.list(),
    faults: Object.freeze([...faults]),
    records: Object.freeze([...records]),
    assets: Object.freeze(assets),
  });
}

/** Spellings of organizations that agree up to case and white space, where there are several. */
export function alikeOrganizations(records: readonly AssetRecord[]): string[][] {
  const names = new Set(records.map(({ organization }) => organization));
  const groups = Map.groupBy(names, (name) => name.toLowerCase().replace(/\s+/gu, ""));
  return [...groups.values()].filter((spellings) => spellings.length > 1);
}

/**
 * Reads Ecosystem Graphs into a snapshot; see `readAssets` for the formats.
 *
 * @param options.name Name of the snapshot; default: the file or folder's name without ending.
 * @throws {SyntaxError} as `readAssets`
 *
 * @example
 * ```ts
 * import { readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: The Pile\n  dependencies: []\n");
 * (await readAssetSnapshot(path)).assets.length; // 1
 * await Deno.remove(path);
 * ```
 */
export async function readAssetSnapshot(
  path: string,
  options: {
    name?: string;
    /** Called now and then with the bytes of the input read so far and in all. @default nothing */
    onProgress?: (done: number, total: number) => void;
  } = {},
): Promise<AssetSnapshot> {
  const { records, issues, faults, origin } = await readAssets(path, options);
  const name = options.name ?? origin.name.replace(/\.(gz|zst)$/, "").replace(/\.(csv|ya?ml)$/, "");
  return buildAssetSnapshot(records, { name, origin, issues, faults });
}
