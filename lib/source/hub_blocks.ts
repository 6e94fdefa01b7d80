import { basename } from "node:path";
import type { Issues } from "../core/issues.ts";
import { contentChunks } from "./content_chunks.ts";
import type { Detected } from "./detect.ts";
import { expandedCsvLines, fullJsonCsvLines } from "./hub_csv.ts";
import { parquetLines } from "./hub_parquet.ts";
import { jsonArrayBlocks } from "./json_array.ts";
import { lineBlocks, textBlocks } from "./line_blocks.ts";

/** How far reading has come; see `HubInput.blocks`. */
export interface HubBlocksOptions {
  /** Called now and then with the bytes read from disk so far. */
  onBytes?: (inputBytesRead: number) => void;
}

/** What is done about a row that cannot be parsed. */
const leftOut = "the row cannot be parsed; left out";

/** The rows of one file of Hub rows as blocks of complete JSON Lines. */
export function hubBlocks(
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
