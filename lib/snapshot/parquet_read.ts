/**
 * Reads the Parquet files that {@link writeParquetColumns} writes into typed arrays, a page at a time, without an object per
 * value: strings stay bytes of the file, whole numbers without nulls are copied as they lie. hyparquet reads footer
 * and page headers.
 *
 * @module
 */
import { type ColumnMetaData, parquetMetadata } from "hyparquet";
import { zstdDecompressSync } from "node:zlib";
import { parquetHeader } from "hyparquet/src/column.js";
import { viewOf } from "../core/byte_table.ts";
import { StringColumn } from "../core/string_column.ts";

/** One page of a column: its level bytes, its value bytes, its counts. */
interface Page {
  values: number;
  rows: number;
  nulls: number;
  repetition: Uint8Array;
  definition: Uint8Array;
  body: Uint8Array;
}

/** The columns of one file, by name. */
export interface ParquetColumns {
  readonly rows: number;
  has(name: string): boolean;
  int32(name: string): Int32Array;
  int64(name: string): Float64Array;
  double(name: string): Float64Array;
  boolean(name: string): Uint8Array;
  string(name: string): StringColumn;
  codes(name: string): { values: Int32Array; dictionary: StringColumn };
  list(name: string): { offsets: Uint32Array; values: Uint32Array; dictionary: StringColumn };
}

/**
 * Opens a file's columns; the columns share the memory of `bytes` where they can.
 *
 * @throws {SyntaxError} when a column is missing or is not as the writer writes it
 */
export function readParquetColumns(
  bytes: Uint8Array<ArrayBuffer>,
  { source }: { source: string },
): ParquetColumns {
  const metadata = parquetMetadata(
    bytes.buffer.slice(
      bytes.byteOffset + footerStart(bytes, source),
      bytes.byteOffset + bytes.length,
    ),
  );
  const rows = Number(metadata.num_rows);
  const [group] = metadata.row_groups;
  const fail = (found: string): never => {
    throw new SyntaxError(`Cannot read "${source}" as a packed snapshot: ${found}; pack it again`);
  };
  const column = (name: string) =>
    group?.columns.map((c) => c.meta_data).find((m) => m?.path_in_schema[0] === name);
  function pages(name: string): { dictionary: StringColumn | null; pages: Page[] } {
    const meta = column(name);
    if (meta === undefined) return fail(`the column "${name}" is missing`);
    if (meta.codec !== "UNCOMPRESSED" && meta.codec !== "ZSTD") {
      return fail(`the column "${name}" is ${meta.codec}, expected UNCOMPRESSED or ZSTD`);
    }
    return readPages(bytes, meta, () => fail(`the column "${name}" has pages of an unknown kind`));
  }
  function numbers<T extends Int32Array | Float64Array | Uint8Array>(
    name: string,
    out: T,
    decode: (page: Page, into: T, count: number) => void,
  ): T {
    let at = 0;
    for (const page of pages(name).pages) {
      decode(page, out.subarray(at, at + page.values) as T, page.values - page.nulls);
      if (page.nulls > 0) spread(out.subarray(at, at + page.values) as T, page);
      at += page.values;
    }
    return at === rows ? out : fail(`the column "${name}" has ${at} values, expected ${rows}`);
  }
  return {
    rows,
    has: (name) => column(name) !== undefined,
    int32: (name) =>
      numbers(name, new Int32Array(rows), ({ body }, into, count) => {
        new Uint8Array(into.buffer, into.byteOffset, 4 * count).set(body.subarray(0, 4 * count));
      }),
    double: (name) =>
      numbers(name, new Float64Array(rows), ({ body }, into, count) => {
        new Uint8Array(into.buffer, into.byteOffset, 8 * count).set(body.subarray(0, 8 * count));
      }),
    int64: (name) =>
      numbers(name, new Float64Array(rows), ({ body }, into, count) => {
        const view = viewOf(body);
        for (let i = 0; i < count; i++) {
          into[i] = view.getInt32(8 * i + 4, true) * 4294967296 + view.getUint32(8 * i, true);
        }
      }),
    boolean: (name) =>
      numbers(name, new Uint8Array(rows), ({ body }, into, count) => {
        for (let i = 0; i < count; i++) into[i] = (body[i >> 3] >> (i & 7)) & 1;
      }),
    string(name) {
      const starts = new Uint32Array(rows);
      const ends = new Uint32Array(rows);
      let at = 0;
      for (const { body, values } of pages(name).pages) {
        plainStrings(
          body,
          body.byteOffset - bytes.byteOffset,
          starts.subarray(at),
          ends.subarray(at),
          values,
        );
        at += values;
      }
      return at === rows
        ? new StringColumn(rows, bytes, starts, ends)
        : fail(`the column "${name}" is short`);
    },
    codes(name) {
      const { dictionary } = pages(name);
      const values = numbers(name, new Int32Array(rows), ({ body }, into, count) => {
        decodeHybrid(body.subarray(1), { width: body[0], into, count });
      });
      return { values, dictionary: dictionary ?? fail(`the column "${name}" has no dictionary`) };
    },
    list(name) {
      const { dictionary, pages: all } = pages(name);
      const total = all.reduce((sum, page) => sum + page.values - page.nulls, 0);
      const values = new Uint32Array(total);
      const offsets = new Uint32Array(rows + 1);
      let at = 0;
      let row = 0;
      for (const page of all) {
        const count = page.values - page.nulls;
        const repeated = decodeHybrid(page.repetition, {
          width: 1,
          into: new Uint8Array(page.values),
          count: page.values,
        });
        const defined = page.nulls === 0 ? null : decodeHybrid(page.definition, {
          width: 1,
          into: new Uint8Array(page.values),
          count: page.values,
        });
        let end = at;
        for (let i = 0; i < page.values; i++) {
          if (repeated[i] === 0) offsets[row++] = end;
          end += defined === null ? 1 : defined[i];
        }
        decodeHybrid(page.body.subarray(1), {
          width: page.body[0],
          into: values.subarray(at, at + count),
          count,
        });
        at += count;
      }
      offsets[rows] = at;
      if (row !== rows) return fail(`the column "${name}" has ${row} rows, expected ${rows}`);
      return {
        offsets,
        values,
        dictionary: dictionary ?? fail(`the column "${name}" has no dictionary`),
      };
    },
  };
}

