import type { Candidates } from "./candidates.ts";
import { endOfDocument, gap } from "./token_codes.ts";

/** Numbers kept for each token and pair: occurrences, documents, and the document seen last. */
const stride = 3;

/**
 * Counts in streams of codes how often each candidate, and each pair of neighbouring candidates, occurs, and in how many
 * documents: a dense square table of codes x codes, the pair (0, b) standing for token b alone.
 */
export class TermCounts {
  /** Number of codes, the side of the table. */
  readonly codes: number;
  /** Documents counted. */
  documents = 0;
  /** Occurrences, documents and last document of (a, b) at `3 * (a * codes + b)`. */
  readonly table: Uint32Array;

  constructor({ codes }: Pick<Candidates, "codes">) {
    this.codes = codes;
    this.table = new Uint32Array(stride * codes * codes);
  }

  /** Counts the documents of a stream; document i of it only where `wanted[i]` is 1. */
  add(stream: Uint8Array, wanted: Uint8Array): void {
    const { table, codes } = this;
    let row = 0;
    let counts = wanted[row] === 1;
    if (counts) this.documents++;
    let document = this.documents;
    let before = gap;
    for (let p = 0; p < stream.length; p++) {
      let code = stream[p];
      if (code > 127) code = ((code & 127) << 7) | (stream[++p] & 127);
      if (code === endOfDocument) {
        row++;
        if (p + 1 < stream.length) {
          counts = wanted[row] === 1;
          if (counts) document = ++this.documents;
        }
        before = gap;
        continue;
      }
      if (!counts || code === gap) {
        before = gap;
        continue;
      }
      let cell = stride * code;
      table[cell]++;
      if (table[cell + 2] !== document) {
        table[cell + 2] = document;
        table[cell + 1]++;
      }
      if (before !== gap) {
        cell = stride * (before * codes + code);
        table[cell]++;
        if (table[cell + 2] !== document) {
          table[cell + 2] = document;
          table[cell + 1]++;
        }
      }
      before = code;
    }
  }

  /** Adds the counts of another counter of the same candidates, over other documents. */
  merge(other: Pick<TermCounts, "table" | "documents">): void {
    const { table } = this;
    for (let cell = 0; cell < table.length; cell += stride) {
      table[cell] += other.table[cell];
      table[cell + 1] += other.table[cell + 1];
    }
    this.documents += other.documents;
  }
}
