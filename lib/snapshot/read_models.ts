import { createHash } from "node:crypto";
import { basename } from "node:path";
import type { HubBatch } from "../source/hub_batch.ts";
import { HubScanner } from "../source/hub_scanner.ts";
import type { HubRange } from "../source/hub_worker.ts";
import { Issues } from "../core/issues.ts";
import { type HubInput, openHub } from "../source/hub_input.ts";
import { sha256File } from "../source/sha256.ts";
import { ModelBuilder } from "./model_builder.ts";
import type { ModelSnapshot } from "./model_snapshot.ts";

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

/** Options of {@link readModelsAndBlocks}. */
export interface ReadBlocksOptions extends ReadModelsOptions {
  /** Called with each block of complete lines, its batch and which rows were kept; one thread reads then. */
  onBlock?: (block: Uint8Array, batch: HubBatch, kept: Uint8Array) => Promise<void> | void;
}

/** Bytes that a worker reads at a time; a block's lines fit its caches and tables. */
const rangeSize = 8 << 20;
/** Smallest file for which starting threads pays. */
const worthThreads = 32 << 20;
/** No longer than most Hub rows, so that tables sized by it seldom grow; memory that is never used costs nothing. */
const usualRow = 340;

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
export function readModels(path: string, options: ReadModelsOptions = {}): Promise<ModelSnapshot> {
  return readModelsAndBlocks(path, options);
}

/** The same, for those who want the text of the rows too. */
export async function readModelsAndBlocks(
  path: string,
  options: ReadBlocksOptions,
): Promise<ModelSnapshot> {
  const issues = new Issues();
  const input = await openHub(path, { issues });
  const {
    name = basename(path).replace(/\.(gz|zst)$/, "").replace(
      /\.(jsonl|ndjson|json|csv|parquet)$/,
      "",
    ),
    workers = input.plain && input.bytes >= worthThreads ? 2 : 1,
    onProgress,
    onBlock,
  } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RangeError(
      `Cannot read with ${workers} workers: expected a whole number of at least 1`,
    );
  }
  const lines = input.format.startsWith("jsonl");
  const builder = new ModelBuilder({
    expected: input.plain ? input.bytes / usualRow : 1024,
    unit: lines ? "line" : "row",
  });
  let sha256: string;
  if (input.plain && workers > 1 && onBlock === undefined) {
    [sha256] = await Promise.all([
      sha256File(path),
      scanRanges(path, { bytes: input.bytes, workers, builder, onProgress }),
    ]);
  } else {
    await scanBlocks(input, { builder, onProgress, onBlock });
    sha256 = await sha256File(path);
  }
  builder.issues.merge(issues.list());
  return builder.finish({
    name,
    origin: { name: basename(path), format: input.format, bytes: input.bytes, sha256 },
  });
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

async function scanBlocks(
  input: HubInput,
  { builder, onProgress, onBlock }:
    & { builder: ModelBuilder }
    & Pick<ReadBlocksOptions, "onProgress" | "onBlock">,
): Promise<void> {
  const scanner = new HubScanner();
  for await (const block of input.blocks({ onBytes: (done) => onProgress?.(done, input.bytes) })) {
    const batch = scanner.scan(block);
    const kept = builder.append(batch);
    await onBlock?.(block, batch, kept);
  }
}

/** Lets each worker scan the next range that nobody has taken; batches join the snapshot in the order of the file. */
function scanRanges(
  path: string,
  { bytes, workers, builder, onProgress }: {
    bytes: number;
    workers: number;
    builder: ModelBuilder;
    onProgress?: (done: number, total: number) => void;
  },
): Promise<void> {
  const ranges = Math.ceil(bytes / rangeSize);
  const waiting = new Map<number, { batch: HubBatch; scanner: number }>();
  const threads: Worker[] = [];
  let asked = 0;
  let joined = 0;
  return new Promise<void>((resolve, reject) => {
    const fail = (message: string) => reject(new Error(`Cannot read "${path}": ${message}`));
    for (let scanner = 0; scanner < Math.min(workers, ranges); scanner++) {
      const thread = new Worker(new URL("../source/hub_worker.ts", import.meta.url), {
        type: "module",
      });
      threads.push(thread);
      let range = -1;
      const ask = () => {
        // A worker far ahead of the slowest one would pile up batches.
        if (asked === ranges) return;
        range = asked++;
        const start = range * rangeSize;
        const request: HubRange = { path, start, end: Math.min(bytes, start + rangeSize) };
        thread.postMessage(request);
      };
      thread.onmessage = ({ data }: MessageEvent<{ batch?: HubBatch; error?: string }>) => {
        if (data.batch === undefined) return fail(data.error ?? "a worker gave no rows");
        waiting.set(range, { batch: data.batch, scanner });
        ask();
        try {
          for (let next = waiting.get(joined); next !== undefined; next = waiting.get(joined)) {
            waiting.delete(joined++);
            builder.append(next.batch, { scanner: next.scanner });
          }
        } catch (error) {
          return reject(error);
        }
        onProgress?.(Math.min(bytes, joined * rangeSize), bytes);
        if (joined === ranges) resolve();
      };
      thread.onerror = (event) => {
        event.preventDefault();
        fail(event.message);
      };
      ask();
    }
    if (ranges === 0) resolve();
  }).finally(() => {
    for (const thread of threads) thread.terminate();
  });
}
