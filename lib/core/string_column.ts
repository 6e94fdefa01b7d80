const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Strings of a column as UTF-8 bytes in one arena: string `i` is `bytes[offsets[i] .. ends[i]]`. No JavaScript string
 * exists until it is asked for, so that millions of ids cost their bytes and 4 to 8 more.
 *
 * @example
 * ```ts
 * import { StringColumn } from "kindred";
 * const names = StringColumn.from(["gpt2", "bert"]);
 * names.at(1); // "bert"
 * names.length; // 2
 * ```
 */
export class StringColumn {
  /** Number of strings. */
  readonly length: number;
  /** UTF-8 of all strings; there may be gaps between them. */
  readonly bytes: Uint8Array;
  /** First byte of each string; at least `length` entries. */
  readonly starts: Uint32Array;
  /** One past the last byte of each string; at least `length` entries. */
  readonly ends: Uint32Array;

  /** A column over bytes that are there already: `length` strings from `starts` to `ends`. */
  constructor(length: number, bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array) {
    this.length = length;
    this.bytes = bytes;
    this.starts = starts;
    this.ends = ends;
  }

  /** The column of some strings. */
  static from(strings: readonly string[]): StringColumn {
    const encoder = new TextEncoder();
    const parts = strings.map((s) => encoder.encode(s));
    const offsets = new Uint32Array(parts.length + 1);
    for (let i = 0; i < parts.length; i++) offsets[i + 1] = offsets[i] + parts[i].length;
    const bytes = new Uint8Array(offsets[parts.length]);
    for (let i = 0; i < parts.length; i++) bytes.set(parts[i], offsets[i]);
    return new StringColumn(parts.length, bytes, offsets.subarray(0, -1), offsets.subarray(1));
  }

  /**
   * String number `i`.
   *
   * @throws {RangeError} when there is no such string
   */
  at(i: number): string {
    if (!(Number.isInteger(i) && i >= 0 && i < this.length)) {
      throw new RangeError(`Cannot read string ${i}: the column has ${this.length}`);
    }
    const start = this.starts[i];
    const end = this.ends[i];
    if (end - start < 24) {
      // Short ASCII strings are built faster by hand than by the decoder's call.
      let text = "";
      for (let p = start; p < end; p++) {
        const c = this.bytes[p];
        if (c >= 0x80) return decoder.decode(this.bytes.subarray(start, end));
        text += String.fromCharCode(c);
      }
      return text;
    }
    return decoder.decode(this.bytes.subarray(start, end));
  }

  /** All strings, for columns known to be short. */
  toArray(): string[] {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }
}
