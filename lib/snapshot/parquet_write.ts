/**
 * Writes columns of typed arrays as one Parquet row group, most of them uncompressed, so that {@link readParquetColumns} opens it at the
 * speed of reading the file; any Parquet reader takes it. hyparquet-writer writes the page headers, the levels and
 * the footer; only the way from typed arrays to pages is ours, because its own goes through an object per value.
 *
 * @module
 */
import type { ColumnChunk, SchemaElement } from "hyparquet";
import { ByteWriter } from "hyparquet-writer";
import { writePageHeader } from "hyparquet-writer/src/datapage.js";
import { writeRleBitPackedHybrid } from "hyparquet-writer/src/encoding.js";
import { zstdCompressSync } from "node:zlib";
import { writeMetadata } from "hyparquet-writer/src/metadata.js";
import type { StringColumn } from "../core/string_column.ts";

/** A column to write; the value in brackets stands for null. */
export type ParquetColumn =
  /** 32-bit integers [negative]. */
  | { name: string; kind: "int32"; values: Int32Array }
  /** Whole numbers as 64-bit integers [NaN]. */
  | { name: string; kind: "int64"; values: Float64Array }
  /** Milliseconds since 1970 as UTC timestamps [NaN]. */
  | { name: string; kind: "timestamp"; values: Float64Array }
  /** 64-bit floats [NaN]. */
  | { name: string; kind: "double"; values: Float64Array }
  /** 0 and 1 [255]. */
  | { name: string; kind: "boolean"; values: Uint8Array }
  | { name: string; kind: "string"; values: StringColumn }
  /** Strings by code [-1], dictionary-encoded. */
  | { name: string; kind: "codes"; values: Int32Array; dictionary: StringColumn }
  /** Lists of strings by code, dictionary-encoded. */
  | {
    name: string;
    kind: "list";
    offsets: Uint32Array;
    values: Uint32Array;
    dictionary: StringColumn;
  };

/** Rows in a page. */
const pageRows = 1 << 18;
/** Numbers that repeat, mostly zeros: compressed they take a tenth of the space and are read sooner. */
const compressed: ReadonlySet<ParquetColumn["kind"]> = new Set(["int64", "double"]);
const magic = Uint8Array.of(80, 65, 82, 49);

/** Bits that a dictionary's codes need. */
function codeWidth(size: number): number {
  return size <= 1 ? 1 : 32 - Math.clz32(size - 1);
}

/** Writes the columns, each of `rows` rows, to a new file. */
export function writeParquetColumns(
  path: string,
  columns: readonly ParquetColumn[],
  { rows, createdBy }: { rows: number; createdBy: string },
): void {
  const file = Deno.openSync(path, { write: true, create: true, truncate: true });
  try {
    let offset = 0;
    const write = (bytes: Uint8Array) => {
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      offset += bytes.length;
    };
    write(magic);
    const chunks: ColumnChunk[] = [];
    for (const column of columns) {
      chunks.push(writeChunk(column, { rows, write, tell: () => offset }));
    }
    const footer = new ByteWriter();
    const total = BigInt(offset - magic.length);
    writeMetadata(footer, {
      version: 2,
      created_by: createdBy,
      schema: [{ name: "schema", num_children: columns.length }, ...columns.flatMap(schemaOf)],
      num_rows: BigInt(rows),
      row_groups: [{
        columns: chunks,
        num_rows: BigInt(rows),
        total_byte_size: total,
        total_compressed_size: total,
      }],
      metadata_length: 0,
    });
    write(footer.getBytes());
    write(magic);
  } finally {
    file.close();
  }
}

