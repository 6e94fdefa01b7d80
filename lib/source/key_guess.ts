import { afterKey, fieldOf, OTHER } from "./hub_fields.ts";
import { colon, quote, runEnd, space } from "./json_bytes.ts";

/** Reads the keys of rows: most rows of an input have the same keys in the same order, so that one look tells which comes next. */
export class KeyGuess {
  /** Field of the key that was read last. */
  field = OTHER;
  /** One past its last byte; for other fields only. */
  end = 0;
  /** Whether white space came before its colon. */
  spaced = false;
  /** The field that came after each field when last looked up. */
  #followers = new Uint8Array(32).fill(OTHER);
  /** The field that came after it before that, since some fields are left out in many rows. */
  #formers = new Uint8Array(32).fill(OTHER);

  /** Reads the key at p, after its quote, and the colon, where the key of the field `before` came before it; returns the place after, or -1. */
  read(b: Uint8Array, view: DataView, p: number, before: number): number {
    this.field = this.#followers[before];
    const after = afterKey(view, p, this.field);
    if (after >= 0) return after;
    this.field = this.#formers[before];
    const second = afterKey(view, p, this.field);
    return second >= 0 ? second : this.#lookUp(b, view, p, before);
  }

  #lookUp(b: Uint8Array, view: DataView, start: number, before: number): number {
    let p = runEnd(b, view, start);
    if (b[p] !== quote) return -1;
    this.end = p;
    this.field = fieldOf(view, start, p++);
    if (this.field !== this.#followers[before]) {
      this.#formers[before] = this.#followers[before];
      this.#followers[before] = this.field;
    }
    while (space[b[p]] === 1) {
      this.spaced = true;
      p++;
    }
    return b[p] === colon ? p + 1 : -1;
  }
}
