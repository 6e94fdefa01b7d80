import { inRange, parseDate } from "./dates.ts";

/** Kinds of assets. */
export const assetTypes = ["dataset", "model", "application"] as const;

/** Kind of an asset. */
export type AssetType = typeof assetTypes[number];

/** How an asset is released. */
export type Access = "open" | "limited" | "closed" | "unknown";

/**
 * One cell of a record. `state` keeps apart what the source says: `known` a value; `none` that there is none (`none`, `[]`);
 * `unknown` that nobody knows; `absent` nothing at all.
 */
export interface AssetCell {
  state: "known" | "none" | "unknown" | "absent";
  /** Text as written, items of a list; null unless known. */
  value: string | string[] | null;
  /** Why the value is so, where the source explains it. */
  explanation: string | null;
}

/** A record of Ecosystem Graphs. */
export interface AssetRecord {
  type: AssetType;
  name: string;
  /** As written, unsplit; empty where absent. */
  organization: string;
  /** Creation date in milliseconds since 1970, NaN where there is none; a bare year or month is none. */
  created: number;
  access: Access;
  /** Names that the asset was built from, in the order of the source, repeats and all. */
  dependencies: string[];
  /** Every field as it was, `dependencies` included. */
  cells: Record<string, AssetCell>;
  /** File of the record, and its line there (a CSV: its row), counted from 1. */
  file: string;
  line: number;
}

/** A fault of one record. */
export type RecordFault = (kind: string, rule: string, example: string) => void;

const unknown = /^(?:un?kno?w?n?k?o?w?n|not known|n\/a|na|\?)\.?$/i;
const none = /^(?:none|null|no)\.?$/i;

/** Reads a cell that may be plain, a list, or a map of `value` and `explanation`. */
export function readCell(raw: unknown): AssetCell {
  if (raw instanceof Map) {
    const explanation = raw.get("explanation");
    return {
      ...readCell(raw.get("value")),
      explanation: typeof explanation === "string" && explanation.trim() !== ""
        ? explanation.trim()
        : null,
    };
  }
  const cell = (state: AssetCell["state"], value: AssetCell["value"] = null) => ({
    state,
    value,
    explanation: null,
  });
  if (raw === undefined || raw === null) return cell("absent");
  if (Array.isArray(raw)) {
    const items = raw.map((item) =>
      item instanceof Map ? String(item.get("value") ?? "") : String(item ?? "")
    );
    return items.length > 0 ? cell("known", items) : cell("none");
  }
  const text = String(raw).trim();
  if (text === "") return cell("absent");
  if (none.test(text)) return cell("none");
  return unknown.test(text) ? cell("unknown") : cell("known", text);
}

function textOf({ value }: AssetCell): string {
  return typeof value === "string" ? value : value === null ? "" : value.join(", ");
}

/**
 * Makes a record out of its fields.
 *
 * @returns null when it has no name or no known type, which is reported through `fault`
 */
export function toRecord(
  fields: ReadonlyMap<string, unknown>,
  { file, line, fault }: { file: string; line: number; fault: RecordFault },
): AssetRecord | null {
  const cells: Record<string, AssetCell> = Object.create(null);
  for (const [key, raw] of fields) cells[String(key)] = readCell(raw);
  const cell = (name: string) => cells[name] ?? readCell(undefined);
  const place = `${file}:${line}`;
  // A name may be any word, "None" and "unknown" too.
  const rawName = fields.get("name");
  const name = String((rawName instanceof Map ? rawName.get("value") : rawName) ?? "").trim();
  if (name === "") {
    fault("noName", "a record without a name; refused", place);
    return null;
  }
  const type = textOf(cell("type")).toLowerCase() as AssetType;
  if (!assetTypes.includes(type)) {
    fault(
      "noType",
      "a record that is no dataset, model or application; refused",
      `${place}: ${name} is "${type}"`,
    );
    return null;
  }
  const written = textOf(cell("access")).toLowerCase();
  const access = ["open", "limited", "closed"].includes(written) ? written as Access : "unknown";
  if (access === "unknown" && written !== "") {
    fault(
      "otherAccess",
      "an access that is not open, limited or closed; counts as unknown",
      `${name}: ${written}`,
    );
  }
  const date = textOf(cell("created_date"));
  const created = assetDate(date);
  if (Number.isNaN(created) && date !== "") {
    if (/^\d{4}(?:-\d{1,2})?$/.test(date)) {
      fault("incompleteDate", "a bare year or month; no usable date", `${name}: ${date}`);
    } else {fault(
        "impossibleDate",
        "a date that cannot be read; no usable date",
        `${name}: ${date}`,
      );}
  }
  const dependencies = cell("dependencies").value;
  const names = dependencies === null
    ? []
    : Array.isArray(dependencies)
    ? dependencies
    : [dependencies];
  return {
    type,
    name,
    organization: textOf(cell("organization")),
    created,
    access,
    dependencies: names.map((dependency) => dependency.trim()).filter((dependency) =>
      dependency !== ""
    ),
    cells,
    file,
    line,
  };
}

/** A full date, also with one-digit month or day. */
function assetDate(text: string): number {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (match === null) return text.length > 10 ? inRange(parseDate(text)) : NaN;
  return parseDate(`${match[1]}-${match[2].padStart(2, "0")}-${match[3].padStart(2, "0")}`);
}
