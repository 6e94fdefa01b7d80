/**
 * Reads the text columns that packed snapshots keep, a page (about 1 MB of text) of each column at a time, so that memory
 * does not depend on the number of rows or the length of row groups.
 *
 * @module
 */
import { type ColumnMetaData, parquetMetadata } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { zstdDecompressSync } from "node:zlib";
import { viewOf } from "../core/byte_table.ts";
import { decodeHybrid } from "./parquet_read.ts";

/** More than the header of a page without statistics can have. */
const longestHeader = 1024;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The opened file and how to refuse it. */
interface Source {
  file: Deno.FsFile;
  size: number;
  fail: (found: string) => never;
}

function bytesAt({ file, size, fail }: Source, start: number, length: number): Uint8Array {
  if (start < 0 || start + length > size) return fail("it ends too early");
  const bytes = new Uint8Array(length);
  file.seekSync(start, Deno.SeekMode.Start);
  for (let at = 0; at < length;) {
    const got = file.readSync(bytes.subarray(at));
    if (got === null) return fail("it ends too early");
    at += got;
  }
  return bytes;
}

/** Values of one column of one row group, page by page. */
function* pages(
  source: Source,
  meta: ColumnMetaData,
  { optional }: { optional: boolean },
): Generator<(string | null)[]> {
  const name = meta.path_in_schema[0];
  let at = Number(meta.data_page_offset);
  const end = at + Number(meta.total_compressed_size);
  while (at < end) {
    const head = bytesAt(source, at, Math.min(longestHeader, source.size - at));
    const reader = { view: viewOf(head), offset: 0 };
    const header = parquetHeader(reader);
    const data = header.data_page_header_v2;
    if (data === undefined || data.encoding !== "PLAIN") {
      return source.fail(`the column "${name}" has pages of an unknown kind`);
    }
    const stored = bytesAt(source, at + reader.offset, header.compressed_page_size);
    at += reader.offset + header.compressed_page_size;
    const levels = data.repetition_levels_byte_length + data.definition_levels_byte_length;
    const { num_values: count, num_nulls: nulls } = data;
    const body = nulls === count
      ? new Uint8Array(0)
      : data.is_compressed === false
      ? stored.subarray(levels)
      : zstdDecompressSync(stored.subarray(levels));
    const defined = optional && nulls > 0
      ? decodeHybrid(stored.subarray(data.repetition_levels_byte_length, levels), {
        width: 1,
        into: new Uint8Array(count),
        count,
      })
      : null;
    yield values(body, defined, count);
  }
}

function values(body: Uint8Array, defined: Uint8Array | null, count: number): (string | null)[] {
  const view = viewOf(body);
  const out: (string | null)[] = new Array(count);
  for (let i = 0, p = 0; i < count; i++) {
    if (defined !== null && defined[i] === 0) out[i] = null;
    else {
      const size = view.getUint32(p, true);
      out[i] = decoder.decode(body.subarray(p + 4, p + 4 + size));
      p += 4 + size;
    }
  }
  return out;
}

/**
 * Rows of a Parquet file with the columns `row` (text) and `card` (text or null), in batches.
 *
 * @param options.sample Gives only the first batch of as many row groups, spread over the file; all of each group by default.
 * @throws {SyntaxError} when the file is truncated or not as `packModels` writes it
 */
export function* readTextPages(
  path: string,
  { sample = Infinity }: { sample?: number } = {},
): Generator<{ texts: string[]; cards: (string | null)[] }> {
  using file = Deno.openSync(path);
  const { size } = file.statSync();
  const fail = (found: string): never => {
    throw new SyntaxError(
      `Cannot read "${path}" as text of a packed snapshot: ${found}; pack it again`,
    );
  };
  const source: Source = { file, size, fail };
  const tail = viewOf(bytesAt(source, size - 8, 8));
  const footer = tail.getUint32(0, true);
  if (tail.getUint32(4, true) !== 0x31524150) fail("it does not end with a footer");
  const foot = bytesAt(source, size - 8 - footer, footer + 8);
  const { row_groups } = parquetMetadata(foot.buffer as ArrayBuffer);
  const step = sample === Infinity ? 1 : Math.ceil(row_groups.length / sample);
  for (let g = 0; g < row_groups.length; g += step) {
    const group = row_groups[g];
    const column = (name: string, optional: boolean) => {
      const meta = group.columns.find((c) => c.meta_data?.path_in_schema[0] === name)?.meta_data;
      if (meta === undefined) return fail(`the column "${name}" is missing`);
      if (meta.codec !== "ZSTD") return fail(`the column "${name}" is ${meta.codec}, not ZSTD`);
      return pages(source, meta, { optional });
    };
    const rows = column("row", false);
    const cards = column("card", true);
    let text: (string | null)[] = [];
    let card: (string | null)[] = [];
    for (let done = 0; done < Number(group.num_rows);) {
      if (text.length === 0) text = rows.next().value ?? fail('the column "row" is short');
      if (card.length === 0) card = cards.next().value ?? fail('the column "card" is short');
      const count = Math.min(text.length, card.length);
      yield { texts: text.slice(0, count) as string[], cards: card.slice(0, count) };
      if (sample !== Infinity) break;
      text = text.slice(count);
      card = card.slice(count);
      done += count;
    }
  }
}
