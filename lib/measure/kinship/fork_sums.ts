import type { TermVectors } from "../../core/term_vectors.ts";
import type { DealPlaces } from "./deal_places.ts";
import { RowAlgebra } from "./row_algebra.ts";

/** From so many children on products with the sum of all are cheaper than one by one. */
const many = 8;

/** `fork.siblings` less `fork.parentChild` over places whose children may be exchanged. */
export class ForkSums {
  /** Difference by term counts that {@link measure} found; NaN where no pair of siblings, or of parent and child, counts. */
  bagOfWords = NaN;
  /** Difference by tf-idf weights. */
  tfidf = NaN;
  readonly #parent: Uint32Array;
  readonly #present: Uint8Array;
  readonly #rows: RowAlgebra;
  readonly #self: Float64Array;
  readonly #sum: Float64Array;

  /** @throws {RangeError} when the vectors have another number of rows than there are models */
  constructor({ nodes, parent }: DealPlaces, vectors: TermVectors) {
    if (vectors.rows !== nodes) {
      throw new RangeError(
        `Cannot measure the forks: found ${vectors.rows} rows of terms, expected one for each of ${nodes} models`,
      );
    }
    this.#parent = parent;
    this.#present = vectors.present;
    this.#rows = new RowAlgebra(vectors);
    this.#self = this.#rows.zeros();
    this.#sum = this.#rows.zeros();
  }

  /** Leaves the differences with `child[i]` at place i in `bagOfWords` and `tfidf`. */
  measure(child: Uint32Array): void {
    const parent = this.#parent;
    const present = this.#present;
    const rows = this.#rows;
    let [ends, pairs] = [0, 0];
    let [bagEnds, bagPairs, weightedEnds, weightedPairs] = [0, 0, 0, 0];
    for (let start = 0, end = 0; start < parent.length; start = end) {
      const u = parent[start];
      while (end < parent.length && parent[end] === u) end++;
      const k = end - start;
      if (k < 2) continue;
      const forks = (k - 1) / 2;
      let counted = 0;
      for (let i = start; i < end; i++) counted += present[child[i]];
      ends += forks * present[u] * counted;
      pairs += counted * (counted - 1) / 2;
      rows.add(this.#self, u);
      this.#sum.fill(0);
      for (let i = start; i < end; i++) {
        if (k < many) {
          rows.dot(this.#self, child[i]);
          bagEnds += forks * rows.bagOfWords;
          weightedEnds += forks * rows.tfidf;
          rows.dot(this.#sum, child[i]);
          bagPairs += rows.bagOfWords;
          weightedPairs += rows.tfidf;
        }
        rows.add(this.#sum, child[i]);
      }
      if (k >= many) {
        rows.dotDense(this.#self, this.#sum);
        bagEnds += forks * rows.bagOfWords;
        weightedEnds += forks * rows.tfidf;
        let [bagSquares, weightedSquares] = [0, 0];
        for (let i = start; i < end; i++) {
          bagSquares += rows.square(child[i], "bagOfWords");
          weightedSquares += rows.square(child[i], "tfidf");
        }
        rows.dotDense(this.#sum, this.#sum);
        bagPairs += (rows.bagOfWords - bagSquares) / 2;
        weightedPairs += (rows.tfidf - weightedSquares) / 2;
      }
      rows.clear(this.#self, u);
    }
    this.bagOfWords = bagPairs / pairs - bagEnds / ends;
    this.tfidf = weightedPairs / pairs - weightedEnds / ends;
  }
}
