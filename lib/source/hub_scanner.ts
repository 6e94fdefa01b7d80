/**
 * The hot path of reading: blocks of JSON Lines to columns without a JavaScript string or object per row. A row in plain
 * ASCII without escapes, floats or nesting (nearly all; cards may hold anything) is read byte by byte; every other row,
 * and every row that might not be valid JSON, goes through `JSON.parse` and {@link addRow}, which is also the
 * oracle of the tests. On 1.9 million rows it takes about a third of the time of parsing and interning strings.
 *
 * @module
 */
import { endHash, hashBytes, hashSeed, hashWord, viewOf } from "../core/byte_table.ts";
import { canonicalDate } from "./canonical_date.ts";
import {
  afterKey,
  CARD,
  CREATED,
  DOWNLOADS,
  fieldOf,
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
import { addRow, BatchIssues, codePoints, isAutomatic } from "./hub_row.ts";
import type { HubBatch } from "./hub_batch.ts";
import { HubColumns } from "./hub_columns.ts";
import {
  backslash,
  bytesBefore,
  cardStops,
  close,
  colon,
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
import type { RowCodes } from "./row_codes.ts";
import type { RowPlaces } from "./row_places.ts";

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
  /** Value of the number read last. */
  #number = 0;
  /** The field that came after each field when last looked up: most rows of an input have the same order. */
  #followers = new Uint8Array(32).fill(OTHER);
  /** The field that came after it before that, since some fields are left out in many rows. */
  #formers = new Uint8Array(32).fill(OTHER);
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

  /** The careful way: decode, parse, add. */
  #parseLine(block: Uint8Array, start: number, end: number, line: number): void {
    this.columns.reset();
    let p = start;
    while (p < end && space[block[p]] === 1) p++;
    if (p === end) return;
    let text: string;
    try {
      text = decoder.decode(block.subarray(start, end));
    } catch {
      const lossy = new TextDecoder().decode(block.subarray(start, Math.min(end, start + 100)));
      this.#issues.add("notUtf8", "the line is not UTF-8; refused", line, lossy);
      return;
    }
    let row: unknown;
    try {
      row = JSON.parse(text);
    } catch {
      this.#issues.add("notJson", "the line is not JSON; refused", line, text);
      return;
    }
    const { rows } = this.columns;
    addRow(row, this.columns, { line, lineStart: start, lineEnd: end, issues: this.#issues });
    if (this.columns.rows === rows) return;
    this.text?.parsed(row as object);
    this.places?.parsed(rows, row as object);
  }

  /** The fast way; returns where the line ends, or -1 when the row needs the careful way. */
  #scanLine(b: Uint8Array, view: DataView, start: number, line: number): number {
    const { columns, text } = this;
    let p = start;
    this.#spaced = false;
    if (space[b[p]] === 1) p = this.#pass(b, p);
    if (b[p] !== curly) return this.#giveUp();
    p++;
    let seen = 0, others = 0, idStart = -1, idEnd = -1, otherStart = -1, otherEnd = -1;
    let before = OTHER;
    for (;;) {
      if (space[b[p]] === 1) p = this.#pass(b, p);
      if (b[p] !== quote) return this.#giveUp();
      const key = ++p;
      let field = this.#followers[before];
      p = afterKey(view, key, field);
      if (p < 0) {
        field = this.#formers[before];
        p = afterKey(view, key, field);
      }
      if (p < 0) {
        p = runEnd(b, view, key);
        if (b[p] !== quote) return this.#giveUp();
        field = fieldOf(view, key, p);
        if (field !== this.#followers[before]) {
          this.#formers[before] = this.#followers[before];
          this.#followers[before] = field;
        }
        if (field === OTHER) {
          // `JSON.parse` joins equal keys and moves numbers to the front: rows where that might be take the careful way.
          const bit = 1 << (b[key] + 3 * b[p - 1] + 5 * (p + 1 - key));
          if ((others & bit) !== 0 || (b[key] >= 48 && b[key] <= 57)) return this.#giveUp();
          others |= bit;
          text?.ascii(b, key, p);
        }
        p++;
        if (space[b[p]] === 1) p = this.#pass(b, p);
        if (b[p++] !== colon) return this.#giveUp();
      }
      before = field;
      if (field !== OTHER) {
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
            columns.task = columns.tasks.table.intern(view, from, to, hashBytes(view, from, to));
            text?.task(columns.task, b, from, to);
          }
        } else if (field === LIBRARY) {
          if (to > from) {
            const { table } = columns.libraries;
            columns.library = table.intern(view, from, to, hashBytes(view, from, to));
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
        p = this.#scanInteger(b, p);
        if (p < 0) return this.#giveUp();
        text?.ascii(b, from, p);
        if (field === LIKES) columns.likes = this.#number;
        else if (field === DOWNLOADS) columns.downloads = this.#number;
        else if (field === TRENDING) columns.trending = this.#number;
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
      if (this.#spaced) this.places?.spaced(columns.rows);
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

  /** Reads a whole number of at most 15 digits; returns the place after it, or -1. */
  #scanInteger(b: Uint8Array, p: number): number {
    const negative = b[p] === 45;
    if (negative) p++;
    const from = p;
    let value = 0;
    while (b[p] >= 48 && b[p] <= 57) value = value * 10 + b[p++] - 48;
    const digits = p - from;
    if (negative && value === 0) return -1;
    if (digits === 0 || digits > 15 || (digits > 1 && b[from] === 48)) return -1;
    if (b[p] === 46 || b[p] === 101 || b[p] === 69) return -1;
    this.#number = negative ? -value : value;
    return p;
  }
}
