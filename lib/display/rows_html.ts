import { cellText, isMissing } from "./cell_text.ts";
import { cellOf, type ShownColumn } from "./columns.ts";
import { Estimate } from "./estimate.ts";
import { tag, textHtml } from "./html.ts";
import { pageScript } from "./page_script.ts";
import { countLine, type CutRows, gapText } from "./cut_rows.ts";
import { sortRows } from "./sort_rows.ts";
import { tableStyle } from "./table_style.ts";

/** A table as HTML that is readable without its style and its script, which {@link withTables} adds. */
export function tableHtml(
  cut: CutRows,
  columns: readonly ShownColumn[],
  { caption, counted = true }: {
    /** @default none */
    caption?: string;
    /** Whether the numbers of rows and columns stand under it. @default true */
    counted?: boolean;
  } = {},
): string {
  const head = columns.map((column) =>
    tag(
      "th",
      {
        scope: "col",
        title: column.heading === column.key ? undefined : column.key,
        ...side(column),
      },
      textHtml(column.heading) +
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
      { ...side(column), "data-v": sortValue(value) },
      textHtml(cellText(value, column)),
    );
  });
  return `${tag("tr", {}, cells.join(""))}\n`;
}

/** What a cell is sorted by, where that is not its text. */
function sortValue(value: unknown): string | undefined {
  if (isMissing(value)) return "";
  if (value instanceof Estimate) return String(value.value);
  if (typeof value === "boolean" || value instanceof Date) return String(Number(value));
  return typeof value === "number" || typeof value === "bigint" ? String(value) : undefined;
}
