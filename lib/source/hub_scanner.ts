/**
 * The hot path of reading: blocks of JSON Lines to columns without a JavaScript string or object per row. A row in plain
 * ASCII without escapes, floats or nesting (nearly all; cards may hold anything) is read byte by byte; every other row,
 * and every row that might not be valid JSON, goes through `JSON.parse` and {@link addRow}, which is also the
 * oracle of the tests. On 1.9 million rows it takes about a third of the time of parsing and interning strings.
 *
 * @module
 */
import { endHash, hashSeed, hashWord, viewOf } from "../core/byte_table.ts";
import { canonicalDate } from "./canonical_date.ts";
import {
  CARD,
  CREATED,
  DOWNLOADS,
  ID,
  LIBRARY,
  LIKES,
  MODEL_ID,
  OTHER,
  PRIVATE,
  TAGS,
  TASK,
  TRENDING,
} from "./hub_fields.ts";
import { addLine, BatchIssues, codePoints, isAutomatic } from "./hub_row.ts";
import type { HubBatch } from "./hub_batch.ts";
import { HubColumns } from "./hub_columns.ts";
import {
  backslash,
  bytesBefore,
  cardStops,
  close,
  comma,
  curly,
  open,
  quote,
  runEnd,
  sameBytes,
  space,
  stopBits,
  truthLength,
  uncurly,
} from "./json_bytes.ts";
import { KeyGuess } from "./key_guess.ts";
import type { RowCodes } from "./row_codes.ts";
import type { RowPlaces } from "./row_places.ts";
import { WholeNumber } from "./whole_number.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads blocks of JSON Lines into batches of columns; its dictionaries live on from block to block.
 *
 * Bad rows throw nothing: they are counted in the issues of the batch.
 */
export class HubScanner {
  readonly columns = new HubColumns();
  /** Where the tokens of the rows go, if anywhere. */
  readonly text: RowCodes | null;
  /** Where it is noted where the rows' texts are, if anywhere. */
  places: RowPlaces | null = null;
  #issues = new BatchIssues();
  #number = new WholeNumber();
  #keys = new KeyGuess();
  /** Whether there is white space in the row under way, outside its strings. */
  #spaced = false;

  constructor({ text = null }: { text?: RowCodes | null } = {}) {
    this.text = text;
  }

