import { byCodeUnits } from "../../core/compare.ts";
import type { IssueCount } from "../../core/issues.ts";
import { Issues } from "../../core/issues.ts";
import type { AssetSnapshot } from "../../snapshot/asset_snapshot.ts";
import type { NoAsset } from "../../source/no_assets.ts";
import { assetIssues } from "../asset_issues.ts";
import { adviceOn } from "./advice.ts";
import { type AssetRepairs, assetRepairs } from "./asset_repairs.ts";
import { dependencyFaults } from "./audit_dependencies.ts";
import { edgeFaults } from "./audit_edges.ts";
import type { AuditFault, FoundFault } from "./audit_fault.ts";
import { nameFaults } from "./audit_names.ts";

/** A kind of fault in an audit. */
export interface AuditKind {
  /** Stable identifier. */
  kind: string;
  /** What was done about it when the data were read. */
  rule: string;
  /** What a person might do. */
  suggestion: string;
  /** How often it occurs. */
  count: number;
  /** How many of these are listed one by one. */
  listed: number;
  /** At how many places: a fault that stands at several counts for each. Of a part, this many of the other kind's faults. */
  places: number;
  /** At how many of these places a corrected copy repairs it, written in the form of the snapshot. */
  repairable: number;
  /** The kind that counts each place of these faults too, null where none does. */
  partOf: string | null;
  /** The first few, where none are listed. */
  examples: string[];
}

/** All faults of a snapshot of assets. */
export interface AssetAudit {
  /** Tells it from an audit of models. */
  kind: "assets";
  /** What was audited. */
  snapshot: { name: string; records: number; assets: number; sha256: string | null };
  /** Faults by kind, most frequent first, ties by `byCodeUnits`; a part after the kind that it is part of. */
  kinds: AuditKind[];
  /** All faults, kind by kind in the same order; within a kind in the order of the records. */
  faults: AuditFault[];
}

/** Kinds whose faults are counted among those of another kind. */
const parts: Record<string, string> = {
  aliasOfAsset: "undocumentedDependency",
  nearTwin: "undocumentedDependency",
  noAsset: "undocumentedDependency",
  stubSpelling: "undocumentedDependency",
};

/**
 * Lists every fault of a snapshot of assets: those of records and cells, as they were met while reading, those that show when
 * records are compared, and those of the graph (documented endpoints). Names that occur at several places count once and list all
 * of them.
 *
 * @param options.noAssets Names that are no asset at all, as `readNoAssets` gives them; default none.
 *
 * @example
 * ```ts
 * import { auditAssets, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: The Pile\n  dependencies:\n  - arXiv\n");
 * const [fault] = auditAssets(await readAssetSnapshot(path)).faults;
 * [fault.kind, fault.line, fault.found]; // ["undocumentedDependency", 4, "arXiv"]
 * await Deno.remove(path);
 * ```
 */
export function auditAssets(
  snapshot: AssetSnapshot,
  { noAssets = new Map(), onProgress = () => {} }: {
    /** @default none */
    noAssets?: ReadonlyMap<string, NoAsset>;
    /** Called now and then with the share that is done. @default nothing */
    onProgress?: (share: number) => void;
  } = {},
): AssetAudit {
  const found: FoundFault[] = [
    ...snapshot.faults.map((fault) => ({
      ...fault,
      detail: "",
      suggestion: adviceOn(fault.kind, "assets"),
      also: [],
    })),
    ...nameFaults(snapshot),
    ...dependencyFaults(snapshot, { noAssets, onProgress }),
    ...edgeFaults(snapshot),
  ];
  const repairsOf = repairsByPlace(assetRepairs(snapshot), snapshot);
  const byKind = Map.groupBy(found, ({ kind }) => kind);
  const counted = new Map(countsOf(snapshot).map((issue) => [issue.kind, issue]));
  const names = new Set([...counted.keys(), ...byKind.keys()]);
  const groups = [...names].map((kind) => {
    let places = 0;
    let repairable = 0;
    const faults = (byKind.get(kind) ?? []).map((fault): AuditFault => {
      const repairs = repairsOf(fault);
      places += 1 + fault.also.length;
      repairable += repairs.length;
      const repair = repairs.length === 0 ? null : { to: repairs[0], places: repairs.length };
      return { ...fault, repair };
    });
    const issue = counted.get(kind);
    const count = Math.max(issue?.count ?? 0, faults.length);
    const entry: AuditKind = {
      kind,
      rule: issue?.rule ?? faults[0].rule,
      suggestion: adviceOn(kind, "assets"),
      count,
      listed: faults.length,
      places: places + count - faults.length,
      repairable,
      partOf: parts[kind] ?? null,
      examples: faults.length > 0 ? [] : issue?.examples ?? [],
    };
    return { entry, faults };
  }).sort(({ entry: a }, { entry: b }) =>
    rank(b) - rank(a) || size(b) - size(a) || byCodeUnits(a.kind, b.kind)
  );
  function rank({ partOf, count }: AuditKind): number {
    return partOf === null ? count : Math.max(count, counted.get(partOf)?.count ?? 0) - 0.5;
  }
  function size({ partOf, count, places }: AuditKind): number {
    return partOf === null ? count : places;
  }
  const { records, assets, name, origin } = snapshot;
  return {
    kind: "assets",
    snapshot: { name, records: records.length, assets: assets.length, sha256: origin.sha256 },
    kinds: groups.map(({ entry }) => entry),
    faults: groups.flatMap(({ faults }) => faults),
  };
}

/** Counts by kind as every task shows them, of the reading and of the graph. */
function countsOf(snapshot: AssetSnapshot): IssueCount[] {
  const issues = new Issues();
  issues.merge(snapshot.issues);
  issues.merge(assetIssues(snapshot));
  return issues.list();
}

/** Finds what a corrected copy says in place of a fault, at the place itself and at the others; cells that it leaves have none. */
function repairsByPlace(
  { edits, changes }: AssetRepairs,
  { records }: AssetSnapshot,
): (fault: FoundFault) => (string | null)[] {
  const key = (...parts: unknown[]) => JSON.stringify(parts);
  const repairs = new Map<string, string | null>();
  const byFile = Map.groupBy(records, ({ file }) => file);
  const made = changes.filter((_, i) => {
    const { file, record, field } = edits[i];
    return !byFile.get(file)![record].lines?.shared?.includes(field);
  });
  for (const { kind, file, line, asset, field, original, changed } of made.flat()) {
    for (const one of kind.split(", ")) {
      const place = key(one, file, line, asset, field, original);
      // Of two that stand on one line the first is renamed and the second removed.
      if (!repairs.has(place)) repairs.set(place, changed);
    }
  }
  return ({ kind, found, also, ...place }) =>
    [place, ...also].flatMap(({ file, line, asset, field }) => {
      const to = repairs.get(key(kind, file, line, asset, field, found));
      return to === undefined ? [] : [to];
    });
}
