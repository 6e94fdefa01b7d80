import { type AssetCell, asText, readCell } from "./asset_cell.ts";
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
}

/** A fault of one record. */
export type RecordFault = (kind: string, rule: string, example: string) => void;

/** What is known, as text. */
function textOf({ state, value }: AssetCell): string {
  return state === "known" && value !== null ? [value].flat().join(", ") : "";
}

/**
 * Makes a record out of its fields. Every fault is reported through `fault` with file and line.
 *
 * @returns null when it has no name or no known type
 */
export function toRecord(
  fields: ReadonlyMap<string, unknown>,
  { file, line, fault }: { file: string; line: number; fault: RecordFault },
): AssetRecord | null {
  // A name may be any word, "None" and "unknown" too.
  const rawName = fields.get("name");
  const name = (asText(rawName instanceof Map ? rawName.get("value") : rawName) ?? "").trim();
  const place = `${file}:${line}`;
  if (name === "") {
    fault("noName", "a record without a name; refused", place);
    return null;
  }
  const cells: Record<string, AssetCell> = Object.create(null);
  for (const [key, raw] of fields) {
    cells[key] = readCell(
      raw,
      (kind, rule, detail) => fault(kind, rule, `${place}: ${name}, ${key}: ${detail}`),
    );
  }
  const at = (kind: string, rule: string, detail: string) =>
    fault(kind, rule, `${place}: ${name}: ${detail}`);
  const cell = (key: string) => cells[key] ?? readCell(undefined);
  const type = textOf(cell("type")).toLowerCase() as AssetType;
  if (!assetTypes.includes(type)) {
    at("noType", "a record that is no dataset, model or application; refused", `type "${type}"`);
    return null;
  }
  const { state, value: dependencies } = cell("dependencies");
  if (state === "known" && typeof dependencies === "string") {
    at("dependencyText", "dependencies that are text and no list; one name", dependencies);
  }
  checkModality(cell("modality"), type, at);
  if (type !== "application" && fullDate.test(textOf(cell("size")))) {
    at("sizeIsDate", "a size that is a date; kept as written", textOf(cell("size")));
  }
  return {
    type,
    name,
    organization: textOf(cell("organization")),
    created: toDate(textOf(cell("created_date")), at),
    access: toAccess(textOf(cell("access")), at),
    dependencies: state === "known" && dependencies !== null ? [dependencies].flat() : [],
    cells,
    file,
    line,
  };
}

function checkModality(modality: AssetCell, type: AssetType, fault: RecordFault): void {
  const text = textOf(modality);
  if (type !== "model" || text === "" || text.includes(";")) return;
  fault(
    "modalityUnsplit",
    "a model's modality that does not tell input from output by a semicolon; kept as written",
    text,
  );
}

function toAccess(text: string, fault: RecordFault): Access {
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
function toDate(text: string, fault: RecordFault): number {
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
