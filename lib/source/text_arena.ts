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

/** Bytes of a piece, unless one text is longer; memory that is not written costs nothing. */
const pieceBytes = 4 << 20;

/** Writes texts side by side, piece by piece. */
export class ArenaWriter {
  #spare: Uint8Array<SharedArrayBuffer>[];
  #bytes = new Uint8Array(new SharedArrayBuffer(0));
  #length = 0;
  #rows: number[] = [];
  #ends: number[] = [];
  #full: ArenaPiece[] = [];

  /** @param options.spare Memory to write to before any new is taken. */
  constructor({ spare = [] }: { spare?: readonly Uint8Array<SharedArrayBuffer>[] } = {}) {
    this.#spare = [...spare];
  }

  /** Memory for a text of at most `most` bytes, to be filled from `at` on. */
  reserve(most: number): { bytes: Uint8Array; at: number } {
    if (this.#length + most > this.#bytes.length) {
      this.#finish();
      const usable = this.#spare.findIndex((bytes) => bytes.length >= most);
      this.#bytes = usable >= 0
        ? this.#spare.splice(usable, 1)[0]
        : new Uint8Array(new SharedArrayBuffer(Math.max(pieceBytes, most)));
    }
    return { bytes: this.#bytes, at: this.#length };
  }

  /** Ends the text of a row at `end` in the reserved memory. */
  end(row: number, end: number): void {
    this.#rows.push(row);
    this.#ends.push(end);
    this.#length = end;
  }

  /** All texts since the last call. */
  take(): ArenaPiece[] {
    this.#finish();
    this.#bytes = new Uint8Array(new SharedArrayBuffer(0));
    const full = this.#full;
    this.#full = [];
    return full;
  }

  #finish(): void {
    if (this.#rows.length > 0) {
      this.#full.push({
        bytes: this.#bytes,
        rows: Uint32Array.from(this.#rows),
        ends: Uint32Array.from(this.#ends),
      });
    }
    this.#length = 0;
    this.#rows = [];
    this.#ends = [];
  }
}

/** Texts of some rows, side by side. */
export interface ArenaPiece {
  bytes: Uint8Array<SharedArrayBuffer>;
  rows: Uint32Array;
  ends: Uint32Array;
}

/**
 * An arena of the texts in some pieces, of `rows` rows.
 *
 * @param options.reuse An arena of as many rows that nobody needs any more, whose columns become the new one's.
 */
export function arenaOf(
  pieces: readonly ArenaPiece[],
  { rows, reuse }: { rows: number; reuse?: TextArena },
): TextArena {
  const column = () => new Uint32Array(new SharedArrayBuffer(4 * rows));
  const piece = reuse?.piece ?? column();
  const start = reuse?.start.fill(0) ?? column();
  const end = reuse?.end.fill(0) ?? column();
  pieces.forEach((texts, number) => {
    for (let i = 0, from = 0; i < texts.rows.length; from = texts.ends[i++]) {
      const row = texts.rows[i];
      piece[row] = number;
      start[row] = from;
      end[row] = texts.ends[i];
    }
  });
  return { pieces: pieces.map(({ bytes }) => bytes), piece, start, end };
}
