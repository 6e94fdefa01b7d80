import { grown } from "../grow.ts";
import type { Weighting } from "../term_vectors.ts";
import { endOfDocument, gap } from "./token_codes.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** The rows of a stream that have entries of term vectors, see `TermVectors`. */
export interface EncodedRows {
  /** Numbers of these rows, ascending. */
  rows: Uint32Array<ArrayBuffer>;
  entries: Uint16Array<ArrayBuffer>;
  /** One past the last entry of each of them. */
  ends: Uint32Array<ArrayBuffer>;
  /** 1 / norm of each of them. */
  scale: Record<Weighting, Float64Array<ArrayBuffer>>;
}

/** Sums of the unit vectors of documents. */
export type VectorSums = Record<Weighting, { sum: Float64Array; nonzero: number }>;

/** What is needed of a vocabulary to make vectors. */
export type Fitted = Pick<Vocabulary, "termOf" | "documents" | "frequencies">;

/** Smooth inverse document frequencies as scikit-learn's TfidfTransformer defines them. */
export function inverseFrequencies({ documents, frequencies }: Fitted): Float64Array {
  return frequencies.map((frequency) => Math.log((1 + documents) / (1 + frequency)) + 1);
}

/** Makes vectors of documents from streams of codes; the sums of all documents' unit vectors come along. */
export class DocumentEncoder {
  /** Sums over all documents so far, the same in whatever order and by however many encoders documents were added. */
  readonly all: VectorSums;
  #termOf: Int16Array;
  #codes: number;
  #idf: Float64Array;
  #counts: Uint32Array;
  #seen: Uint16Array;
  #entries = new Uint16Array(1 << 16);
  #rounder: number;
  /** 1 / norm of the last document. */
  #bagScale = 0;
  #tfidfScale = 0;

  constructor(fitted: Fitted) {
    this.#termOf = fitted.termOf;
    this.#codes = Math.sqrt(fitted.termOf.length);
    this.#idf = inverseFrequencies(fitted);
    const terms = this.#idf.length;
    // Sums of at most as many values of at most 1 are exact when all are multiples of a quantum; adding and taking away this
    // number rounds to it. The quantum is no coarser than the last bit that such a sum has.
    const bits = Math.max(3, Math.ceil(Math.log2(Math.max(1, fitted.documents))));
    this.#rounder = 1.5 * 2 ** (bits - 1);
    this.#counts = new Uint32Array(terms);
    this.#seen = new Uint16Array(terms);
    this.all = {
      bagOfWords: { sum: new Float64Array(terms), nonzero: 0 },
      tfidf: { sum: new Float64Array(terms), nonzero: 0 },
    };
  }

  /**
   * Reads a stream of documents: those where `documents` is 1 add to the sums, and those where `wanted` is 1 too get
   * entries.
   */
  add(
    stream: Uint8Array,
    { documents, wanted }: { documents: Uint8Array; wanted: Uint8Array },
  ): EncodedRows {
    const termOf = this.#termOf;
    const width = this.#codes;
    const counts = this.#counts;
    const seen = this.#seen;
    let most = 0;
    for (let i = 0; i < wanted.length; i++) most += wanted[i];
    const rows = new Uint32Array(most);
    const ends = new Uint32Array(most);
    const scale = { bagOfWords: new Float64Array(most), tfidf: new Float64Array(most) };
    let found = 0;
    let row = 0;
    let before = gap;
    let terms = 0;
    let length = 0;
    for (let p = 0; p < stream.length; p++) {
      let code = stream[p];
      if (code > 127) code = ((code & 127) << 7) | (stream[++p] & 127);
      if (code === endOfDocument) {
        if (terms > 0) {
          this.#document(terms);
          if (wanted[row] === 1) {
            length = this.#write(terms, length);
            rows[found] = row;
            ends[found] = length;
            scale.bagOfWords[found] = this.#bagScale;
            scale.tfidf[found++] = this.#tfidfScale;
          }
          for (let i = 0; i < terms; i++) counts[seen[i]] = 0;
          terms = 0;
        }
        row++;
        before = gap;
        continue;
      }
      if (code === gap || documents[row] !== 1) {
        before = gap;
        continue;
      }
      let term = termOf[code];
      if (term >= 0 && counts[term]++ === 0) seen[terms++] = term;
      if (before !== gap) {
        term = termOf[before * width + code];
        if (term >= 0 && counts[term]++ === 0) seen[terms++] = term;
      }
      before = code;
    }
    return {
      rows: rows.slice(0, found),
      entries: this.#entries.slice(0, length),
      ends: ends.slice(0, found),
      scale: {
        bagOfWords: scale.bagOfWords.slice(0, found),
        tfidf: scale.tfidf.slice(0, found),
      },
    };
  }

  /** Adds the unit vectors of the document under way to the sums. */
  #document(terms: number): void {
    const counts = this.#counts;
    const seen = this.#seen;
    const idf = this.#idf;
    const { bagOfWords, tfidf } = this.all;
    const rounder = this.#rounder;
    let square = 0;
    let weighted = 0;
    for (let i = 0; i < terms; i++) {
      const term = seen[i];
      const count = counts[term];
      const weight = count * idf[term];
      square += count * count;
      weighted += weight * weight;
    }
    const bagScale = 1 / Math.sqrt(square);
    const tfidfScale = 1 / Math.sqrt(weighted);
    for (let i = 0; i < terms; i++) {
      const term = seen[i];
      const count = counts[term];
      bagOfWords.sum[term] += count * bagScale + rounder - rounder;
      tfidf.sum[term] += count * idf[term] * tfidfScale + rounder - rounder;
    }
    bagOfWords.nonzero++;
    tfidf.nonzero++;
    this.#bagScale = bagScale;
    this.#tfidfScale = tfidfScale;
  }

  /** Writes the entries of the document under way; returns the new length. */
  #write(terms: number, length: number): number {
    const counts = this.#counts;
    const seen = this.#seen;
    if (length + terms > this.#entries.length) {
      this.#entries = grown(this.#entries, length + terms);
    }
    for (let i = 0; i < terms; i++) {
      const term = seen[i];
      let count = counts[term];
      for (; count > 127; count -= 127) {
        this.#entries = grown(this.#entries, length + terms + 1);
        this.#entries[length++] = term | (127 << 9);
      }
      this.#entries[length++] = term | (count << 9);
    }
    return length;
  }
}
