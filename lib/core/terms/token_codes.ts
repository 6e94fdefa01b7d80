import { grown } from "../grow.ts";
import { tokens } from "../tokens.ts";
import {
  bucketCount,
  bucketOf,
  type Candidates,
  hashPrime,
  hashSeed,
  wordBytes,
} from "./candidates.ts";

/** Code of a token that is no candidate. */
export const gap = 0;
/** Code that ends a document. */
export const endOfDocument = 1;

/** Texts that come again and again, as the codes and counters of their tokens, side by side. */
class Phrases {
  codes = new Uint8Array(1024);
  codeCount = 0;
  buckets = new Uint32Array(1024);
  bucketCount = 0;
  count = 0;
  /** Of each phrase its first code, one past its last, and the same of its counters. */
  spans = new Uint32Array(4 * 1024);
}

/** What is noted of a text. */
interface Noted {
  /** Counters that it adds to. */
  buckets: Uint32Array;
  bucketCount: number;
  /** Whether its first token is no candidate; its codes may not show that. */
  gapFirst: boolean;
}

function nothing(): Noted {
  return { buckets: new Uint32Array(64), bucketCount: 0, gapFirst: false };
}

/**
 * Writes the tokens of documents as a stream of candidate codes, one or two bytes each: what later passes need to count terms
 * and make vectors, in about a byte a token, without reading the text again. Codes below 128 take one byte; others two, both
 * of 128 or more, seven bits of the code in each, the higher ones first.
 *
 * Tokens that are no candidates leave a gap, one for several in a row, and each adds one to a hashed counter. Those counters
 * bound every term from above that holds such a token: see `chooseVocabulary`.
 */
export class TokenCodes {
  /** The tokens that have codes. */
  readonly candidates: Candidates;
  /** Counters of the other tokens; a document that is taken back stays counted, so they are bounds. */
  readonly buckets: Uint32Array<ArrayBuffer> = new Uint32Array(bucketCount);
  #codes = new Uint8Array(1 << 16);
  #length = 0;
  #mark = 0;
  #phrases = new Phrases();
  /** Where the codes of the text start that {@link TokenCodes.again} repeats, where they end, and its counters. */
  #noted = { from: 0, to: 0, ...nothing() };
  #learnt = nothing();
  #encoder = new TextEncoder();

  constructor(candidates: Candidates) {
    this.candidates = candidates;
  }

  /**
   * Makes room for what text of some bytes adds, documents' ends included where each has a byte of its own: a token has at least two
   * bytes, its code at most two. Whatever is added must have had room made for it, so that nothing is checked token by token.
   */
  room(bytes: number): void {
    this.#codes = grown(this.#codes, this.#length + bytes + 1);
  }

  /** Adds the tokens of ASCII text; it must not go on in the middle of a token. */
  ascii(bytes: Uint8Array, start: number, end: number): void {
    this.#scan(bytes, start, end, null);
  }

  /** As {@link TokenCodes.ascii} for text that may come again in the same document. */
  note(bytes: Uint8Array, start: number, end: number): void {
    this.#noted.from = this.#length;
    this.#scan(bytes, start, end, this.#noted);
    this.#noted.to = this.#length;
  }

  /** Adds the tokens of the text noted last, in the same document. */
  again(): void {
    const { from, to, buckets, bucketCount, gapFirst } = this.#noted;
    if (gapFirst) this.#write(gap);
    this.#codes.copyWithin(this.#length, from, to);
    this.#length += to - from;
    for (let i = 0; i < bucketCount; i++) this.buckets[buckets[i]]++;
  }

  /** Adds the tokens of any text. */
  text(text: string): void {
    // A token has at least two units of UTF-16, too; lower case may have twice as many.
    this.room(2 * text.length);
    for (const token of tokens(text)) {
      const bytes = this.#encoder.encode(token);
      let hash = hashSeed;
      for (let p = 0; p < bytes.length; p++) hash = Math.imul(hash ^ bytes[p], hashPrime);
      const code = this.candidates.find(bytes, 0, bytes.length, hash);
      if (code === gap) this.buckets[bucketOf(hash)]++;
      this.#write(code);
    }
  }

