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

const quoteMark = 34;

const open = 'has a quote (") that is not closed';

/** What a CSV reader says of where it is. */
export interface ReadCsvOptions {
  /**
   * Name of the input, for errors.
   * @default "the CSV"
   */
  source?: string;
}

/**
 * Reads the rows of a CSV, the header row included, as arrays of cells; blank lines are skipped, rows may have any number of
 * cells. Lines end in LF, CR LF or CR; a byte-order mark is skipped; a quote inside a cell that does not begin with one is text.
 * Memory holds the records of one chunk.
 *
 * @param chunks The file as UTF-8 bytes or as text, cut anywhere.
 * @throws {SyntaxError} when a quote is not closed, text follows a closing quote, or the bytes are not UTF-8; says at which line
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
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const splitter = new RecordSplitter(source);
  function decode(chunk: Uint8Array | undefined): string {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw new SyntaxError(
        `Cannot read ${source}: the text after line ${splitter.line} is not UTF-8`,
      );
    }
  }
  for await (const chunk of chunks) {
    yield* rows(splitter.take(typeof chunk === "string" ? chunk : decode(chunk)));
  }
  yield* rows(splitter.take(decode(undefined), { last: true }));
}

function* rows(text: string): Generator<string[]> {
  for (const row of csvParseRows(text)) if (row.length > 1 || row[0] !== "") yield row;
}

/** Cuts text that comes in pieces at the ends of CSV records. */
class RecordSplitter {
  /** Line at which the first record that is not complete begins, counted from 1. */
  line = 1;
  #source: string;
  #pending = "";
  /** How much of the pending text has been looked at. */
  #scanned = 0;
  #quoted = false;
  #begun = false;

  constructor(source: string) {
    this.#source = source;
  }

  /** Adds text; returns the records that are complete now, all that is left when it is the last. */
  take(text: string, { last = false }: { last?: boolean } = {}): string {
    if (!this.#begun && text !== "") {
      this.#begun = true;
      if (text.startsWith("\ufeff")) text = text.slice(1);
    }
    this.#pending += text;
    const cut = this.#scan(last);
    if (last && this.#quoted) {
      throw this.#refused(`${open} before the end; the file may be truncated`);
    }
    const end = last ? this.#pending.length : cut;
    const records = this.#pending.slice(0, end);
    this.#pending = this.#pending.slice(end);
    this.#scanned -= end;
    if (this.#pending.length > longestRecord) {
      throw this.#refused(
        `${this.#quoted ? `${open} within` : "is longer than"} ${longestRecord} characters`,
      );
    }
    this.line += newlines(records);
    return records;
  }

  /** Looks at the new text; returns where the last complete record ends, 0 where none does. */
  #scan(last: boolean): number {
    const text = this.#pending;
    let cut = 0;
    while (this.#scanned < text.length) {
      const at = this.#scanned;
      const found = text.indexOf('"', at);
      const quote = found < 0 ? text.length : found;
      if (!this.#quoted) {
        const newline = text.slice(at, quote).lastIndexOf("\n");
        if (newline >= 0) cut = at + newline + 1;
        this.#quoted = found >= 0 && (found === 0 || isBorder(text.charCodeAt(found - 1)));
        this.#scanned = Math.min(quote + 1, text.length);
        continue;
      }
      this.#scanned = quote;
      // Whether the last character closes the cell or is one half of a doubled quote shows in the next chunk.
      if (quote >= text.length - 1 && !last) break;
      const next = text.charCodeAt(quote + 1);
      if (next === quoteMark) this.#scanned = quote + 2;
      else if (found < 0) break;
      else if (Number.isNaN(next) || isBorder(next)) {
        this.#quoted = false;
        this.#scanned = quote + 1;
      } else {
        throw new SyntaxError(
          `Cannot read ${this.#source}: line ${this.line + newlines(text.slice(0, quote))} has ${
            JSON.stringify(text.slice(quote + 1, quote + 11))
          } after a closing quote, expected a comma or the end of the line`,
        );
      }
    }
    return cut;
  }

  #refused(why: string): SyntaxError {
    return new SyntaxError(
      `Cannot read ${this.#source}: the record that begins at line ${this.line} ${why}`,
    );
  }
}

/** Whether a character ends a cell: comma, LF or CR. */
function isBorder(code: number): boolean {
  return code === 44 || code === 10 || code === 13;
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/**
 * Rows of plain objects as CSV with a header. Text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, their
 * full-width forms, a tab or a line break) gets an apostrophe before it, which spreadsheets hide; numbers are written as they are,
 * dates in ISO form, null and undefined as empty cells.
 *
 * @param options.columns Names and order of the columns; default: all keys in the order they are first met.
 * @throws {TypeError} when a cell holds an object or a function
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
    names.map((name) => Object.hasOwn(row, name) ? cellText(row[name], name) : "")
  );
  return `${csvFormatRows([names.map((name) => cellText(name, name)), ...cells])}\n`;
}

function cellText(value: unknown, column: string): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return /^[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object" || typeof value === "function") {
    throw new TypeError(
      `Cannot write the CSV: column "${column}" holds a value of type ${typeof value}, expected text, a number, a truth value, a date or null`,
    );
  }
  return String(value);
}
