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
import { constants, zstdCompressSync } from "node:zlib";
import type { StringColumn } from "../core/string_column.ts";
import { magic, ParquetFile } from "./parquet_file.ts";
import {
  listLevels,
  packBits,
  packedCodes,
  plainStrings,
  presentFloats,
  presentIntegers,
  presentOnly,
  wholeNumbers,
  writeLevels,
} from "./parquet_values.ts";

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
const zstdOptions = { chunkSize: 1 << 18, params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Writes the columns, each of `rows` rows, to a new file; returns its SHA-256. */
export async function writeParquetColumns(
  path: string,
  columns: readonly ParquetColumn[],
  { rows, createdBy }: { rows: number; createdBy: string },
): Promise<string> {
  using file = new ParquetFile(path);
  const chunks: ColumnChunk[] = [];
  for (const column of columns) chunks.push(await writeChunk(column, { rows, file }));
  const total = BigInt(file.offset - magic.length);
  return await file.finish({
    createdBy,
    schema: [{ name: "schema", num_children: columns.length }, ...columns.flatMap(schemaOf)],
    groups: [{
      columns: chunks,
      num_rows: BigInt(rows),
      total_byte_size: total,
      total_compressed_size: total,
    }],
  });
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

async function writeChunk(
  column: ParquetColumn,
  { rows, file }: { rows: number; file: ParquetFile },
): Promise<ColumnChunk> {
  const start = file.offset;
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
    await file.write(header.getBytes());
    await file.write(body);
  }
  const dataStart = file.offset;
  let values = 0;
  let saved = 0;
  for (let from = 0; from === 0 || from < rows; from += pageRows) {
    const page = makePage(column, from, Math.min(rows, from + pageRows));
    await file.write(page.head);
    await file.write(page.body);
    values += page.values;
    saved += page.saved;
  }
  const size = BigInt(file.offset - start);
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

/** A page as it stands in the file. */
interface Page {
  /** Its header and its levels. */
  head: Uint8Array;
  body: Uint8Array;
  /** Its number of values, nulls included. */
  values: number;
  /** Bytes that compression saved. */
  saved: number;
}

/** Makes a page of rows from..to. */
function makePage(column: ParquetColumn, from: number, to: number): Page {
  const rows = to - from;
  const repetition = new ByteWriter();
  const definition = new ByteWriter();
  let values = rows;
  let nulls = 0;
  let body: Uint8Array;
  if (column.kind === "string") {
    body = plainStrings(column.values, from, to);
  } else if (column.kind === "list") {
    const { offsets, values: codes, dictionary } = column;
    const { repeated, defined, empty } = listLevels(offsets, from, to);
    values = repeated.length;
    nulls = empty;
    writeLevels(repetition, repeated, values - rows);
    writeLevels(definition, defined, values - nulls);
    body = packedCodes(codes.subarray(offsets[from], offsets[to]), dictionary.length);
  } else {
    const { present, count, bytes } = presentValues(column, from, to);
    nulls = rows - count;
    writeLevels(definition, present, count);
    body = bytes;
  }
  const levels = repetition.offset + definition.offset;
  const head = new ByteWriter();
  const packed = compressed.has(column.kind) ? zstdCompressSync(body, zstdOptions) : body;
  writePageHeader(head, {
    type: "DATA_PAGE_V2",
    uncompressed_page_size: levels + body.length,
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
  head.appendBytes(repetition.getBytes());
  head.appendBytes(definition.getBytes());
  return { head: head.getBytes(), body: packed, values, saved: body.length - packed.length };
}

/** Which of rows from..to have a value, and these values as they stand in a page. */
function presentValues(
  column: Exclude<ParquetColumn, { kind: "string" | "list" }>,
  from: number,
  to: number,
): { present: Uint8Array; count: number; bytes: Uint8Array } {
  if (column.kind === "boolean") {
    const values = column.values.subarray(from, to);
    const where = presentIntegers(values, 1);
    const bytes = new Uint8Array(Math.ceil(where.count / 8));
    packBits(presentOnly(values, where), bytes);
    return { ...where, bytes };
  }
  if (column.kind === "int32" || column.kind === "codes") {
    const values = column.values.subarray(from, to);
    const where = presentIntegers(values, 0x7fffffff);
    const kept = presentOnly(values, where);
    if (column.kind === "int32") return { ...where, bytes: new Uint8Array(kept.buffer) };
    return { ...where, bytes: packedCodes(kept, column.dictionary.length) };
  }
  const values = column.values.subarray(from, to);
  const where = presentFloats(values);
  const kept = presentOnly(values, where);
  if (column.kind === "double") return { ...where, bytes: new Uint8Array(kept.buffer) };
  return { ...where, bytes: wholeNumbers(kept) };
}
