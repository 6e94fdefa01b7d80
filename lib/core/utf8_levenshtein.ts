import { codePoints, editDistance, similarityOf } from "./levenshtein.ts";
import { levenshteinWasm } from "./wasm/levenshtein_wasm.ts";

/** Two texts as UTF-8. */
export interface TextPair {
  /** Bytes that hold the first text. */
  a: Uint8Array;
  /** Its first byte. */
  aStart: number;
  /** One past its last byte. */
  aEnd: number;
  /** Bytes that hold the second text. */
  b: Uint8Array;
  /** Its first byte. */
  bStart: number;
  /** One past its last byte. */
  bEnd: number;
}

/** What levenshtein.as exports. */
interface Kernel {
  memory: WebAssembly.Memory;
  isAscii(start: number, end: number): number;
  distance(
    a: number,
    aLength: number,
    b: number,
    bLength: number,
    work: number,
    kinds: number,
  ): number;
}

const page = 1 << 16;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const compiled = new WebAssembly.Module(Uint8Array.fromBase64(levenshteinWasm));

/**
 * Levenshtein similarity of texts that are UTF-8 in memory: exactly `levenshteinSimilarity`, about ten times as fast. SIMD
 * WebAssembly compares texts of one byte a character. ASCII is that already; other characters are numbered pair by pair.
 */
export class Utf8Levenshtein {
  #kernel = new WebAssembly.Instance(compiled).exports as unknown as Kernel;
  #bytes = new Uint8Array(this.#kernel.memory.buffer);
  /** Code of each code point; all zero between calls. */
  #codes: Uint8Array | null = null;

  /** Normalised similarity of two texts, between 0 and 1. */
  similarity({ a, aStart, aEnd, b, bStart, bEnd }: TextPair): number {
    const aLength = aEnd - aStart;
    const end = aLength + bEnd - bStart;
    const work = this.#reserve(aLength, end - aLength);
    this.#bytes.set(a.subarray(aStart, aEnd));
    this.#bytes.set(b.subarray(bStart, bEnd), aLength);
    if (!this.#kernel.isAscii(0, end)) return this.#decoded(aLength, end, work);
    return similarityOf(
      this.#kernel.distance(0, aLength, aLength, end - aLength, work, 128),
      Math.max(aLength, end - aLength),
    );
  }

  /** Similarity of the texts in memory by their code points. */
  #decoded(middle: number, end: number, work: number): number {
    const a = codePoints(decoder.decode(this.#bytes.subarray(0, middle)));
    const b = codePoints(decoder.decode(this.#bytes.subarray(middle, end)));
    const kinds = this.#encode(a, b);
    const distance = kinds === null
      ? editDistance(a, b)
      : this.#kernel.distance(0, a.length, a.length, b.length, work, kinds);
    return similarityOf(distance, Math.max(a.length, b.length));
  }

  /**
   * Writes the texts to memory with a byte for each code point: one of its own where both texts have it, else 1 in the first and 0 in
   * the second. Returns the number of codes, null when they do not fit in a byte.
   */
  #encode(a: Uint32Array, b: Uint32Array): number | null {
    const codes = this.#codes ??= new Uint8Array(0x110000);
    for (const point of a) codes[point] = 1;
    let kinds = 2;
    for (let i = 0; i < b.length && kinds < 256; i++) {
      if (codes[b[i]] === 1) codes[b[i]] = kinds++;
    }
    const fits = kinds < 256;
    if (fits) {
      for (let i = 0; i < a.length; i++) this.#bytes[i] = codes[a[i]];
      for (let i = 0; i < b.length; i++) this.#bytes[a.length + i] = codes[b[i]];
    }
    for (const point of a) codes[point] = 0;
    return fits ? kinds : null;
  }

  /** Makes room for two texts and what the kernel needs for them; returns where its work memory begins. */
  #reserve(aLength: number, bLength: number): number {
    const work = (aLength + bLength + 15) & ~15;
    const needed = work + 16 * (3 + 256) * Math.ceil(Math.max(aLength, bLength) / 128);
    if (needed > this.#bytes.length) {
      this.#kernel.memory.grow(Math.ceil((needed - this.#bytes.length) / page));
      this.#bytes = new Uint8Array(this.#kernel.memory.buffer);
    }
    return work;
  }
}
