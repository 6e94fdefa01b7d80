import { numberText } from "./text_table.ts";

/** The rows of a table that are shown, and how many are not. */
export interface CutRows {
  first: readonly object[];
  last: readonly object[];
  /** Rows between them. */
  left: number;
  /** Rows in all. */
  rows: number;
}

/**
 * The first and the last rows; all of them where the row that says how many are left out would stand for one only.
 *
 * @throws {RangeError} when a number of rows is not a whole number of at least 0
 */
export function cutRows(
  rows: readonly object[],
  { first = 10, last = 5 }: { /** @default 10 */ first?: number; /** @default 5 */ last?: number } =
    {},
): CutRows {
  for (const [name, count] of [["first", first], ["last", last]] as const) {
    if (!(count === Infinity || (Number.isInteger(count) && count >= 0))) {
      throw new RangeError(
        `Cannot show the ${name} ${count} rows: expected a whole number of at least 0, or Infinity`,
      );
    }
  }
  const left = rows.length - first - last;
  if (left <= 1) return { first: rows, last: [], left: 0, rows: rows.length };
  return {
    first: rows.slice(0, first),
    last: rows.slice(rows.length - last),
    left,
    rows: rows.length,
  };
}

/** What stands in place of the rows that are left out. */
export function gapText({ left }: CutRows): string {
  return `… ${numberText(left)} more rows …`;
}

/** Numbers of rows and columns in words. */
export function countLine({ rows }: CutRows, columns: number): string {
  const some = (count: number, noun: string) =>
    `${numberText(count)} ${noun}${count === 1 ? "" : "s"}`;
  return `${some(rows, "row")}, ${some(columns, "column")}`;
}
