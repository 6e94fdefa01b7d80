import { cellText, isInterval, isMissing } from "./cell_text.ts";
import { cellOf, type ShownColumn } from "./columns.ts";
import { Estimate } from "./estimate.ts";
import { tag, textHtml } from "./html.ts";
import { pageScript } from "./page_script.ts";
import { countLine, type CutRows, gapText, type TableOptions } from "./cut_rows.ts";
import { sortRows } from "./sort_rows.ts";
import { tableStyle } from "./table_style.ts";

/** A table as HTML that is readable without its style and its script, which {@link withTables} adds. */
export function tableHtml(
  cut: CutRows,
  columns: readonly ShownColumn[],
  { caption, counted = true }: TableOptions = {},
): string {
  const head = columns.map((column) =>
    tag(
      "th",
      {
        scope: "col",
        title: column.heading === column.key ? undefined : column.key,
        ...side(column),
      },
      cellHtml(column.heading, false) +
        (column.unit === "" ? "" : tag("span", { class: "u" }, ` ${textHtml(column.unit)}`)),
    )
  ).join("");
  const body = [
    ...cut.first.map((row) => rowHtml(row, columns)),
    ...cut.left === 0 ? [] : [
      `${
        tag(
          "tr",
          { class: "g" },
          tag("td", { colspan: columns.length, align: "center" }, gapText(cut)),
        )
      }\n`,
    ],
    ...cut.last.map((row) => rowHtml(row, columns)),
  ].join("");
  // A <caption> would be broken into lines as narrow as the table.
  const title = caption === undefined
    ? ""
    : `${tag("p", { class: "c" }, tag("strong", {}, textHtml(caption)))}\n`;
  const table = tag(
    "table",
    { "aria-label": caption },
    `<thead>${tag("tr", {}, head)}</thead>\n<tbody>\n${body}</tbody>`,
  );
  const count = counted ? `\n${tag("p", {}, countLine(cut, columns.length))}` : "";
  // The last attribute keeps JupyterLab's shortcuts away from keys pressed on a head.
  return tag(
    "div",
    { class: "kindred-rows", "data-lm-suppress-shortcuts": "true" },
    title + table + count,
  );
}

/** Tables, and what stands between them, with the style and the script of tables. */
export function withTables(html: string): string {
  return `<style>${tableStyle}</style>\n${html}\n${pageScript(sortRows)}`;
}

/** Numbers stand to the right; the attribute holds also where a sanitiser took the style away. */
function side({ kind }: ShownColumn): Record<string, string | undefined> {
  return kind === "number" ? { class: "n", align: "right" } : {};
}

function rowHtml(row: object, columns: readonly ShownColumn[]): string {
  const cells = columns.map((column) => {
    const value = cellOf(row, column.key);
    return tag(
      "td",
      { ...side(column), "data-v": sortValue(value, column) },
      cellHtml(cellText(value, column), isNumeric(value, column)),
    );
  });
  return `${tag("tr", {}, cells.join(""))}\n`;
}

/** Whether a cell is written as a number, or as several. */
function isNumeric(value: unknown, { key }: ShownColumn): boolean {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Estimate ||
    isInterval(value, key);
}

/**
 * The text of a cell: numbers with a true minus, which is as wide as their digits; long words such as `parentDiffersByCase` with the
 * places where they may be broken.
 */
function cellHtml(text: string, numeric: boolean): string {
  if (numeric) return textHtml(text.replace(/(?<![\w.])-(?=[\d∞])/g, "−"));
  return text.split(/(\w{16,})/)
    .map((part, i) =>
      i % 2 === 0
        ? textHtml(part)
        : part.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=_)(?=[^_])/).map(textHtml).join("<wbr>")
    )
    .join("");
}

/** What a cell is sorted by, where that is not its text. */
function sortValue(value: unknown, { key }: ShownColumn): string | undefined {
  if (isMissing(value)) return "";
  if (isInterval(value, key)) return String(value[0]);
  if (value instanceof Estimate) return String(value.value);
  if (typeof value === "boolean" || value instanceof Date) return String(Number(value));
  return typeof value === "number" || typeof value === "bigint" ? String(value) : undefined;
}
