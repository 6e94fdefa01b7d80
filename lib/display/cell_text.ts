import type { ShownColumn } from "./columns.ts";
import { Estimate, intervalText } from "./estimate.ts";
import { numberText } from "./text_table.ts";

/** Whether a cell holds nothing: null, undefined or NaN. */
export function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value) ||
    (value instanceof Estimate && isMissing(value.value));
}

/** Deepest level of a value inside a cell that is written out. */
const deepest = 5;

/** A cell as text: an en dash where there is nothing, "yes" and "no", dates by day, lists with commas between. */
export function cellText(value: unknown, { digits, grouped, key }: ShownColumn): string {
  if (isMissing(value)) return "–";
  if (value instanceof Estimate) return value.text(digits);
  if (typeof value === "number") return numberOf(value, digits, grouped);
  if (typeof value === "bigint") return numberText(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (isInterval(value, key)) return intervalText(value);
  return typeof value === "object" ? insideText(value as object, []) : String(value);
}

/** Whether a cell is two numbers of a column that is called an interval. */
export function isInterval(value: unknown, key: string): value is [number, number] {
  return /interval$/i.test(key) && Array.isArray(value) && value.length === 2 &&
    value.every((end) => typeof end === "number");
}

function numberOf(value: number, digits: number, grouped: boolean): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  // What would be rounded to nothing, such as a small p.
  if (value !== 0 && digits > 0 && Math.abs(value) < 0.5 * 10 ** -digits) {
    return value.toExponential(1);
  }
  return numberText(value, { digits, grouped });
}

function dateText(date: Date): string {
  return Number.isNaN(date.getTime())
    ? "–"
    : date.toISOString().replace(/T00:00:00\.000Z$/, "").replace(/^(.{10})T(.{5}).*$/, "$1 $2");
}

function listOf(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value;
  if (value instanceof Set) return [...value];
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? Array.from(value as unknown as ArrayLike<number>)
    : null;
}

/** A value inside another, whose `above` are the objects that it is in. */
function plainText(value: unknown, above: readonly object[]): string {
  if (isMissing(value)) return "–";
  if (value instanceof Estimate) return value.text(3);
  if (typeof value === "number") {
    return numberText(value, { digits: Number.isInteger(value) ? 0 : 3 });
  }
  if (typeof value !== "object") return String(value);
  const text = insideText(value as object, above);
  return listOf(value) === null ? text : `[${text}]`;
}

/** What is in an object; an ellipsis for what it is itself inside, and for what is deeper than people read. */
function insideText(value: object, above: readonly object[]): string {
  if (value instanceof Date) return dateText(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (above.includes(value) || above.length >= deepest) return "…";
  const within = [...above, value];
  const list = listOf(value);
  if (list !== null) return list.map((item) => plainText(item, within)).join(", ");
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  if (entries.length === 0 && !(value instanceof Map) && !isPlainObject(value)) {
    return String(value);
  }
  return entries.map(([key, item]) => `${plainText(key, within)}: ${plainText(item, within)}`)
    .join(", ");
}

/** Whether an object is of no class. */
export function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