  /** Reads a block of complete lines; the last one must end with a newline. */
  scan(block: Uint8Array): HubBatch {
    const view = viewOf(block);
    this.text?.room(block.length);
    let p = 0;
    let line = 0;
    while (p < block.length) {
      const end = this.#scanLine(block, view, p, line);
      if (end >= 0) p = end + 1;
      else {
        const newline = block.indexOf(10, p);
        const stop = newline < 0 ? block.length : newline;
        this.#parseLine(block, p, stop, line);
        p = stop + 1;
        this.text?.room(block.length - p);
      }
      line++;
    }
    return this.columns.take(line, this.#issues.take());
  }

  /** The careful way. */
  #parseLine(block: Uint8Array, start: number, end: number, line: number): void {
    const { columns, text, places } = this;
    const { rows } = columns;
    const place = { line, lineStart: start, lineEnd: end, issues: this.#issues };
    const row = addLine(block, columns, place);
    if (columns.rows === rows) return;
    text?.parsed(row as object);
    places?.parsed(rows, row as object);
  }

  /** The fast way; returns where the line ends, or -1 when the row needs the careful way. */
  #scanLine(b: Uint8Array, view: DataView, start: number, line: number): number {
    const { columns, text } = this;
    const keys = this.#keys;
    let p = start;
    this.#spaced = keys.spaced = false;
    if (space[b[p]] === 1) p = this.#pass(b, p);
    if (b[p] !== curly) return this.#giveUp();
    p++;
    let seen = 0, others = 0, idStart = -1, idEnd = -1, otherStart = -1, otherEnd = -1;
    let before = OTHER;
    for (;;) {
      if (space[b[p]] === 1) p = this.#pass(b, p);
      if (b[p] !== quote) return this.#giveUp();
      const key = ++p;
      p = keys.read(b, view, key, before);
      if (p < 0) return this.#giveUp();
      const { field } = keys;
      before = field;
      if (field === OTHER) {
        // `JSON.parse` joins equal keys and moves numbers to the front: rows where that might be take the careful way.
        const bit = 1 << (b[key] + 3 * b[keys.end - 1] + 5 * (keys.end + 1 - key));
        if ((others & bit) !== 0 || (b[key] >= 48 && b[key] <= 57)) return this.#giveUp();
        others |= bit;
        text?.ascii(b, key, keys.end);
      } else {
        if ((seen >> field) & 1) return this.#giveUp();
        seen |= 1 << field;
        if (field !== CARD) text?.field(field);
      }
      if (space[b[p]] === 1) p = this.#pass(b, p);
      const first = b[p];
      if (first === 110) { // null
        if (b[p + 1] !== 117 || b[p + 2] !== 108 || b[p + 3] !== 108) return this.#giveUp();
        p += 4;
        if (field !== CARD) text?.literal(0);
        else this.places?.card(columns.rows, { key: key - 1, start: p - 4, end: p });
      } else if (field === TAGS) {
        if (first !== open) return this.#giveUp();
        p = this.#scanTags(b, view, p + 1);
        if (p < 0) return this.#giveUp();
      } else if (field === CARD) {
        if (first !== quote) return this.#giveUp();
        const card = p;
        p = this.#scanCard(b, p + 1);
        if (p < 0) return this.#giveUp();
        this.places?.card(columns.rows, { key: key - 1, start: card, end: p });
      } else if (first === quote) {
        const from = ++p;
        const length = idEnd - idStart;
        const isId = field === MODEL_ID && idStart >= 0 && from + length < b.length &&
          b[from + length] === quote && sameBytes(view, idStart, idEnd, from);
        if (isId) p += length;
        // A stop byte is in no date.
        else if (field === CREATED && b[p + 24] === quote) p += 24;
        else p = runEnd(b, view, p);
        if (b[p] !== quote) return this.#giveUp();
        const to = p++;
        if (field === ID) {
          idStart = from;
          idEnd = to;
          text?.id(b, from, to);
        } else if (field === MODEL_ID) {
          otherStart = from;
          otherEnd = to;
          if (isId) text?.idAgain();
          else text?.ascii(b, from, to);
        } else if (field === TASK) {
          if (to > from) {
            columns.task = columns.tasks.code(view, from, to);
            text?.task(columns.task, b, from, to);
          }
        } else if (field === LIBRARY) {
          if (to > from) {
            columns.library = columns.libraries.code(view, from, to);
            text?.library(columns.library, b, from, to);
          }
        } else if (field === CREATED) {
          // Any other way to write a date, and any that cannot be, is the careful path's business.
          if (to - from !== 24) return this.#giveUp();
          columns.created = canonicalDate(b, from);
          if (Number.isNaN(columns.created)) return this.#giveUp();
          text?.ascii(b, from, to);
        } else if (field === OTHER) text?.ascii(b, from, to);
        else return this.#giveUp();
      } else if (first === 116 || first === 102) { // true, false
        const truth = first === 116;
        const length = truthLength(b, p);
        if (length === 0) return this.#giveUp();
        p += length;
        if (field === PRIVATE) columns.private = truth ? 1 : 0;
        else if (field !== OTHER) return this.#giveUp();
        text?.literal(truth ? 1 : 2);
      } else {
        const from = p;
        p = this.#number.read(b, p);
        if (p < 0) return this.#giveUp();
        text?.ascii(b, from, p);
        if (field === LIKES) columns.likes = this.#number.value;
        else if (field === DOWNLOADS) columns.downloads = this.#number.value;
        else if (field === TRENDING) columns.trending = this.#number.value;
        else if (field !== OTHER) return this.#giveUp();
      }
      if (space[b[p]] === 1) p = this.#pass(b, p);
      if (b[p] === comma) {
        p++;
        continue;
      }
      if (b[p] !== uncurly) return this.#giveUp();
      p++;
      if (space[b[p]] === 1) p = this.#pass(b, p);
      if (b[p] !== 10) return this.#giveUp();
      if (idStart < 0) {
        idStart = otherStart;
        idEnd = otherEnd;
      }
      if (idStart < 0 || idStart === idEnd) return this.#giveUp();
      if (this.#spaced || keys.spaced) this.places?.spaced(columns.rows);
      columns.commit(view, idStart, idEnd, { line, lineStart: start, lineEnd: p });
      text?.end();
      return p;
    }
  }

  /** The place after white space. */
  #pass(b: Uint8Array, p: number): number {
    this.#spaced = true;
    while (space[b[p]] === 1) p++;
    return p;
  }

  #giveUp(): number {
    this.columns.reset();
    this.text?.back();
    this.places?.back(this.columns.rows);
    return -1;
  }

  /** Reads tags after `[`; returns the place after `]`, or -1. */
  #scanTags(b: Uint8Array, view: DataView, p: number): number {
    const { columns, text } = this;
    const { table } = columns.tags;
    // A tag that ends later than that is in no complete row.
    const last = b.length - 4;
    if (space[b[p]] === 1) p = this.#pass(b, p);
    if (b[p] === close) return p + 1;
    for (;;) {
      if (space[b[p]] === 1) p = this.#pass(b, p);
      if (b[p] !== quote) return -1;
      const from = ++p;
      let hash = hashSeed;
      for (;; p += 4) {
        if (p > last) return -1;
        const word = view.getInt32(p, true);
        const bits = stopBits(word);
        if (bits === 0) hash = hashWord(hash, word);
        else {
          const more = bytesBefore(bits);
          hash = hashWord(hash, word & ~(-1 << (8 * more)));
          p += more;
          break;
        }
      }
      if (b[p] !== quote) return -1;
      const tag = table.intern(view, from, p, endHash(hash, p - from));
      columns.addTag(tag);
      text?.tag(tag, b, from, p);
      p++;
      if (space[b[p]] === 1) p = this.#pass(b, p);
      if (b[p] === comma) p++;
      else return b[p] === close ? p + 1 : -1;
    }
  }

  /** Reads a card after its first quote; returns the place after the last, or -1. */
  #scanCard(b: Uint8Array, p: number): number {
    const from = p;
    let escaped = false;
    for (;;) {
      while (cardStops[b[p]] === 0) p++;
      if (b[p] === quote) break;
      if (b[p] !== backslash || b[p + 1] < 32) return -1;
      escaped = true;
      p += 2;
    }
    try {
      let card = decoder.decode(b.subarray(from, p));
      if (escaped) card = JSON.parse(`"${card}"`);
      this.columns.cardCharacters = codePoints(card);
      this.columns.cardAutomatic = isAutomatic(card) ? 1 : 0;
      this.text?.card(card);
    } catch {
      return -1;
    }
    return p + 1;
  }
}
