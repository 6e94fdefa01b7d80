import { grown } from "../core/grow.ts";
import { type RowText, rowText } from "./row_text.ts";

/** Where in a row's line its card is: the pair of key and value from the key's quote on, and the value in it. */
export interface CardPlace {
  key: number;
  start: number;
  end: number;
}

/** Where the texts of the rows of a block are: noted by a scanner, so that nobody has to look for them again. */
export class RowPlaces {
  #keys = new Uint32Array(1024);
  #starts = new Uint32Array(1024);
  /** 0 for rows without a card. */
  #ends = new Uint32Array(1024);
  /** 1 for rows with white space outside their strings. */
  #spaced = new Uint8Array(1024);
  #parsed = new Map<number, RowText>();

  /** Notes the card of a row that is read byte by byte. */
  card(row: number, { key, start, end }: CardPlace): void {
    if (row >= this.#ends.length) {
      this.#keys = grown(this.#keys, row + 1);
      this.#starts = grown(this.#starts, row + 1);
      this.#ends = grown(this.#ends, row + 1);
    }
    this.#keys[row] = key;
    this.#starts[row] = start;
    this.#ends[row] = end;
  }

  /** Notes that a row that is read byte by byte has white space outside its strings. */
  spaced(row: number): void {
    this.#spaced = grown(this.#spaced, row + 1);
    this.#spaced[row] = 1;
  }

  /** Forgets the card of a row that cannot be read byte by byte after all. */
  back(row: number): void {
    if (row < this.#ends.length) this.#ends[row] = 0;
  }

  /** Notes the texts of a row whose bytes are not, white space aside, its text. */
  parsed(row: number, value: object): void {
    this.#parsed.set(row, rowText(value));
  }

  /** The texts of a row that was parsed. */
  textOf(row: number): RowText | undefined {
    return this.#parsed.get(row);
  }

  /** Whether a row that was read byte by byte has white space outside its strings. */
  isSpaced(row: number): boolean {
    return this.#spaced[row] === 1;
  }

  /** First byte of the card's key, -1 for a row without a card. */
  keyOf(row: number): number {
    return this.endOf(row) === 0 ? -1 : this.#keys[row];
  }

  /** First byte of the card's value. */
  startOf(row: number): number {
    return this.#starts[row];
  }

  /** One past the last byte of the card's value. */
  endOf(row: number): number {
    return row < this.#ends.length ? this.#ends[row] : 0;
  }

  /** Forgets all rows, for the next block. */
  clear(): void {
    this.#ends.fill(0);
    this.#spaced.fill(0);
    this.#parsed.clear();
  }
}
