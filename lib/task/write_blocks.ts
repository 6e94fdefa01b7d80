import { createHash, type Hash } from "node:crypto";
import { once } from "node:events";
import type { Transform } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { constants, createGzip, createZstdCompress } from "node:zlib";
import { removeOnInterrupt } from "./interrupt.ts";

/** Blocks of bytes, and a last word. */
type Blocks<T> = Generator<Uint8Array, T, void>;

/** What {@link writeBlocks} wrote. */
export interface Written<T> {
  /** What the generator returned. */
  returned: T;
  /** Size of the file. */
  bytes: number;
  /** SHA-256 of the file, hexadecimal. */
  sha256: string;
}

/**
 * Writes blocks to a file, compressed when its name ends in .gz or .zst. They go to `FILE.tmp`, which is renamed at the end and
 * removed on failure, so that the file is there whole or not at all.
 *
 * @throws {Error} when the file cannot be written
 */
export async function writeBlocks<T>(blocks: Blocks<T>, out: string): Promise<Written<T>> {
  const temporary = `${out}.tmp`;
  let file;
  try {
    file = Deno.openSync(temporary, { create: true, write: true, truncate: true });
  } catch (error) {
    throw new Error(`Cannot write "${out}": ${(error as Error).message}`);
  }
  const unwatch = removeOnInterrupt(temporary);
  try {
    const sink = new Sink(file);
    const compressor = compressorOf(out);
    const returned = compressor === null
      ? await drain(blocks, (block) => sink.write(block))
      : await compress(blocks, { compressor, sink });
    file.close();
    Deno.renameSync(temporary, out);
    return { returned, bytes: sink.bytes, sha256: sink.digest() };
  } catch (error) {
    try {
      file.close();
    } catch {
      // It was closed before the error.
    }
    Deno.removeSync(temporary);
    throw error;
  } finally {
    unwatch();
  }
}

/** A file that knows how many bytes it was given, and their SHA-256. */
class Sink {
  bytes = 0;
  #file: Deno.FsFile;
  #hash: Hash = createHash("sha256");

  constructor(file: Deno.FsFile) {
    this.#file = file;
  }

  write(block: Uint8Array): void {
    for (let start = 0; start < block.length;) {
      start += this.#file.writeSync(block.subarray(start));
    }
    this.#hash.update(block);
    this.bytes += block.length;
  }

  digest(): string {
    return this.#hash.digest("hex");
  }
}

function compressorOf(out: string): Transform | null {
  if (out.endsWith(".gz")) return createGzip({ level: 6 });
  if (!out.endsWith(".zst")) return null;
  return createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } });
}

async function compress<T>(
  blocks: Blocks<T>,
  { compressor, sink }: { compressor: Transform; sink: Sink },
) {
  compressor.on("data", (chunk: Uint8Array) => {
    try {
      sink.write(chunk);
    } catch (error) {
      compressor.destroy(error as Error);
    }
  });
  const ended = once(compressor, "end");
  // A failure shows where the next block is written; the promise must not be one that nobody waits for.
  ended.catch(() => {});
  for (;;) {
    const { done, value } = blocks.next();
    if (done) {
      compressor.end();
      await ended;
      return value;
    }
    if (!compressor.write(value)) await Promise.race([once(compressor, "drain"), ended]);
  }
}

/** Hands on all blocks and returns what the generator returns; pauses between them, so that it can be interrupted. */
async function drain<T>(blocks: Blocks<T>, take: (block: Uint8Array) => void) {
  for (;;) {
    const { done, value } = blocks.next();
    if (done) return value;
    take(value);
    await pause(0);
  }
}
