const newline = 10;

function readAt(file: Deno.FsFile, position: number, into: Uint8Array): number {
  file.seekSync(position, Deno.SeekMode.Start);
  let length = 0;
  while (length < into.length) {
    const got = file.readSync(into.subarray(length));
    if (got === null) break;
    length += got;
  }
  return length;
}

/** Bytes past the end of a range that are read at once, in the hope that its last line ends there. */
const step = 1 << 20;

/** Memory that {@link readLines} reads into again and again. */
export class LineBuffer {
  #bytes = new Uint8Array(0);

  /** `length` bytes, with what was there in front. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    if (this.#bytes.length < length) {
      const wider = new Uint8Array(length);
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
    return this.#bytes.subarray(0, length);
  }
}

/**
 * The lines of a file that begin in the bytes start..end, whole, the last one ended by a newline even where the file's
 * last line is not. Ranges that cover a file thus cover each line once.
 *
 * @param range.buffer Where the bytes go; the next call with the same buffer overwrites them. Touching new memory for each range
 * would take about as long as reading it.
 */
export function readLines(
  path: string,
  { start, end, buffer = new LineBuffer() }: { start: number; end: number; buffer?: LineBuffer },
): Uint8Array<ArrayBuffer> {
  const file = Deno.openSync(path);
  try {
    // The byte before the range tells whether its first byte begins a line.
    const from = start > 0 ? start - 1 : 0;
    let bytes = buffer.bytes(end - from + step);
    let length = readAt(file, from, bytes);
    let begin = 0;
    if (start > 0) {
      const before = bytes.subarray(0, length).indexOf(newline);
      if (before < 0 || from + before + 1 >= end) return new Uint8Array(0);
      begin = before + 1;
    }
    let last = bytes.subarray(0, length).indexOf(newline, Math.max(begin, end - 1 - from));
    while (last < 0 && length === bytes.length) {
      bytes = buffer.bytes(2 * bytes.length);
      const got = readAt(file, from + length, bytes.subarray(length));
      last = bytes.subarray(0, length + got).indexOf(newline, length);
      length += got;
    }
    if (last >= 0) return bytes.subarray(begin, last + 1);
    if (begin === length) return new Uint8Array(0);
    if (bytes[length - 1] === newline) return bytes.subarray(begin, length);
    const ended = new Uint8Array(length - begin + 1);
    ended.set(bytes.subarray(begin, length));
    ended[length - begin] = newline;
    return ended;
  } finally {
    file.close();
  }
}
