import {
  DocumentEncoder,
  type EncodedRows,
  type Fitted,
  type VectorSums,
} from "../core/terms/encode_documents.ts";
import { TermCounts } from "../core/terms/term_counts.ts";
import type { RowStreams, TextKind } from "./row_codes.ts";

/** Where the rows of a batch are in the snapshot. */
export interface Placement {
  /** Number of the batch. */
  batch: number;
  /** Row of its first kept row. */
  first: number;
  /** 1 for its rows that the snapshot keeps; null when it keeps all. */
  kept: Uint8Array | null;
}

/** A batch on the shelf. */
export interface Shelved extends RowStreams {
  /** Number of its rows. */
  count: number;
}

/** Row by row of the batch, the entries of a column of the snapshot; 0 for rows that it does not keep. */
function within(column: Uint8Array, { first, kept }: Placement, count: number): Uint8Array {
  if (kept === null) return column.subarray(first, first + count);
  const out = new Uint8Array(count);
  for (let i = 0, row = first; i < count; i++) if (kept[i] === 1) out[i] = column[row++];
  return out;
}

/** Numbers rows of a batch, ascending, as the snapshot does. */
function inSnapshot(rows: Uint32Array, { first, kept }: Placement): void {
  if (kept === null) {
    for (let i = 0; i < rows.length; i++) rows[i] += first;
    return;
  }
  for (let i = 0, at = 0, row = first; i < rows.length; i++) {
    for (; at < rows[i]; at++) row += kept[at];
    rows[i] = row;
  }
}

/** The streams of codes that one thread has made, batch by batch, and what is computed from them. */
export class TextShelf {
  #batches = new Map<number, Shelved>();

  /** Puts a batch on the shelf. */
  put(batch: number, shelved: Shelved): void {
    this.#batches.set(batch, shelved);
  }

  /** A batch that was put there. */
  get(batch: number): Shelved {
    return this.#batches.get(batch)!;
  }

  /** Counts the terms of the rows whose entry in `documents` is 1. */
  count(
    kind: TextKind,
    { codes, documents, placements }: {
      codes: number;
      documents: Uint8Array;
      placements: Placement[];
    },
  ): TermCounts {
    const counts = new TermCounts({ codes });
    for (const placement of placements) {
      const shelved = this.#batches.get(placement.batch);
      if (shelved === undefined) continue;
      counts.add(shelved[kind], within(documents, placement, shelved.count));
    }
    return counts;
  }

  /** Encodes the rows batch by batch, numbered as in the snapshot; returns the sums over all of them. */
  encode(
    kind: TextKind,
    { fitted, release, documents, wanted, placements, onBatch }: {
      fitted: Fitted;
      /** Whether the tokens are forgotten on the way. */
      release: boolean;
      documents: Uint8Array;
      wanted: Uint8Array;
      placements: Placement[];
      onBatch: (batch: number, encoded: EncodedRows) => void;
    },
  ): VectorSums {
    const encoder = new DocumentEncoder(fitted);
    for (const placement of placements) {
      const shelved = this.#batches.get(placement.batch);
      if (shelved === undefined) continue;
      const encoded = encoder.add(shelved[kind], {
        documents: within(documents, placement, shelved.count),
        wanted: within(wanted, placement, shelved.count),
      });
      if (release) shelved[kind] = new Uint8Array(0);
      inSnapshot(encoded.rows, placement);
      onBatch(placement.batch, encoded);
    }
    return encoder.all;
  }
}
