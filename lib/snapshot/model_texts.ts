import { basename, join } from "node:path";
import { Issues } from "../core/issues.ts";
import { detect } from "../source/detect.ts";
import { openHub } from "../source/hub_input.ts";
import { type RowText, rowText } from "../source/row_text.ts";
import { sha256File } from "../source/sha256.ts";
import type { ModelSnapshot } from "./model_snapshot.ts";
import { readManifest } from "./packed_folder.ts";
import { readTextPages } from "./text_pages.ts";

/** The text of one model of a snapshot. */
export interface ModelText extends RowText {
  /** Row of the model in the snapshot. */
  row: number;
}

/** Blocks of complete JSON Lines, as `readModelBlocks` takes them. */
export type RowBlocks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** What {@link modelTexts} takes besides the input. */
export interface ModelTextsOptions {
  /** The snapshot that was read from the same input. */
  snapshot: ModelSnapshot;
}

/** Name of the file of a packed snapshot that holds the text. */
export const textName = "text.parquet";

/**
 * The text and the card of every row of a snapshot, in the order of its rows, in batches of a few megabytes: the input is
 * read again, as nothing of it but the columns is kept in memory. Rows that were refused and later rows with an id that was there
 * before are passed over, as in the snapshot.
 *
 * @param input A file of Hub rows in any accepted format, the folder of a packed snapshot, or the blocks that were read.
 * @throws {RangeError} when the rows of the input are not those of the snapshot
 * @throws {SyntaxError} when the input is damaged
 *
 * @example
 * ```ts
 * import { modelTexts, readModels } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, '{"id": "a/b", "modelCard": "# A"}\nnot JSON\n');
 * for await (const batch of modelTexts(path, { snapshot: await readModels(path) })) {
 *   batch[0]; // { row: 0, text: '{"id":"a/b"}', card: "# A" }
 * }
 * await Deno.remove(path);
 * ```
 */
export async function* modelTexts(
  input: string | RowBlocks,
  { snapshot }: ModelTextsOptions,
): AsyncGenerator<ModelText[]> {
  let row = 0;
  const packed = typeof input === "string" && (await detect(input)).format === "packed";
  if (packed) {
    for await (const { texts, cards } of packedText(input)) {
      yield texts.map((text, i) => ({ row: row++, text, card: cards[i] }));
    }
  } else {
    const blocks = typeof input === "string"
      ? (await openHub(input, { issues: new Issues() })).blocks()
      : input;
    for await (const block of blocks) {
      const batch: ModelText[] = [];
      for (const line of parsedLines(block)) {
        // Ids are distinct: the next row's id was not there before, so whatever has another id was left out.
        if (row === snapshot.models || idOf(line) !== snapshot.ids.at(row)) continue;
        batch.push({ row: row++, ...rowText(line) });
      }
      if (batch.length > 0) yield batch;
    }
  }
  if (row !== snapshot.models) {
    throw new RangeError(
      `Cannot read the text of snapshot "${snapshot.name}" from ${
        typeof input === "string" ? `"${basename(input)}"` : "the blocks"
      }: found ${row} of its rows, expected ${snapshot.models}`,
    );
  }
}

async function* packedText(folder: string): AsyncGenerator<{
  texts: string[];
  cards: (string | null)[];
}> {
  const { name, files } = readManifest(folder);
  const path = join(folder, textName);
  const expected = files.find((file) => file.name === textName)?.sha256;
  const found = await sha256File(path).catch((cause) => {
    throw new Error(`Cannot read the text of snapshot "${name}": ${cause.message}; pack it again`, {
      cause,
    });
  });
  if (found !== expected) {
    throw new SyntaxError(
      `Cannot read the text of snapshot "${name}": sha256 of ${textName} is ${
        found.slice(0, 12)
      }…, expected ${expected?.slice(0, 12) ?? "an entry in the manifest"}…; pack it again`,
    );
  }
  yield* readTextPages(path);
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The lines of a block that are JSON objects. */
function* parsedLines(block: Uint8Array): Generator<object> {
  for (let start = 0; start < block.length;) {
    const newline = block.indexOf(10, start);
    const end = newline < 0 ? block.length : newline;
    let line: unknown = null;
    try {
      line = JSON.parse(decoder.decode(block.subarray(start, end)));
    } catch {
      // Counted in the issues of the snapshot.
    }
    if (typeof line === "object" && line !== null) yield line;
    start = end + 1;
  }
}

function idOf(row: object): unknown {
  const field = (name: "id" | "modelId") =>
    Object.hasOwn(row, name) ? (row as { id?: unknown; modelId?: unknown })[name] : undefined;
  const id = field("id") ?? field("modelId");
  // The snapshot keeps ids as UTF-8, which has no half surrogates.
  return typeof id === "string" ? id.toWellFormed() : id;
}
