import { basename } from "node:path";
import { type FileMetaData, parquetMetadataAsync, parquetScan, type RowGroup } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { Issues } from "../core/issues.ts";
import { compactBaseModels } from "./base_models.ts";
import { CompactLists } from "./compact_lists.ts";
import { expandedColumns, expandedRow } from "./expanded_row.ts";
import { fullJsonColumns, fullJsonRow } from "./hub_csv.ts";
import { openBuffer } from "./parquet_buffer.ts";

/** Most rows, and about the most decoded bytes, of flat columns read at a time. */
const sliceRows = 1 << 14;
const sliceBytes = 48 << 20;

/** Bytes that may be read again and again where a row group has no index of its pages; never fewer slices than 8. */
const rereadBytes = 8e9;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Strings as they are; hyparquet's own reader drops a byte-order mark. */
const parsers = {
  stringFromBytes: (bytes: Uint8Array | undefined) => bytes && decoder.decode(bytes),
};

/** Columns that are read. */
interface Columns {
  flat: string[];
  /** Lists and structs. */
  nested: string[];
  /** Whether the rows stand in a column of their own, as Python or JSON. */
  fullJson: boolean;
}

/** Top-level columns of those that are read. */
function columnsOf({ schema }: FileMetaData): Columns {
  const found = new Map<string, boolean>();
  for (let i = 1; i < schema.length;) {
    const { name, num_children: children = 0, repetition_type: repetition } = schema[i];
    found.set(name, children > 0 || repetition === "REPEATED");
    for (let pending = 1; pending > 0; i++) pending += (schema[i].num_children ?? 0) - 1;
  }
  const fullJson = found.get("fullJson") === false;
  const read = [...found].filter(([name]) =>
    (fullJson ? fullJsonColumns : expandedColumns).includes(name)
  );
  return {
    flat: read.filter(([, nested]) => !nested).map(([name]) => name),
    nested: read.filter(([, nested]) => nested).map(([name]) => name),
    fullJson,
  };
}

/** Whether all chunks of the named columns have an index of their pages, so that a slice reads only its own. */
function isIndexed(group: RowGroup, names: string[]): boolean {
  return group.columns.every((chunk) =>
    !names.includes(chunk.meta_data?.path_in_schema[0] ?? "") ||
    chunk.offset_index_offset !== undefined
  );
}

/** Refuses a row group whose flat columns have not one value for each row, before memory is made for what it claims. */
function checkRows(path: string, group: RowGroup, { flat }: { flat: string[] }): void {
  for (const { meta_data: chunk } of group.columns) {
    if (!chunk || !flat.includes(chunk.path_in_schema[0]) || chunk.num_values === group.num_rows) {
      continue;
    }
    throw new SyntaxError(
      `Cannot read "${path}" as Parquet: column ${
        chunk.path_in_schema[0]
      } has ${chunk.num_values} values in a row group of ${group.num_rows} rows`,
    );
  }
}

/** Rows of the flat columns to read at a time. */
function sliceLength(group: RowGroup, flat: string[]): number {
  let decoded = 0;
  let stored = 0;
  for (const { meta_data: chunk } of group.columns) {
    if (!chunk || !flat.includes(chunk.path_in_schema[0])) continue;
    decoded += Number(chunk.total_uncompressed_size);
    stored += Number(chunk.total_compressed_size);
  }
  const rows = Number(group.num_rows);
  const slices = Math.max(rows / sliceRows, decoded / sliceBytes);
  // Without an index each slice reads the column chunks as a whole.
  const most = isIndexed(group, flat) ? Infinity : Math.max(8, rereadBytes / stored);
  return Math.max(1, Math.ceil(rows / Math.min(slices, most)));
}

function jsonLine(row: object): string {
  try {
    return JSON.stringify(row);
  } catch {
    // Whole numbers of 64 bits where a text is expected.
    return JSON.stringify(row, (_, value) => typeof value === "bigint" ? Number(value) : value);
  }
}

