import type { ByteReader } from "./byte_reader.ts";

/** First four bytes of a Zstandard frame, little endian. */
const frameMagic = 0xfd2fb528;
/** The same of a skippable frame, its last four bits zero. */
const skippableMagic = 0x184d2a50;

function number(bytes: Uint8Array, length: number): number {
  let value = 0;
  for (let i = length - 1; i >= 0; i--) value = value * 256 + (bytes[i] ?? 0);
  return value;
}

/** Whether bytes begin with a Zstandard frame, compressed or skippable. */
export function isZstd(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const magic = number(bytes, 4);
  return magic === frameMagic || magic - magic % 16 === skippableMagic;
}

/**
 * Bytes of a frame whose first four have been read: its header and blocks by the lengths they state (RFC 8878, 3.1.1).
 */
async function* frameBytes(
  magic: Uint8Array,
  { reader, source }: { reader: ByteReader; source: string },
): AsyncGenerator<Uint8Array> {
  const take = async (n: number) => {
    const bytes = await reader.take(n);
    if (bytes.length < n) throw truncated(source);
    return bytes;
  };
  yield magic;
  const descriptor = await take(1);
  yield descriptor;
  const single = (descriptor[0] >> 5) & 1;
  const contentSize = [single, 2, 4, 8][descriptor[0] >> 6];
  yield await take((1 - single) + [0, 1, 2, 4][descriptor[0] & 3] + contentSize);
  for (;;) {
    const header = await take(3);
    yield header;
    const value = number(header, 3);
    const repeated = ((value >> 1) & 3) === 1;
    const size = repeated ? 1 : value >> 3;
    let passed = 0;
    for await (const part of reader.pass(size)) {
      passed += part.length;
      yield part;
    }
    if (passed < size) throw truncated(source);
    if (value & 1) break;
  }
  if ((descriptor[0] >> 2) & 1) yield await take(4);
}

function truncated(source: string): SyntaxError {
  return new SyntaxError(
    `Cannot read "${source}": its zstd stream is truncated, the file ends inside a frame`,
  );
}

/**
 * The frames of a Zstandard file one after the other, skippable ones left out. Node's decompressor stops after the first
 * frame and takes a cut one for complete; walking the frames by their headers mends both. A frame must be read to its
 * end before the next is asked for.
 *
 * @throws {SyntaxError} when the file ends inside a frame or has bytes that are no frame
 */
export async function* zstdFrames(
  reader: ByteReader,
  source: string,
): AsyncGenerator<AsyncGenerator<Uint8Array>> {
  for (;;) {
    const magic = await reader.take(4);
    if (magic.length === 0) return;
    const value = number(magic, 4);
    if (magic.length === 4 && value === frameMagic) {
      yield frameBytes(magic, { reader, source });
    } else if (magic.length === 4 && value - value % 16 === skippableMagic) {
      const length = await reader.take(4);
      const size = number(length, 4);
      let passed = 0;
      for await (const part of reader.pass(size)) passed += part.length;
      if (length.length < 4 || passed < size) throw truncated(source);
    } else {
      throw new SyntaxError(
        `Cannot read "${source}": bytes ${hex(magic)} after a zstd frame are no further frame`,
      );
    }
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join(" ");
}
