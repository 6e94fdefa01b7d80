import { byCodeUnits } from "../../../core/compare.ts";
import type { AssetSnapshot } from "../../../snapshot/asset_snapshot.ts";
import type { AssetRecord, AssetType } from "../../../source/asset_record.ts";
import {
  type AssetSize,
  parseAssetSize,
  sizeIn,
  type SizeUnit,
} from "../../../source/asset_size.ts";
import type { OrganizationAliases } from "../../../source/organization_aliases.ts";
import { readOrganizationText } from "../../../source/split_organizations.ts";
import { type SizeEstimate, type SizeFit, sizeFit, type SizeYear, sizeYears } from "./size_fit.ts";

export type { SizeEstimate, SizeFit, SizeYear };

/** Whether a model is said to be dense or sparse (a mixture of experts). */
export const sizeClasses = ["dense", "sparse", "not said"] as const;

/** Whether a model is said to be dense or sparse. */
export type SizeClass = typeof sizeClasses[number];

/** A record with a date and a size. */
export interface SizeRow {
  /** Name of the asset. */
  name: string;
  /** As written, empty where none is known. */
  organization: string;
  /** Date of creation in milliseconds since 1970. */
  created: number;
  /** Year of creation. */
  year: number;
  /** Parameters, tokens or bytes. */
  size: number;
  /** As the catalogue says; datasets say neither. */
  kind: SizeClass;
}

/** Sizes in one unit over time. */
export interface SizeSeries {
  /** What the sizes count. */
  unit: "parameters" | "tokens" | "bytes";
  /** Which models; `all` of datasets. */
  of: SizeClass | "all";
  /** In order of their dates, then by name. */
  rows: SizeRow[];
  /** Years that have a row. */
  years: SizeYear[];
  /** Line through the logarithms of all sizes, so through their geometric mean. */
  typical: SizeFit;
  /** Line through the logarithm of the largest of each year with enough rows, years as clusters. */
  largest: SizeFit;
}

/** A record with a size that is not what is asked for. */
export interface UnreadSize {
  /** Name of the asset. */
  name: string;
  /** Its type. */
  type: AssetType;
  /** The size as written. */
  text: string;
  /** Why it is none. */
  reason: string;
  /** Name of the file. */
  file: string;
  /** Line of the file. */
  line: number;
}

/** Records of one type that are in no series, and what is known of the rest; one record is counted once. */
export interface SizeCoverage {
  /** All records of the type. */
  records: number;
  /** Those whose size the source gives in any words. */
  known: number;
  /** Of those, the ones whose text is read. */
  read: number;
  /** Size said to be unknown, said to be none, or not said. */
  missing: { unknown: number; none: number; absent: number };
  /** Read, but without a full date. */
  undated: number;
  /** Read and counted in each unit, dated or not; a size without a noun is `null`. */
  units: { unit: SizeUnit | null; records: number }[];
}

/** Sizes of models and datasets over time. */
export interface SizeTrends {
  /** Parameters of models: all, then dense, sparse and not said apart. */
  models: SizeSeries[];
  /** Tokens and bytes of datasets; one that says both is in both. */
  datasets: SizeSeries[];
  /** What is left out, by type. */
  coverage: { model: SizeCoverage; dataset: SizeCoverage };
  /** Texts that give no size, models that count no parameters and datasets that do, in the order of the records. */
  unread: UnreadSize[];
  /** Seed of the intervals. */
  seed: number;
}

/** Options of {@link sizeTrends}. */
export interface SizeTrendsOptions {
  /**
   * Table of organizations, for clusters; without it each text is one organization.
   * @default null
   */
  organizations?: OrganizationAliases | null;
  /**
   * Fewest rows of a year whose largest counts in the line of the largest.
   * @default 3
   */
  fewest?: number;
  /**
   * Resamples of the organizations.
   * @default 1000
   */
  replicates?: number;
  /**
   * Seed of the resampling.
   * @default 1
   */
  seed?: number;
}

/**
 * Sizes of models (parameters, dense and sparse apart) and of datasets (tokens, bytes) by date of creation, with doubling times.
 *
 * Sizes come from free text, see {@link parseAssetSize}; in the cell of a model a number without a noun (`540B`) counts parameters, as that
 * field does. The lines are of least squares on the base-2 logarithm; their intervals resample organizations, since models of
 * one maker come in series, a joint work counting for the one that is named first. The largest of each year is an extreme value, for
 * which resampling models says little: its line has an interval from the years alone, and none from fewer than five. The catalogue is a
 * selection, not a sample: the lines describe what was documented.
 *
 * @throws {RangeError} when an option is out of range
 *
 * @example
 * ```ts
 * import { readAssetSnapshot, sizeTrends } from "kindred";
 * const path = await Deno.makeTempFile();
 * const model = "- type: model\n  name: A\n  created_date: 2022-05-01\n  size: 7B parameters (dense)\n";
 * await Deno.writeTextFile(path, model);
 * sizeTrends(await readAssetSnapshot(path)).models[0].rows[0].size; // 7e9
 * await Deno.remove(path);
 * ```
 */