  /** Learns ASCII text that will come often; returns its number for {@link TokenCodes.phrase}. Adds nothing itself. */
  learn(bytes: Uint8Array, start: number, end: number): number {
    const phrases = this.#phrases;
    const number = phrases.count++;
    const before = this.#length;
    this.room(end - start + 1);
    // Not at the beginning of a document, so that a gap in front is kept.
    this.#codes[this.#length++] = 127;
    this.#scan(bytes, start, end, this.#learnt);
    const { buckets, bucketCount } = this.#learnt;
    const codes = this.#codes.subarray(before + 1, this.#length);
    this.#length = before;
    const spans = grown(phrases.spans, 4 * number + 4);
    spans[4 * number] = phrases.codeCount;
    spans[4 * number + 1] = phrases.codeCount + codes.length;
    spans[4 * number + 2] = phrases.bucketCount;
    spans[4 * number + 3] = phrases.bucketCount + bucketCount;
    phrases.spans = spans;
    phrases.codes = grown(phrases.codes, phrases.codeCount + codes.length);
    phrases.codes.set(codes, phrases.codeCount);
    phrases.codeCount += codes.length;
    phrases.buckets = grown(phrases.buckets, phrases.bucketCount + bucketCount);
    for (let i = 0; i < bucketCount; i++) {
      this.buckets[buckets[i]]--;
      phrases.buckets[phrases.bucketCount++] = buckets[i];
    }
    return number;
  }

  /** Adds the tokens of a phrase learnt before. */
  phrase(number: number): void {
    const { spans, codes, buckets } = this.#phrases;
    const into = this.#codes;
    const to = spans[4 * number + 1];
    let n = this.#length;
    for (let from = spans[4 * number]; from < to; from++) into[n++] = codes[from];
    this.#length = n;
    const last = spans[4 * number + 3];
    for (let i = spans[4 * number + 2]; i < last; i++) this.buckets[buckets[i]]++;
  }

  /**
   * Ends the document.
   *
   * @throws {RangeError} when more was added than there was room for
   */
  end(): void {
    if (this.#length >= this.#codes.length) {
      throw new RangeError(
        `Cannot end a document of ${
          this.#length - this.#mark
        } bytes of codes: there was no room for it`,
      );
    }
    this.#codes[this.#length++] = endOfDocument;
    this.#mark = this.#length;
  }

  /** Forgets the document under way. */
  back(): void {
    this.#length = this.#mark;
  }

  /** The codes of the documents ended since the last call. */
  take(): Uint8Array<ArrayBuffer> {
    const codes = this.#codes.slice(0, this.#mark);
    this.#length = this.#mark = 0;
    return codes;
  }

  /** Writes the codes of ASCII text, and notes the counters of its other tokens if asked to. */
  #scan(bytes: Uint8Array, start: number, end: number, noted: Noted | null): void {
    const candidates = this.candidates;
    if (noted !== null) {
      noted.buckets = grown(noted.buckets, end - start);
      noted.bucketCount = 0;
      noted.gapFirst = false;
    }
    let first = true;
    let p = start;
    while (p < end) {
      let c = wordBytes[bytes[p]];
      if (c === 0) {
        p++;
        continue;
      }
      const from = p;
      let hash = hashSeed;
      do {
        hash = Math.imul(hash ^ c, hashPrime);
        p++;
        c = p < end ? wordBytes[bytes[p]] : 0;
      } while (c !== 0);
      if (p - from < 2) continue;
      const code = candidates.find(bytes, from, p, hash);
      if (code === gap) {
        const bucket = bucketOf(hash);
        this.buckets[bucket]++;
        if (noted !== null) {
          noted.buckets[noted.bucketCount++] = bucket;
          if (first) noted.gapFirst = true;
        }
      }
      first = false;
      this.#write(code);
    }
  }

  /** A gap after a gap, or at the beginning of a document, says nothing. */
  #write(code: number): void {
    if (code === gap && this.#length === this.#mark) return;
    if (code === gap && this.#codes[this.#length - 1] === gap) return;
    if (code < 128) this.#codes[this.#length++] = code;
    else {
      this.#codes[this.#length++] = 128 | (code >>> 7);
      this.#codes[this.#length++] = 128 | (code & 127);
    }
  }
}
