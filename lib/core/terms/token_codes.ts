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
  count = 0;
  codes = new Uint8Array(1024);
  codeEnds = new Uint32Array(1024);
  buckets = new Uint32Array(1024);
  bucketEnds = new Uint32Array(1024);
}

/** Counters that a text adds to. */
interface Buckets {
  buckets: Uint32Array;
  bucketCount: number;
}

function noBuckets(): Buckets {
  return { buckets: new Uint32Array(64), bucketCount: 0 };
}

/**
 * Writes the tokens of documents as a stream of candidate codes, one or two bytes each: what later passes need to count terms
 * and make vectors, in about a byte a token, without reading the text again. Codes below 128 take one byte; others two, both
 * of 128 or more, seven bits of the code in each, the higher ones first.
 *
 * A token that is no candidate leaves a gap and adds one to a hashed counter. Those counters bound every term from above that
 * holds such a token: see `chooseVocabulary`.
 */
export class TokenCodes {
  /** The tokens that have codes. */
  readonly candidates: Candidates;
  /** Counters of the other tokens; a document that is taken back stays counted, so they are bounds. */
  readonly buckets = new Uint32Array(bucketCount);
  #codes = new Uint8Array(1 << 16);
  #length = 0;
  #mark = 0;
  #phrases = new Phrases();
  /** Where the codes of the text start that {@link TokenCodes.again} repeats, where they end, and its counters. */
  #noted = { from: 0, to: 0, ...noBuckets() };
  #learnt = noBuckets();
  #encoder = new TextEncoder();

  constructor(candidates: Candidates) {
    this.candidates = candidates;
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
    const { from, to, buckets, bucketCount } = this.#noted;
    this.#reserve(to - from);
    this.#codes.copyWithin(this.#length, from, to);
    this.#length += to - from;
    for (let i = 0; i < bucketCount; i++) this.buckets[buckets[i]]++;
  }

  /** Adds the tokens of any text. */
  text(text: string): void {
    for (const token of tokens(text)) {
      const bytes = this.#encoder.encode(token);
      let hash = hashSeed;
      for (let p = 0; p < bytes.length; p++) hash = Math.imul(hash ^ bytes[p], hashPrime);
      const code = this.candidates.find(bytes, 0, bytes.length, hash);
      if (code === gap) this.buckets[bucketOf(hash)]++;
      this.#reserve(2);
      this.#write(code);
    }
  }

  /** Learns ASCII text that will come often; returns its number for {@link TokenCodes.phrase}. Adds nothing itself. */
  learn(bytes: Uint8Array, start: number, end: number): number {
    const phrases = this.#phrases;
    const number = phrases.count++;
    phrases.codeEnds = grown(phrases.codeEnds, number + 2);
    phrases.bucketEnds = grown(phrases.bucketEnds, number + 2);
    let codeEnd = phrases.codeEnds[number];
    let bucketEnd = phrases.bucketEnds[number];
    const before = this.#length;
    this.#scan(bytes, start, end, this.#learnt);
    const { buckets, bucketCount } = this.#learnt;
    const codes = this.#codes.subarray(before, this.#length);
    this.#length = before;
    phrases.codes = grown(phrases.codes, codeEnd + codes.length);
    phrases.codes.set(codes, codeEnd);
    codeEnd += codes.length;
    phrases.buckets = grown(phrases.buckets, bucketEnd + bucketCount);
    for (let i = 0; i < bucketCount; i++) {
      this.buckets[buckets[i]]--;
      phrases.buckets[bucketEnd++] = buckets[i];
    }
    phrases.codeEnds[number + 1] = codeEnd;
    phrases.bucketEnds[number + 1] = bucketEnd;
    return number;
  }

  /** Adds the tokens of a phrase learnt before. */
  phrase(number: number): void {
    const phrases = this.#phrases;
    const to = phrases.codeEnds[number + 1];
    let from = phrases.codeEnds[number];
    this.#reserve(to - from);
    let n = this.#length;
    for (const codes = this.#codes; from < to; from++) codes[n++] = phrases.codes[from];
    this.#length = n;
    const bucketEnd = phrases.bucketEnds[number + 1];
    for (let i = phrases.bucketEnds[number]; i < bucketEnd; i++) {
      this.buckets[phrases.buckets[i]]++;
    }
  }

  /** Ends the document. */
  end(): void {
    this.#reserve(1);
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
  #scan(bytes: Uint8Array, start: number, end: number, noted: Buckets | null): void {
    const candidates = this.candidates;
    // A token has at least two bytes, a code at most two.
    this.#reserve(end - start);
    if (noted !== null) {
      noted.buckets = grown(noted.buckets, end - start);
      noted.bucketCount = 0;
    }
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
        if (noted !== null) noted.buckets[noted.bucketCount++] = bucket;
      }
      this.#write(code);
    }
  }

  #reserve(length: number): void {
    if (this.#length + length > this.#codes.length) {
      this.#codes = grown(this.#codes, this.#length + length);
    }
  }

  #write(code: number): void {
    if (code < 128) this.#codes[this.#length++] = code;
    else {
      this.#codes[this.#length++] = 128 | (code >>> 7);
      this.#codes[this.#length++] = 128 | (code & 127);
    }
  }
}
