import type { Issues } from "../core/issues.ts";
import { baseModelTags } from "./base_models.ts";
import { inRange, parseDate } from "./dates.ts";
import { rowKeys } from "./hub_fields.ts";
import { parseLiteral } from "./literal.ts";

/** Columns that repeat what `tags` says, and the tag that a value of each stands for. */
const tagColumns: [column: string, prefix: string][] = [
  ["regions", "region:"],
  ["licenses", "license:"],
  ["arxiv_papers", "arxiv:"],
  ["datasets", "dataset:"],
  ["languages", ""],
  ["parent_model", "base_model:"],
  ["finetune_parent", "base_model:finetune:"],
  ["quantized_parent", "base_model:quantized:"],
  ["adapter_parent", "base_model:adapter:"],
  ["merge_parent", "base_model:merge:"],
];

/** All columns that are read; others are ignored. */
export const expandedColumns: readonly string[] = [
  "model_id",
  "id",
  "modelId",
  ...rowKeys,
  "modelCard",
  "card",
  "baseModels",
  ...tagColumns.map(([column]) => column),
];

/** How Python writes that there is no value. */
const absent = new Set(["", "None", "nan", "NaN", "NaT", "<NA>", "null"]);

/** A cell's value, undefined where the cell says that there is none. */
function present(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "string") return absent.has(value.trim()) ? undefined : value;
  return typeof value === "number" && Number.isNaN(value) ? undefined : value;
}

/** A number as pandas may have written it (`12.0`); what is no number stays as it is, for the reader to count. */
function numeric(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "string") return value;
  const text = value.trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : value;
}

function truth(value: unknown): unknown {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "bigint") {
    return value;
  }
  const text = String(value).trim().toLowerCase();
  if (text === "true" || text === "1" || text === "1.0") return true;
  return text === "false" || text === "0" || text === "0.0" ? false : value;
}

/** Milliseconds of a number that counts seconds, milliseconds, microseconds or nanoseconds since 1970, NaN outside 2000 to 2100. */
function sinceEpoch(value: number): number {
  for (const perMillisecond of [0.001, 1, 1e3, 1e6]) {
    const time = inRange(Math.trunc(value / perMillisecond));
    if (!Number.isNaN(time)) return time;
  }
  return NaN;
}

/** A date in the form of the Hub's API; what is no date stays as it is, for the reader to count. */
function date(value: unknown): unknown {
  if (value === undefined) return undefined;
  let time = NaN;
  if (value instanceof Date) time = value.getTime();
  else if (typeof value === "string") time = parseDate(value);
  else if (typeof value === "number" || typeof value === "bigint") time = sinceEpoch(Number(value));
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  return value instanceof Date ? undefined : value;
}

/**
 * A list: native, or the text of a Python or JSON list; another text is a list of one.
 *
 * @throws {SyntaxError} when the text begins like a list and is none
 */
function list(value: unknown, field: string): unknown[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.filter((item) => item !== null && item !== undefined);
  if (typeof value !== "string") return [value];
  const text = value.trim();
  if (!/^[[({]|^set\(/.test(text)) return [text];
  const parsed = parseList(text, field);
  if (!Array.isArray(parsed)) {
    throw new SyntaxError(`${field}: found ${text.slice(0, 60)}, wanted a list`);
  }
  return parsed.filter((item) => item !== null);
}

function parseList(text: string, field: string): unknown {
  try {
    return parseLiteral(text);
  } catch (cause) {
    throw new SyntaxError(`${field}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/**
 * The row that the Hub's API gave for a model, rebuilt from the columns of the expanded table, in the API's order of keys;
 * keys of empty cells are left out. A value of the typed columns (parents, licenses, languages and so on) that `tags` lacks is
 * added to it as the tag it stands for, and counted as `tagMissing`; so are the tags that `baseModels` stands for.
 *
 * @param cell Value of a column: text, or what Parquet holds; undefined where there is no such column.
 * @param options.place Where the row is, for issues.
 * @throws {SyntaxError} when a list cannot be parsed; the message begins with the column's name
 */
export function expandedRow(
  cell: (column: string) => unknown,
  { place, issues }: { place: string; issues: Issues },
): Record<string, unknown> {
  const value = (column: string) => present(cell(column));
  const id = cell("model_id") || cell("id") || cell("modelId") || undefined;
  let tags = list(value("tags"), "tags");
  const known = new Set(tags);
  const add = (tag: string) => {
    if (known.has(tag)) return;
    known.add(tag);
    tags = [...tags ?? [], tag];
    issues.add(
      "tagMissing",
      "a column names what tags lack; the tag is added",
      `${id}: ${tag} (${place})`,
    );
  };
  for (const [column, prefix] of tagColumns) {
    for (const item of list(value(column), column) ?? []) {
      const text = typeof item === "string" ? item.trim() : "";
      if (!absent.has(text)) add(prefix + text);
    }
  }
  for (const tag of baseModelTags(value("baseModels")) ?? []) add(tag);
  const row: Record<string, unknown> = {};
  const set = (key: string, value: unknown) => {
    if (value !== undefined) row[key] = value;
  };
  set("id", id);
  set("likes", numeric(value("likes")));
  set("trendingScore", numeric(value("trendingScore")));
  set("private", truth(value("private")));
  set("downloads", numeric(value("downloads")));
  set("tags", tags);
  set("pipeline_tag", value("pipeline_tag"));
  set("library_name", value("library_name"));
  set("createdAt", date(value("createdAt")));
  set("modelId", cell("modelId") || id);
  set("modelCard", cell("modelCard") ?? cell("card") ?? undefined);
  return row;
}
