/** Bytes at which a block is handed on. */
export const blockBytes = 4 << 20;

/** Longest line accepted, in bytes. */
const longestLine = 512 << 20;

/** Memory of a block under construction; what is taken owns its memory and can move to another thread. */
export class BlockBuffer {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;
  #source: string;
  #longest: number;

  /**
   * @param source Name of the input for errors.
   * @param options.longest Bytes without the end of a row that are refused; default 512 MB.
   */
  constructor(source: string, { longest = longestLine }: { longest?: number } = {}) {
    this.#source = source;
    this.#longest = longest;
    this.bytes = new Uint8Array(blockBytes + (1 << 20));
  }

  /**
   * Makes room for `more` bytes.
   *
   * @throws {RangeError} when a row would exceed the limit
   */
  reserve(more: number): void {
    const wanted = this.length + more;
    if (wanted <= this.bytes.length) return;
    if (wanted > this.#longest) {
      throw new RangeError(
        `Cannot read "${this.#source}": a row is longer than ${this.#longest} bytes`,
      );
    }
    const wider = new Uint8Array(Math.min(this.#longest, Math.max(wanted, 2 * this.bytes.length)));
    wider.set(this.bytes.subarray(0, this.length));
    this.bytes = wider;
  }

  append(chunk: Uint8Array): void {
    this.reserve(chunk.length);
    this.bytes.set(chunk, this.length);
    this.length += chunk.length;
  }

  /** The first `end` bytes; the rest begins the next block. */
  take(end: number): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.subarray(0, end);
    const rest = this.bytes.subarray(end, this.length);
    this.bytes = new Uint8Array(Math.max(rest.length, blockBytes) + (1 << 20));
    this.bytes.set(rest);
    this.length = rest.length;
    return taken;
  }
}
