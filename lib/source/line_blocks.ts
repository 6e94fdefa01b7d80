import { BlockBuffer, blockBytes } from "./block_buffer.ts";

const newline = 10;

/** Pieces without the byte-order mark that some programs put before UTF-8. */
export async function* withoutMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head = new Uint8Array(0);
  let begun = false;
  for await (const chunk of chunks) {
    if (begun) {
      yield chunk;
      continue;
    }
    const joined = new Uint8Array(head.length + chunk.length);
    joined.set(head);
    joined.set(chunk, head.length);
    head = joined;
    if (head.length < 3) continue;
    begun = true;
    yield hasMark(head) ? head.subarray(3) : head;
  }
  if (!begun) yield head;
}

/** Whether bytes begin with the byte-order mark of UTF-8. */
export function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/**
 * Blocks of whole lines, the last line ended by a newline even where the input's is not. A block ends with the first line that makes it
 * 4 MB or more: blocks are the same however the pieces are cut.
 *
 * @param source Name of the input for errors.
 * @throws {RangeError} when a line is longer than 512 MB
 */
export async function* lineBlocks(
  chunks: AsyncIterable<Uint8Array>,
  { source, longest }: { source: string; longest?: number },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const buffer = new BlockBuffer(source, { longest });
  for await (const chunk of withoutMark(chunks)) {
    let from = Math.max(blockBytes - 1, buffer.length);
    buffer.append(chunk);
    while (from < buffer.length) {
      const end = buffer.bytes.subarray(0, buffer.length).indexOf(newline, from);
      if (end < 0) break;
      yield buffer.take(end + 1);
      from = blockBytes - 1;
    }
  }
  if (buffer.length === 0) return;
  if (buffer.bytes[buffer.length - 1] !== newline) buffer.append(Uint8Array.of(newline));
  yield buffer.take(buffer.length);
}

/** Blocks of the lines given as text without their newlines, about 4 MB each. */
export async function* textBlocks(
  lines: AsyncIterable<string>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let pending: string[] = [];
  let units = 0;
  for await (const line of lines) {
    pending.push(line);
    units += line.length + 1;
    if (units < blockBytes) continue;
    yield encoder.encode(pending.join("\n") + "\n");
    pending = [];
    units = 0;
  }
  if (pending.length > 0) yield encoder.encode(pending.join("\n") + "\n");
}
