/** Takes exact numbers of bytes from pieces of any length. */
export class ByteReader {
  #chunks: AsyncIterator<Uint8Array>;
  #chunk = new Uint8Array(0);
  #at = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Whether a byte is left, after fetching the next piece where needed. */
  async #more(): Promise<boolean> {
    while (this.#at === this.#chunk.length) {
      const next = await this.#chunks.next();
      if (next.done) return false;
      this.#chunk = next.value as Uint8Array<ArrayBuffer>;
      this.#at = 0;
    }
    return true;
  }

  /** The next n bytes as a copy; fewer where the input ends. */
  async take(n: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(n);
    let length = 0;
    while (length < n && await this.#more()) {
      const part = this.#chunk.subarray(this.#at, this.#at + n - length);
      bytes.set(part, length);
      length += part.length;
      this.#at += part.length;
    }
    return bytes.subarray(0, length);
  }

  /** The next n bytes as views of the pieces they lie in; ends early where the input ends. */
  async *pass(n: number): AsyncGenerator<Uint8Array> {
    while (n > 0 && await this.#more()) {
      const part = this.#chunk.subarray(this.#at, this.#at + n);
      n -= part.length;
      this.#at += part.length;
      yield part;
    }
  }

  /** Ends the input early. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