function footerStart(bytes: Uint8Array, source: string): number {
  const n = bytes.length;
  const length = n >= 12 ? viewOf(bytes).getUint32(n - 8, true) : 0;
  if (n < 12 || String.fromCharCode(...bytes.subarray(n - 4)) !== "PAR1" || length > n - 12) {
    throw new SyntaxError(
      `Cannot read "${source}" as Parquet: it does not end with a footer; it may be truncated`,
    );
  }
  return n - length - 8;
}

function readPages(
  bytes: Uint8Array,
  meta: ColumnMetaData,
  fail: () => never,
): { dictionary: StringColumn | null; pages: Page[] } {
  const start = Number(meta.dictionary_page_offset ?? meta.data_page_offset);
  const end = start + Number(meta.total_compressed_size);
  const reader = { view: viewOf(bytes), offset: start };
  const pages: Page[] = [];
  let dictionary: StringColumn | null = null;
  while (reader.offset < end) {
    const header = parquetHeader(reader);
    const body = bytes.subarray(reader.offset, reader.offset + header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    if (header.dictionary_page_header !== undefined) {
      const n = header.dictionary_page_header.num_values;
      const starts = new Uint32Array(n);
      const ends = new Uint32Array(n);
      plainStrings(body, body.byteOffset - bytes.byteOffset, starts, ends, n);
      dictionary = new StringColumn(n, bytes, starts, ends);
      continue;
    }
    const data = header.data_page_header_v2;
    if (data === undefined) return fail();
    const repetition = data.repetition_levels_byte_length;
    const levels = repetition + data.definition_levels_byte_length;
    pages.push({
      values: data.num_values,
      rows: data.num_rows,
      nulls: data.num_nulls,
      repetition: body.subarray(0, repetition),
      definition: body.subarray(repetition, levels),
      body: data.is_compressed ? zstdDecompressSync(body.subarray(levels)) : body.subarray(levels),
    });
  }
  return { dictionary, pages };
}

/** Places of `count` PLAIN strings; `base` is where the body begins in the bytes that the places refer to. */
function plainStrings(
  body: Uint8Array,
  base: number,
  starts: Uint32Array,
  ends: Uint32Array,
  count: number,
): void {
  const view = viewOf(body);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const size = view.getUint32(at, true);
    starts[i] = base + at + 4;
    at += 4 + size;
    ends[i] = base + at;
  }
}

/** Moves the present values to their places, from the last to the first, and puts the null of their type between them. */
function spread(
  out: Int32Array | Float64Array | Uint8Array,
  { values, nulls, definition }: Page,
): void {
  const defined = decodeHybrid(definition, {
    width: 1,
    into: new Uint8Array(values),
    count: values,
  });
  const none = out instanceof Float64Array ? NaN : out instanceof Int32Array ? -1 : 255;
  for (let i = values - 1, from = values - nulls - 1; i >= 0; i--) {
    out[i] = defined[i] === 1 ? out[from--] : none;
  }
}

/** Decodes Parquet's hybrid of runs and bit-packed groups; a code is read with one unaligned load, so width is at most 25. */
export function decodeHybrid<T extends Uint8Array | Int32Array | Uint32Array>(
  bytes: Uint8Array,
  { width, into, count }: { width: number; into: T; count: number },
): T {
  if (width > 25) throw new RangeError(`Cannot decode codes of ${width} bits: expected at most 25`);
  // Loads of four bytes may reach past the end.
  const padded = new Uint8Array(bytes.length + 4);
  padded.set(bytes);
  const view = viewOf(padded);
  const mask = (1 << width) - 1;
  const size = (width + 7) >> 3;
  let at = 0;
  let done = 0;
  while (done < count) {
    let header = 0;
    for (let shift = 0;; shift += 7) {
      const byte = padded[at++];
      header |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    const runs = header >>> 1;
    if ((header & 1) === 0) {
      into.fill(view.getUint32(at, true) & mask, done, done + runs);
      done += runs;
      at += size;
    } else {
      const stop = Math.min(count, done + 8 * runs);
      for (let bit = 0; done < stop; done++, bit += width) {
        into[done] = (view.getUint32(at + (bit >> 3), true) >>> (bit & 7)) & mask;
      }
      at += runs * width;
    }
  }
  return into;
}
