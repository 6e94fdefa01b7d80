import { Buffer } from "node:buffer";
import { pipeline, Readable, type Transform } from "node:stream";
import { constants, createGunzip, createZstdDecompress, zstdDecompressSync } from "node:zlib";
import { ByteReader } from "./byte_reader.ts";
import { fileChunks } from "./file_chunks.ts";
import { isZstd, zstdFrames } from "./zstd_frames.ts";

/** How a file's bytes are compressed: `""` not at all. */
export type Compression = "" | "gz" | "zst";

/** Compression by magic bytes: 1f8b, or a Zstandard frame, also a skippable one. */
export function compressionOf(head: Uint8Array): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return "gz";
  return isZstd(head) ? "zst" : "";
}

/** Bytes per piece that a decompressor hands out. */
const chunkSize = 1 << 18;

/** Frames of at most so many bytes, before and after decompression, are decompressed at a stroke, in half the time of a stream. */
const smallFrame = 1 << 20;
const smallContent = 16 << 20;
const zstdParams = { [constants.ZSTD_d_windowLogMax]: 31 };

/** What comes out of a decompressor when the pieces go in; an error on either side ends both. */
async function* through(
  chunks: AsyncIterable<Uint8Array>,
  transform: Transform,
): AsyncGenerator<Uint8Array> {
  pipeline(Readable.from(chunks, { objectMode: true, highWaterMark: 2 }), transform, () => {});
  for await (const chunk of transform) yield chunk as Uint8Array;
}

/** The content of a zstd frame, which is decompressed as a whole where it is small. */
async function* frameContent(frame: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  while (!ended && length <= smallFrame) {
    const { done, value } = await frame.next();
    if (done) ended = true;
    else length += parts[parts.push(value) - 1].length;
  }
  if (ended) {
    const whole = Buffer.concat(parts, length);
    try {
      yield zstdDecompressSync(whole, {
        chunkSize: 1 << 19,
        maxOutputLength: smallContent,
        params: zstdParams,
      });
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== "ERR_BUFFER_TOO_LARGE") throw error;
    }
  }
  async function* rest() {
    yield* parts;
    yield* frame;
  }
  yield* through(rest(), createZstdDecompress({ chunkSize, params: zstdParams }));
}

function readable(error: unknown, source: string, name: string): unknown {
  if (error instanceof SyntaxError) return error;
  if (Object.values(Deno.errors).some((kind) => error instanceof kind)) return error;
  const code = (error as { code?: unknown } | null)?.code;
  const message = error instanceof Error ? error.message : String(error);
  const what = code === "Z_BUF_ERROR"
    ? "truncated, the file ends too early"
    : `damaged: ${message}`;
  return new SyntaxError(`Cannot read "${source}": its ${name} stream is ${what}`, {
    cause: error,
  });
}

/**
 * The decompressed bytes of a file in pieces; several gzip members or zstd frames in a row count as one stream.
 *
 * @param options.onBytes Called with the number of bytes read from disk so far.
 * @throws {SyntaxError} when the compressed stream is truncated, damaged or followed by other bytes
 */
export async function* contentChunks(
  path: string,
  { compression, onBytes }: { compression: Compression; onBytes?: (read: number) => void },
): AsyncGenerator<Uint8Array> {
  const input = fileChunks(path, { onBytes });
  if (compression === "") {
    yield* input;
    return;
  }
  try {
    if (compression === "gz") {
      yield* through(input, createGunzip({ chunkSize }));
      return;
    }
    const reader = new ByteReader(input);
    try {
      for await (const frame of zstdFrames(reader, path)) {
        yield* frameContent(frame);
      }
    } finally {
      await reader.close();
    }
  } catch (error) {
    throw readable(error, path, compression === "gz" ? "gzip" : "zstd");
  }
}
