import { isPlainObject } from "./cell_text.ts";
import { Estimate } from "./estimate.ts";
import { found } from "./found.ts";

/** A value that is a row of one column. */
export type CellValue = string | number | bigint | boolean | symbol | null | undefined | Date;

/**
 * Rows as objects: an array of values becomes a table of one column, "value".
 *
 * @throws {TypeError} when some elements are rows and others are not, or none is anything
 */
export function plainRows(rows: readonly unknown[]): readonly object[] {
  const isEmpty = (row: unknown) => row === null || row === undefined;
  // Array.from() reads the holes that other methods pass over.
  const all = Array.from(rows);
  const values = all.every((row) => isEmpty(row) || isValue(row));
  if (values && !all.every(isEmpty)) return all.map((value) => ({ value }));
  const wrong = all.findIndex((row) => isEmpty(row) || isValue(row));
  if (wrong < 0) return all as object[];
  throw new TypeError(
    `Cannot show the row at index ${wrong}: found ${
      found(all[wrong])
    }, expected an object in every row, or a value in every row`,
  );
}

/** Whether something is one value: not an object, or one without keys of its own. */
function isValue(row: unknown): boolean {
  if (typeof row !== "object" || row === null) return true;
  if (row instanceof Estimate || row instanceof Error) return true;
  return !Array.isArray(row) && !isPlainObject(row) && Object.keys(row).length === 0;
}
