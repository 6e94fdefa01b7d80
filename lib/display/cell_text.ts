import type { ShownColumn } from "./columns.ts";
import { Estimate, intervalText } from "./estimate.ts";
import { numberText } from "./text_table.ts";

/** Whether a cell holds nothing: null, undefined or NaN. */
export function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value) ||
    (value instanceof Estimate && isMissing(value.value));
}

/** A cell as text: an en dash where there is nothing, "yes" and "no", dates by day, lists with commas between. */
export function cellText(value: unknown, { digits, grouped, key }: ShownColumn): string {
  if (isMissing(value)) return "–";
  if (value instanceof Estimate) return value.text(digits);
  if (typeof value === "number") return numberOf(value, digits, grouped);
  if (typeof value === "bigint") return value.toLocaleString("en-US");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value instanceof Date) return dateText(value);
  if (typeof value === "string") return value;
  const list = listOf(value);
  if (list === null) return objectText(value as object);
  if (/interval$/i.test(key) && list.length === 2 && list.every((end) => typeof end === "number")) {
    return intervalText(list as [number, number]);
  }
  return list.map((item) => plainText(item)).join(", ");
}

function numberOf(value: number, digits: number, grouped: boolean): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  // What would be rounded to nothing, such as a small p.
  if (value !== 0 && digits > 0 && Math.abs(value) < 0.5 * 10 ** -digits) {
    return value.toExponential(1);
  }
  return grouped ? numberText(value, { digits }) : value.toFixed(digits);
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

function plainText(value: unknown): string {
  if (isMissing(value)) return "–";
  if (typeof value === "number") {
    return numberText(value, { digits: Number.isInteger(value) ? 0 : 3 });
  }
  if (value instanceof Date) return dateText(value);
  if (typeof value !== "object") return String(value);
  const list = listOf(value);
  return list === null ? objectText(Object(value)) : `[${list.map(plainText).join(", ")}]`;
}

function objectText(value: object): string {
  return Object.entries(value).map(([key, item]) => `${key}: ${plainText(item)}`).join(", ");
}
