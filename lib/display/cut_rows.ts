import { checkCount } from "./check_options.ts";
import { numberText } from "./text_table.ts";

/** How a table of {@link CutRows} is drawn, as a page or as text. */
export interface TableOptions {
  /** @default none */
  caption?: string;
  /** Whether the numbers of rows and columns stand under it. @default true */
  counted?: boolean;
}

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
 * @throws {TypeError} when a number of rows is no number
 * @throws {RangeError} when it is not whole or less than 0
 */
export function cutRows(
  rows: readonly object[],
  { first = 10, last = 5 }: { /** @default 10 */ first?: number; /** @default 5 */ last?: number } =
    {},
): CutRows {
  for (const [name, count] of [["first", first], ["last", last]] as const) {
    checkCount(name, count, { action: "show rows" });
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
