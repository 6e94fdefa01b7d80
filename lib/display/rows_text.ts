import { cellText } from "./cell_text.ts";
import { cellOf, type ShownColumn } from "./columns.ts";
import { countLine, type CutRows, gapText, type TableOptions } from "./cut_rows.ts";
import { cut as cutText, printable, table } from "./text_table.ts";

/** Most characters of a cell. */
const cellWidth = 48;

/** A table as text for a terminal. */
export function rowsText(
  cut: CutRows,
  columns: readonly ShownColumn[],
  { caption, counted = true }: TableOptions = {},
): string {
  const line = (row: object) =>
    columns.map((column) =>
      cutText(cellText(cellOf(row, column.key), column), { width: cellWidth })
    );
  const head = columns.map(({ heading, unit }) => unit === "" ? heading : `${heading} (${unit})`);
  const lines = table([head, ...cut.first.map(line), ...cut.last.map(line)], {
    indent: "",
    numbers: columns.map(({ kind }) => kind === "number"),
  }).split(
    "\n",
  );
  if (cut.left > 0) lines.splice(1 + cut.first.length, 0, gapText(cut));
  const title = caption === undefined ? [] : [printable(caption)];
  return [...title, ...lines, ...counted ? [countLine(cut, columns.length)] : []].join("\n");
}