export function sizeTrends(
  { records }: AssetSnapshot,
  { organizations = null, fewest = 3, replicates = 1000, seed = 1 }: SizeTrendsOptions = {},
): SizeTrends {
  const models = records.filter(({ type }) => type === "model").map(readSize);
  const datasets = records.filter(({ type }) => type === "dataset").map(readSize);
  const clusterOf = ({ organization, name }: SizeRow) =>
    organization === ""
      ? `record ${name}`
      : (organizations && readOrganizationText(organization, organizations).bodies[0]) ??
        organization;
  const series = (
    read: readonly Read[],
    { unit, of }: { unit: SizeSeries["unit"]; of: SizeSeries["of"] },
  ): SizeSeries => {
    const rows = rowsOf(read, unit).filter(({ kind }) => of === "all" || kind === of);
    const years = sizeYears(rows);
    const options = { replicates, seed };
    const top = years.filter(({ rows }) => rows >= fewest).map(({ largest }) => largest);
    return {
      unit,
      of,
      rows,
      years,
      typical: sizeFit(rows, { clusterOf, ...options }),
      largest: sizeFit(top, { clusterOf: ({ year }) => String(year), ...options }),
    };
  };
  return {
    models: (["all", ...sizeClasses] as const).map((of) =>
      series(models, { unit: "parameters", of })
    ),
    datasets: (["tokens", "bytes"] as const).map((unit) => series(datasets, { unit, of: "all" })),
    coverage: { model: coverage(models), dataset: coverage(datasets) },
    unread: [...models, ...datasets].flatMap(unread),
    seed,
  };
}

type Read = { record: AssetRecord; text: string; size: AssetSize | null };

function readSize(record: AssetRecord): Read {
  const cell = record.cells.size;
  const text = cell?.state === "known" ? [cell.value ?? ""].flat().join(", ") : "";
  return { record, text, size: text === "" ? null : parseAssetSize(text) };
}

function sizeOf({ record, size }: Read, unit: SizeSeries["unit"]): number | null {
  if (size === null) return null;
  const bare = record.type === "model" && size.unit === null ? size.quantity : null;
  return sizeIn(size, unit) ?? bare;
}

function rowsOf(read: readonly Read[], unit: SizeSeries["unit"]): SizeRow[] {
  return read.flatMap((one): SizeRow[] => {
    const { name, organization, created } = one.record;
    const size = sizeOf(one, unit);
    if (size === null || Number.isNaN(created)) return [];
    const year = new Date(created).getUTCFullYear();
    return [{ name, organization, created, year, size, kind: one.size?.dense ?? "not said" }];
  }).sort((a, b) => a.created - b.created || byCodeUnits(a.name, b.name));
}

function unread(one: Read): UnreadSize[] {
  const { record: { name, type, file, line }, text, size } = one;
  if (size === null) return [];
  const misfit = type === "model" ? sizeOf(one, "parameters") === null : size.unit === "parameters";
  const reason = size.problem ?? (misfit ? `counts ${size.unit}` : null);
  return reason === null ? [] : [{ name, type, text, reason, file, line }];
}

function coverage(read: readonly Read[]): SizeCoverage {
  const known = read.filter(({ size }) => size !== null);
  const fit = known.filter((one) => unread(one).length === 0);
  const missing = { unknown: 0, none: 0, absent: 0 };
  for (const { record: { cells }, size } of read) {
    const state = cells.size?.state ?? "absent";
    if (size === null) missing[state === "known" ? "absent" : state]++;
  }
  const units = new Map<SizeUnit | null, number>();
  for (const { size } of fit) units.set(size!.unit, (units.get(size!.unit) ?? 0) + 1);
  return {
    records: read.length,
    known: known.length,
    read: fit.length,
    missing,
    undated: fit.filter(({ record }) => Number.isNaN(record.created)).length,
    units: [...units].map(([unit, records]) => ({ unit, records }))
      .sort((a, b) => b.records - a.records || byCodeUnits(a.unit ?? "", b.unit ?? "")),
  };
}
