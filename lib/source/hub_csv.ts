import type { Issues } from "../core/issues.ts";
import { readCsv } from "./csv.ts";
import { expandedRow } from "./expanded_row.ts";
import { parseLiteral } from "./literal.ts";

/** Where a CSV of Hub rows comes from and who counts its faults. */
export interface HubCsvOptions {
  /** Name of the input for errors. */
  source: string;
  issues: Issues;
}

/** A record of a CSV by column. */
interface CsvRecord {
  /** Cell of a column; undefined where it is empty or there is none. */
  cell(column: string): string | undefined;
  /** Where the record begins, for issues; blank lines between records are not counted. */
  place: string;
}

function newlines(row: string[]): number {
  let count = 0;
  for (const cell of row) {
    for (let at = cell.indexOf("\n"); at >= 0; at = cell.indexOf("\n", at + 1)) count++;
  }
  return count;
}

/** One line of JSON for each record that `toRow` can turn into a row; the others are counted as `unreadableRow`. */
async function* csvLines(
  chunks: AsyncIterable<Uint8Array>,
  { source, issues, toRow }: HubCsvOptions & { toRow: (record: CsvRecord) => object },
): AsyncGenerator<string> {
  let columns: Map<string, number> | null = null;
  let row: string[] = [];
  let line = 1;
  const record: CsvRecord = {
    cell: (column) => row[columns?.get(column) ?? -1] || undefined,
    place: "",
  };
  for await (row of readCsv(chunks, { source })) {
    if (columns === null) columns = new Map(row.map((name, i) => [name.trim(), i]));
    else {
      record.place = `line ${line}`;
      try {
        yield JSON.stringify(toRow(record));
      } catch (error) {
        if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
        issues.add(
          "unreadableRow",
          "the row cannot be parsed; left out",
          `${record.place}, ${error.message}`,
        );
      }
    }
    line += 1 + newlines(row);
  }
}

/** Columns of the table `modelId,fullJson`, to which cards may be added. */
export const fullJsonColumns: readonly string[] = ["modelId", "fullJson", "modelCard", "card"];

/**
 * The row of a record of the table `modelId,fullJson`; an id or a card that the literal lacks comes from the other columns.
 *
 * @throws {SyntaxError} when the cell is empty or holds no dict
 */
export function fullJsonRow(cell: (column: string) => unknown): object {
  const text = cell("fullJson");
  if (typeof text !== "string" || text === "") {
    throw new SyntaxError("fullJson: the cell is empty");
  }
  const row = parseObject(text);
  const named = Object.hasOwn(row, "id") || Object.hasOwn(row, "modelId");
  const card = Object.hasOwn(row, "modelCard") ? null : cell("modelCard") ?? cell("card") ?? null;
  if (named && card === null) return row;
  // A spread keeps a key `__proto__`.
  return {
    ...(named ? {} : { id: cell("modelId") }),
    ...row,
    ...(card === null ? {} : { modelCard: card }),
  };
}

function parseObject(text: string): object {
  let row: unknown;
  try {
    row = parseLiteral(text);
  } catch (cause) {
    throw new SyntaxError(`fullJson: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  if (typeof row === "object" && row !== null && !Array.isArray(row)) return row;
  throw new SyntaxError(`fullJson: found ${text.slice(0, 60)}, wanted a dict`);
}

/**
 * Hub rows of the CSV `modelId,fullJson`, whose second column holds a Python dict, as lines of JSON.
 *
 * @throws {SyntaxError} when a quote is not closed or the text is not UTF-8
 */
export function fullJsonCsvLines(
  chunks: AsyncIterable<Uint8Array>,
  options: HubCsvOptions,
): AsyncGenerator<string> {
  return csvLines(chunks, { ...options, toRow: ({ cell }) => fullJsonRow(cell) });
}

/**
 * Hub rows of the expanded CSV, one column for each trait, as lines of JSON.
 *
 * @throws {SyntaxError} when a quote is not closed or the text is not UTF-8
 */
export function expandedCsvLines(
  chunks: AsyncIterable<Uint8Array>,
  options: HubCsvOptions,
): AsyncGenerator<string> {
  const toRow = ({ cell, place }: CsvRecord) =>
    expandedRow(cell, { place, issues: options.issues });
  return csvLines(chunks, { ...options, toRow });
}