/** Reads one column of some rows. */
type ReadColumn = (
  column: string,
  range: { start: number; end: number },
) => Promise<ArrayLike<unknown>>;

/** Some rows by column. */
interface Slice {
  rows: number;
  /** Value of a column in row i of the slice. */
  cell(column: string, i: number): unknown;
}

/**
 * A row group in slices: flat columns are read slice by slice; list columns, which can only be decoded from the row group's
 * beginning, one after the other as a whole, and kept as codes.
 */
async function* groupSlices(
  group: RowGroup,
  { start, columns, read }: {
    start: number;
    columns: { flat: string[]; nested: string[] };
    read: ReadColumn;
  },
): AsyncGenerator<Slice> {
  const rows = Number(group.num_rows);
  const lists = new Map<string, CompactLists>();
  for (const name of columns.nested) {
    const values = await read(name, { start, end: start + rows });
    lists.set(name, new CompactLists(name === "baseModels" ? compactBaseModels(values) : values));
  }
  const step = sliceLength(group, columns.flat);
  for (let from = 0; from < rows; from += step) {
    const to = Math.min(rows, from + step);
    const flat = new Map<string, ArrayLike<unknown>>();
    for (const name of columns.flat) {
      flat.set(name, await read(name, { start: start + from, end: start + to }));
    }
    const cell = (column: string, i: number) =>
      flat.get(column)?.[i] ?? lists.get(column)?.at(from + i);
    yield { rows: to - from, cell };
  }
}

/**
 * Hub rows of a Parquet file as lines of JSON, row group by row group; its columns are those of the expanded CSV, of
 * the CSV `modelId,fullJson`, or the API's. Lists may be native or text, dates timestamps or text.
 *
 * @param options.onBytes Called with the compressed bytes of the row groups read so far.
 * @throws {TypeError} when the file has no column of ids
 * @throws {SyntaxError} when the file is truncated, damaged or compressed in an unknown way
 */
export async function* parquetLines(
  path: string,
  { issues, onBytes }: { issues: Issues; onBytes?: (read: number) => void },
): AsyncGenerator<string> {
  using file = await Deno.open(path);
  const buffer = openBuffer(file, (await file.stat()).size);
  const metadata = await readable(path, () => parquetMetadataAsync(buffer, { parsers }));
  const columns = columnsOf(metadata);
  if (!columns.flat.some((name) => ["model_id", "id", "modelId"].includes(name))) {
    const found = metadata.schema.slice(1).map(({ name }) => name).slice(0, 30).join(", ");
    throw new TypeError(
      `Cannot read "${
        basename(path)
      }" as Hub rows: its columns are ${found}; wanted model_id, id or modelId`,
    );
  }
  const read: ReadColumn = (column, { start, end }) =>
    readable(path, async () => {
      // A scan keeps what it has read last, so that each column gets one of its own.
      const scan = await parquetScan({ file: buffer, metadata, compressors, parsers });
      return await scan.readColumn({ column, rowStart: start, rowEnd: end });
    });
  let rows = 0;
  let bytes = 0;
  for (const group of metadata.row_groups) {
    checkRows(path, group, columns);
    for await (const slice of groupSlices(group, { start: rows, columns, read })) {
      for (let i = 0; i < slice.rows; i++) {
        const place = `row ${++rows}`;
        try {
          const cell = (name: string) => slice.cell(name, i);
          yield jsonLine(
            columns.fullJson ? fullJsonRow(cell) : expandedRow(cell, { place, issues }),
          );
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          issues.add(
            "unreadableRow",
            "the row cannot be parsed; left out",
            `${place}, ${error.message}`,
          );
        }
      }
    }
    bytes += Number(group.total_compressed_size ?? group.total_byte_size);
    onBytes?.(bytes);
  }
}

/** Turns whatever the Parquet reader throws into an error that names the file. */
async function readable<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new SyntaxError(`Cannot read "${path}" as Parquet: ${message}`, { cause });
  }
}
