import { type AssetCell, asText, isMergeKey, mergeRule, readCell } from "./asset_cell.ts";
import type { ReportFault } from "./asset_fault.ts";
import { parseDate } from "./dates.ts";

/** Kinds of assets. */
export const assetTypes = ["dataset", "model", "application"] as const;

/** Kind of an asset. */
export type AssetType = typeof assetTypes[number];

/** How an asset is released. */
export type Access = "open" | "limited" | "closed" | "unknown";

/** A record of Ecosystem Graphs. */
export interface AssetRecord {
  /** Kind of the asset. */
  type: AssetType;
  /** Name, without white space around it; not always unique. */
  name: string;
  /** As written, unsplit; empty where none is known. */
  organization: string;
  /** Creation date in milliseconds since 1970, NaN where there is none; a bare year or month is none. */
  created: number;
  /** How it is released; `unknown` also where the source says something else. */
  access: Access;
  /** Names that the asset was built from, in the order of the source, repeats and all. */
  dependencies: string[];
  /** Every field by its name, `dependencies` included. */
  cells: Record<string, AssetCell>;
  /** Name of the file that it is from. */
  file: string;
  /** Line of the file at which it begins, in a CSV its row, counted from 1. */
  line: number;
  /** Where its parts are; absent where only its beginning is known, as in a CSV. */
  lines?: AssetLines;
}

/** Where the parts of a record of a YAML file are. */
export interface AssetLines {
  /** Its place in the list of the file, from 0. */
  item: number;
  /** Line of each field. */
  fields: Record<string, number>;
  /** Line of each of its `dependencies`. */
  dependencies: number[];
  /**
   * Fields whose cells are written with an anchor, an alias or a tag, so that a corrected copy leaves them; absent where
   * there are none.
   */
  shared?: string[];
}

/** Says that something is wrong with a field of a record. */
type FieldFault = (kind: string, rule: string, found: string) => void;

/** What is known, as text. */
function textOf({ state, value }: AssetCell): string {
  return state === "known" && value !== null ? [value].flat().join(", ") : "";
}

/**
 * Makes a record out of its fields. Every fault is reported with its place.
 *
 * @returns null when it has no name or no known type
 */
export function toRecord(
  fields: ReadonlyMap<string, unknown>,
  { file, line, lines, report }: {
    file: string;
    line: number;
    lines?: AssetLines;
    report: ReportFault;
  },
): AssetRecord | null {
  // A name may be any word, "None" and "unknown" too.
  const rawName = fields.get("name");
  const name = (asText(rawName instanceof Map ? rawName.get("value") : rawName) ?? "").trim();
  const place = `${file}:${line}`;
  const placeOf = (field: string) => ({
    file,
    line: lines !== undefined && Object.hasOwn(lines.fields, field) ? lines.fields[field] : line,
    asset: name,
    field,
  });
  const merge = "<<";
  if (isMergeKey(merge, fields.get(merge))) {
    report({ kind: "mergeKey", rule: mergeRule, ...placeOf(merge), found: merge }, place);
  }
  if (name === "") {
    const rule = "a record without a name; refused";
    report({ kind: "noName", rule, ...placeOf("name"), found: "" }, place);
    return null;
  }
  const cells: Record<string, AssetCell> = Object.create(null);
  for (const [key, raw] of fields) {
    if (isMergeKey(key, raw)) continue;
    cells[key] = readCell(
      raw,
      (kind, rule, found) =>
        report({ kind, rule, ...placeOf(key), found }, `${place}: ${name}, ${key}: ${found}`),
    );
  }
  const at = (field: string): FieldFault => (kind, rule, found) =>
    report({ kind, rule, ...placeOf(field), found }, `${place}: ${name}: ${found}`);
  const cell = (key: string) => cells[key] ?? readCell(undefined);
  const type = textOf(cell("type")).toLowerCase() as AssetType;
  if (!assetTypes.includes(type)) {
    at("type")(
      "noType",
      "a record that is no dataset, model or application; refused",
      `type "${type}"`,
    );
    return null;
  }
  const { state, value: dependencies } = cell("dependencies");
  if (state === "known" && typeof dependencies === "string") {
    const rule = "dependencies that are text and no list; one name";
    at("dependencies")("dependencyText", rule, dependencies);
  }
  checkModality(cell("modality"), type, at("modality"));
  if (type !== "application" && fullDate.test(textOf(cell("size")))) {
    at("size")("sizeIsDate", "a size that is a date; kept as written", textOf(cell("size")));
  }
  return {
    type,
    name,
    organization: textOf(cell("organization")),
    created: toDate(textOf(cell("created_date")), at("created_date")),
    access: toAccess(textOf(cell("access")), at("access")),
    dependencies: state === "known" && dependencies !== null ? [dependencies].flat() : [],
    cells,
    file,
    line,
    ...(lines === undefined ? {} : { lines }),
  };
}

function checkModality(modality: AssetCell, type: AssetType, fault: FieldFault): void {
  const text = textOf(modality);
  if (type !== "model" || text === "" || text.includes(";")) return;
  fault(
    "modalityUnsplit",
    "a model's modality that does not tell input from output by a semicolon; kept as written",
    text,
  );
}

function toAccess(text: string, fault: FieldFault): Access {
  const access = text.toLowerCase();
  if (text === "") return "unknown";
  if (!["open", "limited", "closed"].includes(access)) {
    fault(
      "otherAccess",
      "an access that is not open, limited or closed; counts as unknown",
      text,
    );
    return "unknown";
  }
  if (access !== text) fault("accessCase", "an access in capitals; read without them", text);
  return access as Access;
}

const fullDate = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;

/** A full date, also with one-digit month or day; NaN where there is none. */
function toDate(text: string, fault: FieldFault): number {
  if (text === "") return NaN;
  if (/^\d{4}(?:-\d{1,2})?$/.test(text)) {
    fault("incompleteDate", "a bare year or month; no usable date", text);
    return NaN;
  }
  const created = parseDate(
    text.replace(
      fullDate,
      (_, year, month, day) => `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`,
    ),
  );
  if (Number.isNaN(created)) {
    fault("impossibleDate", "a date that cannot be read; no usable date", text);
  }
  return created;
}
