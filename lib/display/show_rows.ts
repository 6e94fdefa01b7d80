import { columnsOf, type RowsOptions } from "./columns.ts";
import { cutRows } from "./cut_rows.ts";
import { tableHtml, withTables } from "./rows_html.ts";
import { rowsText } from "./rows_text.ts";
import { Shown } from "./shown.ts";

/** Plain rows as a table. */
export function showRows(rows: readonly object[], options: RowsOptions = {}): Shown {
  const columns = columnsOf(rows, options);
  const cut = cutRows(rows, options);
  const text = () => rowsText(cut, columns, options);
  return new Shown({
    text,
    bundle: () => ({
      "text/html": withTables(tableHtml(cut, columns, options)),
      "text/plain": text(),
    }),
  });
}
