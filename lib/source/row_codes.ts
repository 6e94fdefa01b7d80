import type { Candidates } from "../core/terms/candidates.ts";
import { TokenCodes } from "../core/terms/token_codes.ts";
import { grown } from "../core/grow.ts";
import { fieldNames } from "./hub_fields.ts";
import { kinshipCard } from "./kinship_card.ts";
import { rowText } from "./row_text.ts";

/** Candidates of the two kinds of text that a row has. */
export type TextCandidates = Record<TextKind, Candidates>;

/** Rows as streams of codes, see `TokenCodes`. */
export interface RowStreams {
  rows: Uint8Array<ArrayBuffer>;
  cards: Uint8Array<ArrayBuffer>;
  /** 1 for each row whose bytes are not, white space aside, its text. */
  careful: Uint8Array<ArrayBuffer>;
}

/** The kinds of text that a row has. */
export type TextKind = "rows" | "cards";

/** The literals of JSON that are tokens. */
const literals = ["null", "true", "false"] as const;
const encoder = new TextEncoder();

/** Numbers of the phrases of a dictionary's codes, -1 for those not yet met. */
class Learnt {
  #phrases = new Int32Array(1024).fill(-1);

  /** Phrase of a code whose text is bytes[start..end]. */
  of(code: number, tokens: TokenCodes, bytes: Uint8Array, start: number, end: number): number {
    if (code >= this.#phrases.length) {
      const known = this.#phrases.length;
      this.#phrases = grown(this.#phrases, code + 1);
      this.#phrases.fill(-1, known);
    }
    const phrase = this.#phrases[code];
    return phrase >= 0 ? phrase : (this.#phrases[code] = tokens.learn(bytes, start, end));
  }
}

/**
 * The tokens of rows and cards as they pass a scanner: it tells each part of a row in its order, and ends or takes back the row. Tags,
 * tasks, libraries and keys come again and again and are tokenised once.
 */
export class RowCodes {
  /** The tokens that have codes. */
  readonly candidates: TextCandidates;
  /** Tokens of the rows' text. */
  readonly rows: TokenCodes;
  /** Tokens of what kinship reads of the cards; rows without such a card are empty documents. */
  readonly cards: TokenCodes;
  /** Rows ended since the last {@link RowCodes.take}. */
  #ended = 0;
  /** 1 for each of those whose bytes are not, white space aside, its text. */
  #careful = new Uint8Array(4096);
  #rowIsCareful = 0;
  #tags = new Learnt();
  #tasks = new Learnt();
  #libraries = new Learnt();
  #fields: number[];
  #literals: number[];

  constructor(candidates: TextCandidates) {
    const { rows, cards } = candidates;
    this.candidates = candidates;
    this.rows = new TokenCodes(rows);
    this.cards = new TokenCodes(cards);
    const learn = (text: string) => {
      const bytes = encoder.encode(text);
      return this.rows.learn(bytes, 0, bytes.length);
    };
    this.#fields = fieldNames.map(learn);
    this.#literals = literals.map(learn);
  }

  /** Makes room for the rows of a block; see `TokenCodes`. */
  room(bytes: number): void {
    this.rows.room(bytes);
    this.cards.room(bytes);
  }

  /** A key that the scanner knows. */
  field(field: number): void {
    this.rows.phrase(this.#fields[field]);
  }

  /** null (0), true (1) or false (2). */
  literal(which: 0 | 1 | 2): void {
    this.rows.phrase(this.#literals[which]);
  }

  /** Any other part of a row, without escapes, in ASCII. */
  ascii(bytes: Uint8Array, start: number, end: number): void {
    this.rows.ascii(bytes, start, end);
  }

  /** The id, which most rows say twice. */
  id(bytes: Uint8Array, start: number, end: number): void {
    this.rows.note(bytes, start, end);
  }

  /** The id of the row once more. */
  idAgain(): void {
    this.rows.again();
  }

  /** A tag, by its code in the scanner's dictionary. */
  tag(code: number, bytes: Uint8Array, start: number, end: number): void {
    this.rows.phrase(this.#tags.of(code, this.rows, bytes, start, end));
  }

  /** A task, by its code. */
  task(code: number, bytes: Uint8Array, start: number, end: number): void {
    this.rows.phrase(this.#tasks.of(code, this.rows, bytes, start, end));
  }

  /** A library, by its code. */
  library(code: number, bytes: Uint8Array, start: number, end: number): void {
    this.rows.phrase(this.#libraries.of(code, this.rows, bytes, start, end));
  }

  /** The card of the row. */
  card(card: string): void {
    this.#rowIsCareful = 1;
    const read = kinshipCard(card);
    if (read !== null) anyText(this.cards, read);
  }

  /** A whole row that the scanner could not take byte by byte; ends it. */
  parsed(row: object): void {
    const { text, card } = rowText(row);
    this.texts(text, card);
  }

  /** A whole row as packed snapshots keep it; ends it. */
  texts(text: string, card: string | null): void {
    this.#rowIsCareful = 1;
    anyText(this.rows, text);
    this.cards.room(0);
    if (card !== null) this.card(card);
    this.end();
  }

  /** Ends the row. */
  end(): void {
    this.rows.end();
    this.cards.end();
    this.#careful = grown(this.#careful, this.#ended + 1);
    this.#careful[this.#ended++] = this.#rowIsCareful;
    this.#rowIsCareful = 0;
  }

  /** Takes the row under way back. */
  back(): void {
    this.rows.back();
    this.cards.back();
    this.#rowIsCareful = 0;
  }

  /** The streams of the rows ended since the last call. */
  take(): RowStreams {
    const careful = this.#careful.slice(0, this.#ended);
    this.#ended = 0;
    return { rows: this.rows.take(), cards: this.cards.take(), careful };
  }
}

const scratch = new Uint8Array(1 << 16);

/** Adds text, by its bytes where it is short and in ASCII. */
function anyText(codes: TokenCodes, text: string): void {
  const { length } = text;
  if (length <= scratch.length) {
    let i = 0;
    for (; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 127) break;
      scratch[i] = unit;
    }
    if (i === length) {
      codes.room(length);
      return codes.ascii(scratch, 0, length);
    }
  }
  codes.text(text);
}