function schemaOf({ name, kind }: ParquetColumn): SchemaElement[] {
  const text = {
    type: "BYTE_ARRAY",
    converted_type: "UTF8",
    logical_type: { type: "STRING" },
  } as const;
  switch (kind) {
    case "int32":
      return [{ name, type: "INT32", repetition_type: "OPTIONAL" }];
    case "int64":
      return [{ name, type: "INT64", repetition_type: "OPTIONAL" }];
    case "timestamp":
      return [{
        name,
        type: "INT64",
        repetition_type: "OPTIONAL",
        converted_type: "TIMESTAMP_MILLIS",
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
      }];
    case "double":
      return [{ name, type: "DOUBLE", repetition_type: "OPTIONAL" }];
    case "boolean":
      return [{ name, type: "BOOLEAN", repetition_type: "OPTIONAL" }];
    case "string":
      return [{ name, repetition_type: "REQUIRED", ...text }];
    case "codes":
      return [{ name, repetition_type: "OPTIONAL", ...text }];
    case "list":
      return [
        {
          name,
          repetition_type: "REQUIRED",
          num_children: 1,
          converted_type: "LIST",
          logical_type: { type: "LIST" },
        },
        { name: "list", repetition_type: "REPEATED", num_children: 1 },
        { name: "element", repetition_type: "REQUIRED", ...text },
      ];
  }
}

function writeChunk(
  column: ParquetColumn,
  { rows, write, tell }: { rows: number; write: (bytes: Uint8Array) => void; tell: () => number },
): ColumnChunk {
  const start = tell();
  const coded = column.kind === "codes" || column.kind === "list";
  if (coded) {
    const body = plainStrings(column.dictionary, 0, column.dictionary.length);
    const header = new ByteWriter();
    writePageHeader(header, {
      type: "DICTIONARY_PAGE",
      uncompressed_page_size: body.length,
      compressed_page_size: body.length,
      dictionary_page_header: { num_values: column.dictionary.length, encoding: "PLAIN" },
    });
    write(header.getBytes());
    write(body);
  }
  const dataStart = tell();
  let values = 0;
  let saved = 0;
  for (let from = 0; from === 0 || from < rows; from += pageRows) {
    const page = writePage(column, { from, to: Math.min(rows, from + pageRows), write });
    values += page.values;
    saved += page.saved;
  }
  const size = BigInt(tell() - start);
  const [leaf] = schemaOf(column).slice(-1);
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: leaf.type!,
      encodings: coded ? ["PLAIN", "RLE", "RLE_DICTIONARY"] : ["PLAIN", "RLE"],
      path_in_schema: column.kind === "list" ? [column.name, "list", "element"] : [column.name],
      codec: compressed.has(column.kind) ? "ZSTD" : "UNCOMPRESSED",
      num_values: BigInt(values),
      total_uncompressed_size: size + BigInt(saved),
      total_compressed_size: size,
      data_page_offset: BigInt(dataStart),
      ...(coded ? { dictionary_page_offset: BigInt(start) } : {}),
    },
  };
}

