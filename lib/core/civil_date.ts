/**
 * Day of a time as `2024-02-29`, null for NaN and for times before the year 1 or after 9999.
 *
 * @param milliseconds Since 1970-01-01 UTC.
 *
 * @example
 * ```ts
 * import { civilDate } from "kindred";
 * civilDate(Date.UTC(2024, 1, 29)); // "2024-02-29"
 * ```
 */
export function civilDate(milliseconds: number): string | null {
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? date.toISOString().slice(0, 10) : null;
}
