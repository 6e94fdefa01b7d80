import { mostTerms, type TermVectors, type Weighting } from "../../core/term_vectors.ts";

/**
 * Dense vectors and products of sparse rows, both weightings at once: entry 2t of a dense vector is the bag-of-words weight of term t,
 * entry 2t + 1 its tf-idf weight. Rows are read as unit vectors; rows that are no documents as zero.
 */
export class RowAlgebra {
  /** Bag-of-words part of the last product. */
  bagOfWords = 0;
  /** Tf-idf part of the last product. */
  tfidf = 0;
  readonly #offsets: Uint32Array;
  readonly #entries: Uint16Array;
  readonly #present: Uint8Array;
  readonly #idf: Float64Array;
  readonly #bagScale: Float64Array;
  readonly #tfidfScale: Float64Array;

  /** Reads the rows of `vectors`; copies nothing but the inverse document frequencies. */
  constructor(vectors: TermVectors) {
    this.#offsets = vectors.offsets;
    this.#entries = vectors.entries;
    this.#present = vectors.present;
    this.#idf = new Float64Array(mostTerms);
    this.#idf.set(vectors.idf);
    this.#bagScale = vectors.scale.bagOfWords;
    this.#tfidfScale = vectors.scale.tfidf;
  }

  /** A dense vector of zeros. */
  zeros(): Float64Array {
    return new Float64Array(2 * mostTerms);
  }

  /** Adds `factor` times row i to a dense vector. */
  add(dense: Float64Array, i: number, factor = 1): void {
    if (this.#present[i] === 0) return;
    const entries = this.#entries;
    const idf = this.#idf;
    const bag = this.#bagScale[i] * factor;
    const tfidf = this.#tfidfScale[i] * factor;
    for (let j = this.#offsets[i], end = this.#offsets[i + 1]; j < end; j++) {
      const term = entries[j] & 511;
      const count = entries[j] >>> 9;
      dense[2 * term] += count * bag;
      dense[2 * term + 1] += count * idf[term] * tfidf;
    }
  }

  /** Sets the terms of row i to zero. */
  clear(dense: Float64Array, i: number): void {
    const entries = this.#entries;
    for (let j = this.#offsets[i], end = this.#offsets[i + 1]; j < end; j++) {
      const term = entries[j] & 511;
      dense[2 * term] = 0;
      dense[2 * term + 1] = 0;
    }
  }

  /** Product of a dense vector and row i, left in `bagOfWords` and `tfidf`. */
  dot(dense: Float64Array, i: number): void {
    let bag = 0;
    let tfidf = 0;
    if (this.#present[i] !== 0) {
      const entries = this.#entries;
      const idf = this.#idf;
      for (let j = this.#offsets[i], end = this.#offsets[i + 1]; j < end; j++) {
        const term = entries[j] & 511;
        const count = entries[j] >>> 9;
        bag += dense[2 * term] * count;
        tfidf += dense[2 * term + 1] * count * idf[term];
      }
    }
    this.bagOfWords = bag * this.#bagScale[i];
    this.tfidf = tfidf * this.#tfidfScale[i];
  }

  /** Square of row i: 1, or 0 where it has no entries or is no document. */
  square(i: number, weighting: Weighting): number {
    const scale = weighting === "tfidf" ? this.#tfidfScale[i] : this.#bagScale[i];
    return this.#present[i] !== 0 && scale > 0 && this.#offsets[i] < this.#offsets[i + 1] ? 1 : 0;
  }

  /** Product of two dense vectors, left in `bagOfWords` and `tfidf`. */
  dotDense(a: Float64Array, b: Float64Array): void {
    let bag = 0;
    let tfidf = 0;
    for (let j = 0; j < 2 * mostTerms; j += 2) {
      bag += a[j] * b[j];
      tfidf += a[j + 1] * b[j + 1];
    }
    this.bagOfWords = bag;
    this.tfidf = tfidf;
  }
}