/** Writes rows from..to as a page; returns its number of values, nulls included, and the bytes that compression saved. */
function writePage(
  column: ParquetColumn,
  { from, to, write }: { from: number; to: number; write: (bytes: Uint8Array) => void },
): { values: number; saved: number } {
  const rows = to - from;
  const repetition = new ByteWriter();
  const definition = new ByteWriter();
  const body = new ByteWriter(1 << 20);
  let values = rows;
  let nulls = 0;
  if (column.kind === "string") {
    body.appendBytes(plainStrings(column.values, from, to));
  } else if (column.kind === "list") {
    const { offsets, values: codes, dictionary } = column;
    const levels = listLevels(offsets, from, to);
    values = levels.repeated.length;
    nulls = values - (offsets[to] - offsets[from]);
    writeRleBitPackedHybrid(repetition, levels.repeated, 1);
    writeRleBitPackedHybrid(definition, levels.defined, 1);
    writeCodes(body, codes.subarray(offsets[from], offsets[to]), dictionary.length);
  } else {
    const present = new Uint8Array(rows);
    const array = column.values;
    for (let i = 0; i < rows; i++) present[i] = isNull(column.kind, array[from + i]) ? 0 : 1;
    let count = 0;
    for (let i = 0; i < rows; i++) count += present[i];
    nulls = rows - count;
    writeRleBitPackedHybrid(definition, present, 1);
    const kept = nulls === 0
      ? array.subarray(from, to)
      : (array.subarray(from, to) as Float64Array).filter((_, i) => present[i] === 1);
    writeValues(body, column, kept);
  }
  const levels = repetition.offset + definition.offset;
  const header = new ByteWriter();
  const packed = compressed.has(column.kind) ? zstdCompressSync(body.getBytes()) : body.getBytes();
  writePageHeader(header, {
    type: "DATA_PAGE_V2",
    uncompressed_page_size: levels + body.offset,
    compressed_page_size: levels + packed.length,
    data_page_header_v2: {
      num_values: values,
      num_nulls: nulls,
      num_rows: rows,
      encoding: column.kind === "codes" || column.kind === "list" ? "RLE_DICTIONARY" : "PLAIN",
      definition_levels_byte_length: definition.offset,
      repetition_levels_byte_length: repetition.offset,
      is_compressed: compressed.has(column.kind),
    },
  });
  write(header.getBytes());
  write(repetition.getBytes());
  write(definition.getBytes());
  write(packed);
  return { values, saved: body.offset - packed.length };
}

function isNull(kind: ParquetColumn["kind"], value: number): boolean {
  if (kind === "boolean") return value > 1;
  return kind === "int32" || kind === "codes" ? value < 0 : Number.isNaN(value);
}

function writeValues(body: ByteWriter, column: ParquetColumn, kept: ArrayLike<number>): void {
  switch (column.kind) {
    case "boolean": {
      const bits = new Uint8Array(Math.ceil(kept.length / 8));
      for (let i = 0; i < kept.length; i++) bits[i >> 3] |= kept[i] << (i & 7);
      return body.appendBytes(bits);
    }
    case "int32":
      return body.appendBytes(new Uint8Array(Int32Array.from(kept).buffer));
    case "double":
      return body.appendBytes(new Uint8Array(Float64Array.from(kept).buffer));
    case "codes":
      return writeCodes(body, kept, column.dictionary.length);
    default: {
      const whole = new BigInt64Array(kept.length);
      for (let i = 0; i < kept.length; i++) whole[i] = BigInt(Math.trunc(kept[i]));
      return body.appendBytes(new Uint8Array(whole.buffer));
    }
  }
}

function writeCodes(body: ByteWriter, codes: ArrayLike<number>, size: number): void {
  const width = codeWidth(size);
  body.appendUint8(width);
  writeRleBitPackedHybrid(body, codes as Uint32Array, width);
}

/** Levels of lists of required strings: an empty list is one undefined value. */
function listLevels(offsets: Uint32Array, from: number, to: number) {
  let length = 0;
  for (let row = from; row < to; row++) length += Math.max(1, offsets[row + 1] - offsets[row]);
  const repeated = new Uint8Array(length);
  const defined = new Uint8Array(length);
  let at = 0;
  for (let row = from; row < to; row++) {
    const count = offsets[row + 1] - offsets[row];
    for (let i = 1; i < count; i++) repeated[at + i] = 1;
    for (let i = 0; i < count; i++) defined[at + i] = 1;
    at += Math.max(1, count);
  }
  return { repeated, defined };
}

/** Strings as PLAIN byte arrays: each with its length in four bytes before it. */
function plainStrings({ bytes, starts, ends }: StringColumn, from: number, to: number): Uint8Array {
  let length = 0;
  for (let i = from; i < to; i++) length += 4 + ends[i] - starts[i];
  const out = new Uint8Array(length);
  const view = new DataView(out.buffer);
  let at = 0;
  for (let i = from; i < to; i++) {
    const size = ends[i] - starts[i];
    view.setUint32(at, size, true);
    out.set(bytes.subarray(starts[i], ends[i]), at + 4);
    at += 4 + size;
  }
  return out;
}
