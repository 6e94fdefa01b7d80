import { createHash } from "node:crypto";
import { HubScanner } from "../source/hub_scanner.ts";
import { HubPool } from "../source/hub_pool.ts";
import { RowCodes } from "../source/row_codes.ts";
import { candidatesOf, rowTexts, someLines, spreadLines } from "../source/sample_rows.ts";
import { type Placement, TextShelf } from "../source/text_shelf.ts";
import { Issues } from "../core/issues.ts";
import { type HubInput, openHub } from "../source/hub_input.ts";
import { sha256File } from "../source/sha256.ts";
import { hashWhile } from "./hash_while.ts";
import { ModelBuilder } from "./model_builder.ts";
import type { ModelSnapshot } from "./model_snapshot.ts";
import { modelTexts } from "./model_texts.ts";
import { TextIndex, type TextStreams } from "./text_index.ts";

/** Options of {@link readModels}. */
export interface ReadModelsOptions {
  /**
   * Name of the snapshot.
   * @default the file's name without its endings
   */
  name?: string;
  /**
   * Threads that read a plain JSON-Lines file; other formats use one.
   * @default 2 for files of at least 32 MB, else 1
   */
  workers?: number;
  /** Called now and then with the bytes of the input read so far and in all. */
  onProgress?: (done: number, total: number) => void;
}

/** Options of {@link readModelsBy}. */
export interface ReadModelsByOptions extends ReadModelsOptions {
  /** Adds the rows of all blocks to the snapshot. */
  scan: (blocks: AsyncIterable<Uint8Array<ArrayBuffer>>, builder: ModelBuilder) => Promise<void>;
}

/** Bytes that a worker reads at a time; a block's lines fit its caches and tables. */
const rangeSize = 8 << 20;
/** Smallest file for which starting threads pays. */
const worthThreads = 32 << 20;
/** No longer than most Hub rows, so that tables sized by it seldom grow; memory that is never used costs nothing. */
const usualRow = 340;
/** How much of the text a compressed byte stands for, nearly. */
const usualRatio = 8;
/** Rows that tables are sized for at most: the hash table of the ids is used all over, however few come in the end. */
const mostExpected = 1 << 22;

/**
 * Reads a Hub dump in any of its formats (see `openHub`) into a snapshot. Memory holds the columns, not the file.
 *
 * @throws {SyntaxError} when the file is truncated, of another format, or has no usable row
 * @throws {RangeError} when `workers` is not a whole number of at least 1
 *
 * @example
 * ```ts
 * import { readModels } from "kindred";
 * const file = await Deno.makeTempFile({ suffix: ".jsonl" });
 * await Deno.writeTextFile(file, '{"id":"a/b","tags":["en","license:mit"]}\n');
 * const snapshot = await readModels(file);
 * snapshot.ids.at(0); // "a/b"
 * await Deno.remove(file);
 * ```
 */
export async function readModels(
  path: string,
  options: ReadModelsOptions = {},
): Promise<ModelSnapshot> {
  return (await read(path, { ...options, indexed: false })).snapshot;
}

/** The same, by somebody who does more with the blocks; other threads can look at the columns. */
export async function readModelsBy(
  path: string,
  options: ReadModelsByOptions,
): Promise<ModelSnapshot> {
  return (await read(path, { ...options, indexed: false })).snapshot;
}

/**
 * Reads a Hub dump together with the tokens of its rows' text, in one go, for measures of likeness.
 *
 * The index holds threads where the file is large: close it when you are done.
 *
 * @throws {SyntaxError} as {@link readModels}
 *
 * @example
 * ```ts
 * import { readModelsAndText } from "kindred";
 * const file = await Deno.makeTempFile({ suffix: ".jsonl" });
 * await Deno.writeTextFile(file, '{"id":"a/b","tags":["en","license:mit"]}\n');
 * const { text } = await readModelsAndText(file);
 * const every = Uint8Array.of(1);
 * const { vectors } = await text.vectors("rows", { documents: every, wanted: every });
 * vectors.terms; // ["en", "en license", "id", "id tags", "license", "license mit", "mit", "tags", "tags en"]
 * text.close();
 * await Deno.remove(file);
 * ```
 */
export async function readModelsAndText(
  path: string,
  options: ReadModelsOptions = {},
): Promise<{ snapshot: ModelSnapshot; text: TextIndex }> {
  const { snapshot, streams } = await read(path, { ...options, indexed: true });
  return {
    snapshot,
    text: new TextIndex(snapshot, {
      streams: streams!,
      texts: () => modelTexts(path, { snapshot }),
    }),
  };
}

