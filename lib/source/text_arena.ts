import { grown } from "../core/grow.ts";

/** Texts of some rows as UTF-8 in memory that threads share. */
export interface TextArena {
  /** Pieces of memory. */
  pieces: Uint8Array<SharedArrayBuffer>[];
  /** Piece of each row's text. */
  piece: Uint32Array<SharedArrayBuffer>;
  /** First byte of each row's text in its piece. */
  start: Uint32Array<SharedArrayBuffer>;
  /** One past the last byte; equal to the first for rows without a text. */
  end: Uint32Array<SharedArrayBuffer>;
}

/** Writes texts side by side, piece by piece. */
export class ArenaWriter {
  #bytes = new Uint8Array(1 << 20);
  #length = 0;
  #rows: number[] = [];
  #ends: number[] = [];

  /** Bytes written since the last piece was taken. */
  get length(): number {
    return this.#length;
  }

  /** Memory for a text of at most `most` bytes, to be filled from `at` on. */
  reserve(most: number): { bytes: Uint8Array; at: number } {
    this.#bytes = grown(this.#bytes, this.#length + most);
    return { bytes: this.#bytes, at: this.#length };
  }

  /** Ends the text of a row at `end` in the reserved memory. */
  end(row: number, end: number): void {
    this.#rows.push(row);
    this.#ends.push(end);
    this.#length = end;
  }

  /** The texts since the last call as a piece of shared memory. */
  take(): ArenaPiece {
    const bytes = new Uint8Array(new SharedArrayBuffer(this.#length));
    bytes.set(this.#bytes.subarray(0, this.#length));
    const piece = {
      bytes,
      rows: Uint32Array.from(this.#rows),
      ends: Uint32Array.from(this.#ends),
    };
    this.#length = 0;
    this.#rows = [];
    this.#ends = [];
    return piece;
  }
}

/** Texts of some rows, side by side. */
export interface ArenaPiece {
  bytes: Uint8Array<SharedArrayBuffer>;
  rows: Uint32Array;
  ends: Uint32Array;
}

/** An arena for `rows` rows without any text. */
export function emptyArena(rows: number): TextArena {
  const column = () => new Uint32Array(new SharedArrayBuffer(4 * rows));
  return { pieces: [], piece: column(), start: column(), end: column() };
}

/** Adds a piece to an arena. */
export function addPiece(arena: TextArena, { bytes, rows, ends }: ArenaPiece): void {
  const piece = arena.pieces.push(bytes) - 1;
  for (let i = 0, start = 0; i < rows.length; start = ends[i++]) {
    arena.piece[rows[i]] = piece;
    arena.start[rows[i]] = start;
    arena.end[rows[i]] = ends[i];
  }
}
