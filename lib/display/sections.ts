import { columnsOf, type RowsOptions } from "./columns.ts";
import { cutRows } from "./cut_rows.ts";
import { tag, textHtml } from "./html.ts";
import { tableHtml, withTables } from "./rows_html.ts";
import { rowsText } from "./rows_text.ts";
import { Shown } from "./shown.ts";
import { printable } from "./text_table.ts";

/** A part of a report: a heading, what is to be known first, and a table. */
export interface Section {
  /** The heading. */
  title: string;
  /** Sentences under it. @default none */
  words?: readonly string[];
  /** The rows of its table. @default none */
  rows?: readonly object[];
  /** How the table is shown. @default every row */
  options?: Omit<RowsOptions, "caption">;
}

/** Sections under one title. */
export function showSections(
  title: string,
  { words = [], sections }: {
    /** @default none */ words?: readonly string[];
    sections: readonly Section[];
  },
): Shown {
  const text = () =>
    [[title, ...words].map(printable).join("\n"), ...sections.map(sectionText)].join("\n\n");
  return new Shown({
    text,
    bundle: () => ({
      "text/html": withTables(
        tag(
          "div",
          { class: "kindred-report" },
          `${tag("h3", {}, textHtml(title))}\n${paragraphs(words)}${
            sections.map(sectionHtml).join("\n")
          }`,
        ),
      ),
      "text/plain": text(),
    }),
  });
}

function tableOf({ rows = [], options = {} }: Section) {
  const cut = cutRows(rows, { first: Infinity, last: 0, ...options });
  return { cut, columns: columnsOf(rows, options) };
}

function sectionHtml(section: Section): string {
  const { title, words = [], rows = [] } = section;
  const { cut, columns } = tableOf(section);
  const table = rows.length === 0 ? "" : tableHtml(cut, columns, { counted: false });
  return `${tag("h4", {}, textHtml(title))}\n${paragraphs(words)}${table}`;
}

function paragraphs(words: readonly string[]): string {
  return words.map((sentence) => `${tag("p", {}, textHtml(sentence))}\n`).join("");
}

function sectionText(section: Section): string {
  const { title, words = [], rows = [] } = section;
  const { cut, columns } = tableOf(section);
  const table = rows.length === 0 ? [] : [rowsText(cut, columns, { counted: false })];
  return [...[title, ...words].map(printable), ...table].join("\n");
}