async function read(
  path: string,
  options: ReadModelsOptions & Partial<ReadModelsByOptions> & { indexed: boolean },
): Promise<{ snapshot: ModelSnapshot; streams: TextStreams | null }> {
  const issues = new Issues();
  const input = await openHub(path, { issues });
  const raw = input.format === "raw";
  const {
    name = raw ? input.name : input.name.replace(/\.(gz|zst)$/, "").replace(
      /\.(jsonl|ndjson|json|csv|parquet)$/,
      "",
    ),
    workers = input.plain && input.bytes >= worthThreads ? 2 : 1,
    scan,
  } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RangeError(
      `Cannot read with ${workers} workers: expected a whole number of at least 1`,
    );
  }
  const lines = input.format.startsWith("jsonl");
  const builder = new ModelBuilder({
    expected: Math.min(mostExpected, input.bytes * (input.plain ? 1 : usualRatio) / usualRow),
    unit: lines ? "line" : "row",
    shared: scan !== undefined,
  });
  // What was changed after it was fetched is named before it is measured; to hash a byte takes a tenth of the time, or less.
  const isAhead = raw && scan === undefined;
  const ahead = isAhead ? input.bytes / 10 : 0;
  const onProgress = (done: number) => options.onProgress?.(ahead + done, ahead + input.bytes);
  const verified = isAhead
    ? await input.sha256({
      onBytes: (read, total) => onProgress(ahead * (read / Math.max(1, total) - 1)),
    })
    : null;
  let sha256: string;
  let streams: TextStreams | null;
  if (scan !== undefined) {
    const blocks = input.blocks({ onBytes: onProgress });
    sha256 = await hashWhile(input, { blocks, work: (blocks) => scan(blocks, builder) });
    streams = null;
  } else if (input.plain && workers > 1) {
    [sha256, streams] = await Promise.all([
      sha256File(path),
      scanRanges(path, { bytes: input.bytes, workers, builder, ...options, onProgress }),
    ]);
  } else {
    streams = await scanBlocks(input, { builder, ...options, onProgress });
    sha256 = verified ?? await input.sha256();
  }
  builder.issues.merge(issues.list());
  const snapshot = builder.finish({
    name,
    origin: {
      name: input.name,
      format: input.format,
      bytes: input.bytes,
      sha256,
      ...(input.fetched === undefined ? {} : { fetched: input.fetched }),
    },
  });
  return { snapshot, streams };
}

/**
 * The snapshot of rows that are in memory or made as one goes, given as blocks of complete JSON Lines.
 *
 * @throws {SyntaxError} when there is no usable row
 *
 * @example
 * ```ts
 * import { readModelBlocks, simulateHub } from "kindred";
 * const snapshot = await readModelBlocks(simulateHub({ models: 100 }), { name: "simulated" });
 * snapshot.models; // 100
 * ```
 */
export async function readModelBlocks(
  blocks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  { name }: { name: string },
): Promise<ModelSnapshot> {
  const builder = new ModelBuilder();
  const scanner = new HubScanner();
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const block of blocks) {
    bytes += block.length;
    hash.update(block);
    builder.append(scanner.scan(block));
  }
  return builder.finish({
    name,
    origin: { name, format: "jsonl", bytes, sha256: hash.digest("hex") },
  });
}

/** What scanning needs besides the input. */
interface Scanning {
  /** Called with the bytes of the rows that have been read. */
  onProgress: (done: number) => void;
  builder: ModelBuilder;
  indexed: boolean;
}

/** Which rows of a batch stay, to be remembered: null for all. */
function keptOf(kept: Uint8Array): Uint8Array | null {
  return kept.includes(0) ? kept : null;
}

async function scanBlocks(
  input: HubInput,
  { builder, indexed, onProgress }: Scanning,
): Promise<TextStreams | null> {
  let scanner: HubScanner | null = null;
  const shelf = new TextShelf();
  const placements: Placement[] = [];
  for await (const block of input.blocks({ onBytes: onProgress })) {
    scanner ??= new HubScanner({
      text: indexed ? new RowCodes(candidatesOf(rowTexts(someLines(block)))) : null,
    });
    const first = builder.rows;
    const batch = scanner.scan(block);
    const kept = builder.append(batch);
    if (scanner.text !== null) {
      shelf.put(placements.length, { count: batch.rows, ...scanner.text.take() });
      placements.push({ batch: placements.length, first, kept: keptOf(kept) });
    }
  }
  const codes = scanner?.text ?? null;
  return codes && { placements, candidates: codes.candidates, shelf, codes };
}

/** Lets each worker scan the next range that nobody has taken; batches join the snapshot in the order of the file. */
async function scanRanges(
  path: string,
  { bytes, workers, builder, indexed, onProgress }: Scanning & { bytes: number; workers: number },
): Promise<TextStreams | null> {
  const text = indexed ? candidatesOf(rowTexts(spreadLines(path, bytes))) : null;
  const pool = new HubPool(path, { workers: Math.min(workers, Math.ceil(bytes / rangeSize)) });
  const placements: Placement[] = [];
  try {
    await pool.scan({
      bytes,
      rangeSize,
      text,
      onBatch: (hubBatch, { scanner, batch }) => {
        const first = builder.rows;
        const kept = builder.append(hubBatch, { scanner });
        placements.push({ batch, first, kept: keptOf(kept) });
        onProgress(Math.min(bytes, (batch + 1) * rangeSize));
      },
    });
  } catch (error) {
    pool.close();
    throw error;
  }
  if (text !== null) return { placements, candidates: text, pool };
  pool.close();
  return null;
}
