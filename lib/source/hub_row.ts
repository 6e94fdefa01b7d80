import { viewOf } from "../core/byte_table.ts";
import { space } from "./json_bytes.ts";
import type { BatchIssue } from "./hub_batch.ts";
import type { HubColumns } from "./hub_columns.ts";
import { parseDate } from "./dates.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const kept = 3;

/** Counts the faults of a block by kind; the caller knows at which line of the file the block begins. */
export class BatchIssues {
  #kinds = new Map<string, BatchIssue>();

  add(kind: string, rule: string, line: number, text: string): void {
    let entry = this.#kinds.get(kind);
    if (entry === undefined) this.#kinds.set(kind, entry = { kind, rule, count: 0, examples: [] });
    entry.count++;
    if (entry.examples.length < kept) entry.examples.push({ line, text: text.slice(0, 100) });
  }

  take(): BatchIssue[] {
    const list = [...this.#kinds.values()];
    this.#kinds = new Map();
    return list;
  }
}

/** Whether a card says that a program wrote it (paper's rule). */
export function isAutomatic(card: string): boolean {
  return /automatically generated|generated automatically/i.test(card);
}

/** Length of a string in Unicode code points. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xdc00) count--;
  return count;
}

/** Where a row is in a block, and where its faults are counted. */
export interface RowPlace {
  /** Number of the line in the block. */
  line: number;
  lineStart: number;
  lineEnd: number;
  issues: BatchIssues;
}

/** Decodes and parses a line and adds its row, if there is one; returns what was parsed. A line that cannot be is refused. */
export function addLine(block: Uint8Array, columns: HubColumns, place: RowPlace): unknown {
  const { line, lineStart, lineEnd, issues } = place;
  columns.reset();
  let p = lineStart;
  while (p < lineEnd && space[block[p]] === 1) p++;
  if (p === lineEnd) return undefined;
  let text: string;
  try {
    text = decoder.decode(block.subarray(lineStart, lineEnd));
  } catch {
    const start = block.subarray(lineStart, Math.min(lineEnd, lineStart + 100));
    issues.add("notUtf8", "the line is not UTF-8; refused", line, new TextDecoder().decode(start));
    return undefined;
  }
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    issues.add("notJson", "the line is not JSON; refused", line, text);
    return undefined;
  }
  addRow(row, columns, place);
  return row;
}

/**
 * Adds a parsed Hub row to the columns: the readable definition of what a row means, and the path of every row that the
 * byte scanner does not take. Fields of a wrong type count as absent (`badField`); a row without an id is refused.
 */
export function addRow(
  row: unknown,
  columns: HubColumns,
  { line, lineStart, lineEnd, issues }: RowPlace,
): void {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    issues.add("notAnObject", "the line is no JSON object; refused", line, JSON.stringify(row));
    return;
  }
  const fields = row as Record<string, unknown>;
  const own = (name: string) => Object.hasOwn(fields, name) ? fields[name] : undefined;
  const id = own("id") ?? own("modelId");
  if (typeof id !== "string" || id === "") {
    issues.add("noId", "no id; the row is refused", line, JSON.stringify(row));
    return;
  }
  const bad = (name: string, value: unknown) =>
    issues.add(
      "badField",
      "a field of the wrong type counts as absent",
      line,
      `${id}: ${name} is ${JSON.stringify(value)}`,
    );
  const number = (name: string): number => {
    const value = own(name) ?? null;
    if (value === null) return NaN;
    if (typeof value === "number") return value;
    bad(name, value);
    return NaN;
  };
  const string = (name: string): string | null => {
    const value = own(name) ?? null;
    if (value === null || typeof value === "string") return value === "" ? null : value;
    bad(name, value);
    return null;
  };
  const whole = (name: string): number => {
    const value = number(name);
    if (Number.isNaN(value) || Number.isSafeInteger(value)) return value;
    bad(name, value);
    return NaN;
  };
  columns.likes = whole("likes");
  columns.downloads = whole("downloads");
  columns.trending = number("trendingScore");
  const isPrivate = own("private") ?? null;
  if (typeof isPrivate === "boolean") columns.private = isPrivate ? 1 : 0;
  else if (isPrivate !== null) bad("private", isPrivate);
  const task = string("pipeline_tag");
  if (task !== null) columns.task = columns.tasks.table.internString(task);
  const library = string("library_name");
  if (library !== null) columns.library = columns.libraries.table.internString(library);
  const created = string("createdAt");
  if (created !== null) {
    columns.created = parseDate(created);
    if (Number.isNaN(columns.created)) {
      issues.add(
        "impossibleDate",
        "no such date, or outside 2000 to 2100; counts as not known",
        line,
        created,
      );
    }
  }
  const tags = own("tags") ?? null;
  if (Array.isArray(tags)) {
    for (const tag of tags) {
      if (typeof tag !== "string") {
        bad("a tag", tag);
        continue;
      }
      columns.addTag(columns.tags.table.internString(tag));
    }
  } else if (tags !== null) bad("tags", tags);
  const card = own("modelCard") ?? null;
  if (typeof card === "string") {
    columns.cardCharacters = codePoints(card);
    columns.cardAutomatic = isAutomatic(card) ? 1 : 0;
  } else if (card !== null) bad("modelCard", card);
  const bytes = encoder.encode(id);
  columns.commit(viewOf(bytes), 0, bytes.length, { line, lineStart, lineEnd });
}
