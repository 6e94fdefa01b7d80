/**
 * The one place where CSV (RFC 4180) is read and written, with d3-dsv; a splitter of our own cuts a stream at the ends of
 * records, so that files larger than memory can be read. Where JSR can be reached, `@std/csv` takes its place so: `readCsv` becomes
 * `stream.pipeThrough(new CsvParseStream())` and `formatCsv` becomes `stringify(rows, { columns })`, with the guard of
 * {@link formatCsv} kept before it. (udsv is faster, but joins a row that is too short with the one after it.)
 *
 * @module
 */
import { csvFormatRows, csvParseRows } from "d3-dsv";

/** Longest record, in UTF-16 units; a quote that is never closed would otherwise take in the rest of the file. */
const longestRecord = 1 << 26;

/** What a CSV reader says of where it is. */
export interface ReadCsvOptions {
  /** Name of the input, for errors. */
  source?: string;
}

/**
 * Reads the rows of a CSV, the header row included, as arrays of cells; blank lines are skipped, rows may have any number of
 * cells. Memory holds the records of one chunk.
 *
 * @param chunks The file as UTF-8 bytes or as text, cut anywhere.
 * @throws {SyntaxError} when a quote is not closed, or the bytes are not UTF-8; says at which line
 *
 * @example
 * ```ts
 * import { readCsv } from "kindred";
 * async function* chunks() {
 *   yield 'id,note\n1,"a\n';
 *   yield 'b"\n';
 * }
 * for await (const row of readCsv(chunks())) row.length; // ["id", "note"], then ["1", "a\nb"]
 * ```
 */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  { source = "the CSV" }: ReadCsvOptions = {},
): AsyncGenerator<string[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let pending = "";
  let scanned = 0;
  let quoted = false;
  let line = 1;
  /** Ends of records: everything up to the last newline outside quotes. */
  function take(): string {
    let cut = 0;
    while (scanned < pending.length) {
      const quote = pending.indexOf('"', scanned);
      const end = quote < 0 ? pending.length : quote;
      if (!quoted) {
        const newline = pending.lastIndexOf("\n", end - 1);
        if (newline >= scanned) cut = newline + 1;
      }
      if (quote >= 0) quoted = !quoted;
      scanned = end + 1;
    }
    const records = pending.slice(0, cut);
    pending = pending.slice(cut);
    scanned = Math.min(scanned, cut + pending.length) - cut;
    for (let at = records.indexOf("\n"); at >= 0; at = records.indexOf("\n", at + 1)) line++;
    return records;
  }
  function* rows(text: string): Generator<string[]> {
    for (const row of csvParseRows(text)) if (row.length > 1 || row[0] !== "") yield row;
  }
  function decode(chunk: Uint8Array | undefined): string {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw new SyntaxError(`Cannot read ${source}: the text after line ${line} is not UTF-8`);
    }
  }
  const unclosed = (why: string) =>
    new SyntaxError(
      `Cannot read ${source}: the record that begins at line ${line} has a quote (") that is not closed ${why}; the file may be truncated`,
    );
  for await (const chunk of chunks) {
    pending += typeof chunk === "string" ? chunk : decode(chunk);
    yield* rows(take());
    if (pending.length > longestRecord) throw unclosed(`within ${longestRecord} characters`);
  }
  pending += decode(undefined);
  yield* rows(take());
  if (quoted) throw unclosed("before the end");
  yield* rows(pending);
}

/**
 * Rows of plain objects as CSV with a header. Text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or
 * a carriage return) gets an apostrophe before it, which spreadsheets hide; numbers are written as they are, null and undefined as
 * empty cells.
 *
 * @param options.columns Names and order of the columns; default: all keys in the order they are first met.
 *
 * @example
 * ```ts
 * import { formatCsv } from "kindred";
 * formatCsv([{ name: "=cmd()", children: 3 }]); // "name,children\n'=cmd(),3\n"
 * ```
 */
export function formatCsv(
  rows: readonly Readonly<Record<string, unknown>>[],
  { columns }: { columns?: readonly string[] } = {},
): string {
  const names = columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) =>
    names.map((name) => Object.hasOwn(row, name) ? cellText(row[name]) : "")
  );
  return `${csvFormatRows([names.map(cellText), ...cells])}\n`;
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
