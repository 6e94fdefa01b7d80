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

/** The row of a record of the CSV `modelId,fullJson`; an id that the literal lacks comes from the first column. */
function fullJsonRow({ cell }: CsvRecord): object {
  const text = cell("fullJson");
  if (text === undefined) throw new SyntaxError("fullJson: the cell is empty");
  const row = parseObject(text);
  if (Object.hasOwn(row, "id") || Object.hasOwn(row, "modelId")) return row;
  return Object.assign({ id: cell("modelId") }, row);
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
  return csvLines(chunks, { ...options, toRow: fullJsonRow });
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
