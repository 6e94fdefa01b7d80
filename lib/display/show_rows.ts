import { checkOptions } from "./check_options.ts";
import { columnsOf, type RowsOptions } from "./columns.ts";
import { cutRows } from "./cut_rows.ts";
import { found } from "./found.ts";
import { plainRows } from "./plain_rows.ts";
import { tableHtml, withTables } from "./rows_html.ts";
import { rowsText } from "./rows_text.ts";
import { Shown } from "./shown.ts";

const known = ["columns", "headings", "units", "digits", "first", "last", "caption"];

/**
 * Plain rows, or plain values, as a table.
 *
 * @throws {TypeError} when a row or an option is not of its shape
 * @throws {RangeError} when a column or a number of rows or decimals cannot be shown
 */
export function showRows(given: readonly unknown[], options: RowsOptions = {}): Shown {
  checkOptions(options, { action: "show rows", known });
  const { caption } = options;
  if (caption !== undefined && typeof caption !== "string") {
    throw new TypeError(
      `Cannot show rows with the option "caption": found ${found(caption)}, expected a text`,
    );
  }
  const rows = plainRows(given);
  const columns = columnsOf(rows, options);
  const cut = cutRows(rows, options);
  const text = () => rowsText(cut, columns, { caption });
  return new Shown({
    text,
    bundle: () => ({
      "text/html": withTables(tableHtml(cut, columns, { caption })),
      "text/plain": text(),
    }),
  });
}
