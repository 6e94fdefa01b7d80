import { basename } from "node:path";
import type { Issues } from "../core/issues.ts";
import { detect } from "./detect.ts";
import { hubBlocks, type HubBlocksOptions } from "./hub_blocks.ts";
import { type FetchedFrom, fetchedFrom, readRawManifest } from "./raw_manifest.ts";
import { rawBlocks, rowsBytes } from "./raw_rows.ts";
import { sha256File } from "./sha256.ts";
import { verifyRaw } from "./verify_raw.ts";

/** Hub rows in any of the accepted formats, to be read as blocks of JSON Lines. */
export interface HubInput {
  /** Where and when it was fetched; absent of a file. */
  fetched?: FetchedFrom;
  /** Name of the file, or of the raw snapshot. */
  name: string;
  /** Format found by content, for example `"jsonl.gz"`, `"csv-expanded"`, `"parquet"`, `"raw"`; see `Detected`. */
  format: string;
  /** Size on disk in bytes; of a raw snapshot that of the files with its rows and cards. */
  bytes: number;
  /** True for uncompressed JSON Lines without a byte-order mark, whose byte ranges can be read as they are. */
  plain: boolean;
  /**
   * The rows in their order as blocks of complete JSON Lines, UTF-8, 4 to 8 MB each (more where a row is longer, up to
   * 512 MB); each block owns its memory. Rows that cannot be turned into JSON are left out and counted in the issues.
   */
  blocks(options?: HubBlocksOptions): AsyncGenerator<Uint8Array<ArrayBuffer>>;
  /**
   * SHA-256 of the file's bytes, hexadecimal; of a raw snapshot that of its manifest, after each of its files was compared with it.
   *
   * @param options.onBytes Called now and then with the bytes read so far and in all.
   * @throws {SyntaxError} when a file of a raw snapshot is missing or was changed
   */
  sha256(options?: { onBytes?: (read: number, total: number) => void }): Promise<string>;
}

/**
 * Opens a file of Hub rows: JSON Lines, a JSON array, the CSV with `modelId,fullJson` or the expanded one, each plain or
 * compressed with gzip or Zstandard, or Parquet; or a raw snapshot, whose files of rows are read one after the other, with their
 * cards. The format is found by content.
 *
 * @param options.issues Counts the rows that are left out while blocks are read.
 * @throws {RangeError} when there is no such file
 * @throws {TypeError} when the input holds something else, or is a packed snapshot
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
  if (found.format === "raw") {
    const manifest = readRawManifest(path);
    return {
      name: manifest.name,
      fetched: fetchedFrom(manifest),
      format: found.format,
      bytes: rowsBytes(manifest),
      plain: false,
      blocks: ({ onBytes } = {}) => rawBlocks(path, { manifest, issues, onBytes }),
      sha256: ({ onBytes } = {}) => verifyRaw(path, { manifest, onBytes }),
    };
  }
  const { size } = await Deno.stat(path);
  return {
    name: basename(path),
    format: found.format,
    bytes: size,
    plain: found.format === "jsonl" && !found.marked,
    blocks: ({ onBytes } = {}) => hubBlocks(path, { found, issues, onBytes }),
    sha256: ({ onBytes } = {}) => sha256File(path, { onBytes: (read) => onBytes?.(read, size) }),
  };
}
