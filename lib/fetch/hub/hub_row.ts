import type { Issues } from "../../core/issues.ts";
import { rowKeys } from "../../source/hub_fields.ts";

/** Fields that the Hub is asked for; it gives the id in any case. */
export const expandedFields: readonly string[] = [...rowKeys, "lastModified"];

/** Longest row that is taken, in bytes of JSON. */
const longestRow = 8 << 20;

/** A row as the API gives it: an object with an id. */
export interface ServedRow {
  id: string;
  createdAt?: unknown;
  lastModified?: unknown;
}

/**
 * The row in the form of published dumps: `id`, what is there of the fields, and the id again as `modelId`.
 *
 * @param row An object with an id; other keys are left out.
 */
export function hubRow(row: ServedRow): Record<string, unknown> {
  const fields = row as unknown as Record<string, unknown>;
  const taken: Record<string, unknown> = { id: row.id };
  for (const key of rowKeys) {
    if (Object.hasOwn(fields, key) && fields[key] !== null) taken[key] = fields[key];
  }
  taken.modelId = row.id;
  return taken;
}

/** A field that holds a time such as `2026-11-01T00:00:00.000Z`, in milliseconds since 1970; NaN where it holds none. */
export function timeOf(value: unknown): number {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : NaN;
}

/** Whether an element of a page, or a line of a snapshot, is a row; what is none is counted. */
export function isRow(element: unknown, issues: Issues): element is ServedRow {
  if (typeof element !== "object" || element === null || Array.isArray(element)) {
    issues.add("notAnObject", "no JSON object; left out", JSON.stringify(element));
    return false;
  }
  if (Object.hasOwn(element, "id")) {
    const { id } = element as { id: unknown };
    if (typeof id === "string" && id !== "") return true;
  }
  issues.add("noId", "no id; the row is left out", JSON.stringify(element).slice(0, 200));
  return false;
}

/** The line of a row, null where it is too long, which is counted. */
export function rowLine(row: Record<string, unknown>, issues: Issues): Uint8Array | null {
  const line = encoder.encode(`${JSON.stringify(row)}\n`);
  if (line.length <= longestRow) return line;
  issues.add(
    "oversizedRow",
    `longer than ${longestRow} bytes; the row is left out`,
    `${row.id}: ${line.length} bytes`,
  );
  return null;
}

/** Lines one after the other. */
export function joinLines(lines: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lines.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const line of lines) {
    bytes.set(line, at);
    at += line.length;
  }
  return bytes;
}

const encoder = new TextEncoder();
