import { basename } from "node:path";
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  type RowGroup,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { Issues } from "../core/issues.ts";
import { expandedColumns, expandedRow } from "./expanded_row.ts";

/** Decoded bytes of a row group read at a time, roughly. */
const sliceBytes = 48 << 20;

/** Most slices of a row group without a page index: each reads the whole column chunks from disk again. */
const mostRereads = 8;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Strings as they are; hyparquet's own reader drops a byte-order mark. */
const parsers = {
  stringFromBytes: (bytes: Uint8Array | undefined) => bytes && decoder.decode(bytes),
};

function openBuffer(file: Deno.FsFile, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    slice(start, end = byteLength) {
      const from = start < 0 ? Math.max(0, byteLength + start) : start;
      const bytes = new Uint8Array(Math.max(0, Math.min(end, byteLength) - from));
      // Synchronous, because reads of several columns share the file's position.
      file.seekSync(from, Deno.SeekMode.Start);
      let length = 0;
      while (length < bytes.length) {
        const got = file.readSync(bytes.subarray(length));
        if (got === null) throw new SyntaxError("the file ends too early");
        length += got;
      }
      return Promise.resolve(bytes.buffer);
    },
  };
}

/** Top-level columns by whether they are nested (lists), of those that are read. */
function columnsOf(metadata: FileMetaData): { flat: string[]; nested: string[] } {
  const flat: string[] = [];
  const nested: string[] = [];
  const schema = metadata.schema;
  for (let i = 1; i < schema.length;) {
    const element = schema[i];
    const isNested = (element.num_children ?? 0) > 0 || element.repetition_type === "REPEATED";
    if (expandedColumns.includes(element.name)) (isNested ? nested : flat).push(element.name);
    for (let pending = 1; pending > 0; i++) pending += (schema[i].num_children ?? 0) - 1;
  }
  return { flat, nested };
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

/** Bytes of the named columns of a row group once decompressed. */
function decodedBytes(group: RowGroup, names: string[]): number {
  let bytes = 0;
  for (const { meta_data: chunk } of group.columns) {
    if (chunk && names.includes(chunk.path_in_schema[0])) {
      bytes += Number(chunk.total_uncompressed_size);
    }
  }
  return bytes;
}

function jsonLine(row: Record<string, unknown>): string {
  return JSON.stringify(row, (_, value) => typeof value === "bigint" ? Number(value) : value);
}

type Row = Record<string, unknown>;

/**
 * Rows of a row group in slices of about 48 MB. List columns without a page index can only be decoded from their
 * beginning, so that they are held for the whole row group.
 */
async function* groupRows(
  group: RowGroup,
  { start, columns, read }: {
    start: number;
    columns: { flat: string[]; nested: string[] };
    read: (columns: string[], rowStart: number, rowEnd: number) => Promise<Row[]>;
  },
): AsyncGenerator<Row> {
  const rows = Number(group.num_rows);
  const { flat, nested } = columns;
  const indexed = isIndexed(group, [...flat, ...nested]);
  const slices = Math.ceil(decodedBytes(group, [...flat, ...nested]) / sliceBytes);
  const step = Math.ceil(rows / Math.max(1, indexed ? slices : Math.min(slices, mostRereads)));
  const held = indexed || nested.length === 0 ? null : await read(nested, start, start + rows);
  const perSlice = held === null ? [...flat, ...nested] : flat;
  for (let from = 0; from < rows; from += step) {
    const to = Math.min(rows, from + step);
    const part = perSlice.length > 0 ? await read(perSlice, start + from, start + to) : [];
    for (let i = 0; i < to - from; i++) {
      yield held === null ? part[i] : { ...part[i], ...held[from + i] };
    }
  }
}

/**
 * Hub rows of a Parquet file as lines of JSON, row group by row group; its columns are those of the expanded CSV, or the
 * API's. Lists may be native or text, dates timestamps or text.
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
  const read = (names: string[], rowStart: number, rowEnd: number): Promise<Row[]> =>
    readable(path, () =>
      parquetReadObjects({
        file: buffer,
        metadata,
        compressors,
        parsers,
        columns: names,
        rowStart,
        rowEnd,
        useOffsetIndex: true,
      }));
  let rows = 0;
  let bytes = 0;
  for (const group of metadata.row_groups) {
    checkRows(path, group, columns);
    for await (const row of groupRows(group, { start: rows, columns, read })) {
      const place = `row ${++rows}`;
      try {
        yield jsonLine(expandedRow((name) => row[name], { place, issues }));
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        issues.add(
          "unreadableRow",
          "the row cannot be parsed; left out",
          `${place}: ${error.message}`,
        );
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
