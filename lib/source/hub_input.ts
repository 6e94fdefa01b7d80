import { basename } from "node:path";
import type { Issues } from "../core/issues.ts";
import { contentChunks } from "./content_chunks.ts";
import { detect, type Detected } from "./detect.ts";
import { expandedCsvLines, fullJsonCsvLines } from "./hub_csv.ts";
import { parquetLines } from "./hub_parquet.ts";
import { jsonArrayBlocks } from "./json_array.ts";
import { lineBlocks, textBlocks } from "./line_blocks.ts";

/** How far reading has come; see {@link HubInput.blocks}. */
export interface HubBlocksOptions {
  /** Called now and then with the bytes read from disk so far. */
  onBytes?: (inputBytesRead: number) => void;
}

/** A file of Hub rows in any of the accepted formats, to be read as blocks of JSON Lines. */
export interface HubInput {
  /** Format found by content, for example `"jsonl.gz"`, `"csv-expanded"`, `"parquet"`; see {@link Detected}. */
  format: string;
  /** Size on disk in bytes. */
  bytes: number;
  /** True for uncompressed JSON Lines without a byte-order mark, whose byte ranges can be read as they are. */
  plain: boolean;
  /**
   * The rows in their order as blocks of complete JSON Lines, UTF-8, 4 to 8 MB each (more where a row is longer, up to
   * 512 MB); each block owns its memory. Rows that cannot be turned into JSON are left out and counted in the issues.
   */
  blocks(options?: HubBlocksOptions): AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

/** What is done about a row that cannot be parsed. */
const leftOut = "the row cannot be parsed; left out";

function hubBlocks(
  path: string,
  { found, issues, onBytes }: { found: Detected; issues: Issues } & HubBlocksOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const source = basename(path);
  if (found.format === "parquet") return textBlocks(parquetLines(path, { issues, onBytes }));
  const chunks = contentChunks(path, { compression: found.compression, onBytes });
  const format = found.format.split(".")[0];
  if (format === "jsonl") return lineBlocks(chunks, { source });
  if (format === "json") {
    const onEmpty = (element: number) =>
      issues.add("unreadableRow", leftOut, `element ${element} of the array is empty`);
    return jsonArrayBlocks(chunks, { source, onEmpty });
  }
  const lines = format === "csv-fulljson" ? fullJsonCsvLines : expandedCsvLines;
  return textBlocks(lines(chunks, { source, issues }));
}

/**
 * Opens a file of Hub rows: JSON Lines, a JSON array, the CSV with `modelId,fullJson` or the expanded one, each plain or
 * compressed with gzip or Zstandard, or Parquet. The format is found by content.
 *
 * @param options.issues Counts the rows that are left out while blocks are read.
 * @throws {RangeError} when there is no such file
 * @throws {TypeError} when the input holds assets, or is a packed snapshot
 * @throws {SyntaxError} when the file is empty, truncated, damaged or of no known format
 *
 * @example
 * ```ts
 * import { Issues, openHub } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, '[{"id": "a/b"}, {"id": "c/d"}]');
 * const input = await openHub(path, { issues: new Issues() });
 * input.format; // "json"
 * for await (const block of input.blocks()) block.length; // 30
 * await Deno.remove(path);
 * ```
 */
export async function openHub(path: string, { issues }: { issues: Issues }): Promise<HubInput> {
  const found = await detect(path);
  if (found.kind !== "models" || found.format === "packed") {
    throw new TypeError(
      `Cannot read "${path}" as Hub rows: found ${found.kind} in the format ${found.format}`,
    );
  }
  const { size } = await Deno.stat(path);
  return {
    format: found.format,
    bytes: size,
    plain: found.format === "jsonl" && !found.marked,
    blocks: ({ onBytes } = {}) => hubBlocks(path, { found, issues, onBytes }),
  };
}
