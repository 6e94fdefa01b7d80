import type { HubBatch } from "../source/hub_batch.ts";
import { comma, copyUnescaped, quote } from "../source/json_bytes.ts";
import { copyTight } from "../source/row_bytes.ts";
import type { RowPlaces } from "../source/row_places.ts";
import { ColumnPages, type PackedPages } from "./column_pages.ts";

/** The text and the cards of some rows as pages of `text.parquet`. */
export interface PackedText {
  rows: number;
  row: PackedPages;
  card: PackedPages;
}

/** The lines whose text is wanted. */
export interface TextLines extends Pick<HubBatch, "rows" | "lineStart" | "lineEnd"> {
  /** Where in the lines the texts are. */
  places: RowPlaces;
  /** 1 for each row that is wanted. */
  kept: Uint8Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Makes pages of the texts that `rowText` defines, nearly always by copying bytes: rows that a scanner took byte by byte are their text
 * but for white space and the card.
 */
export class TextPacker {
  #rows = new ColumnPages({ optional: false });
  #cards = new ColumnPages({ optional: true });

  /** The texts of the kept rows of a block. */
  pack(block: Uint8Array, lines: TextLines): PackedText {
    let rows = 0;
    for (let i = 0; i < lines.rows; i++) {
      if (lines.kept[i] === 0) continue;
      this.#addRow(block, lines, i);
      rows++;
    }
    return { rows, row: this.#rows.take(), card: this.#cards.take() };
  }

  #addRow(block: Uint8Array, { lineStart, lineEnd, places }: TextLines, i: number): void {
    const parsed = places.textOf(i);
    if (parsed !== undefined) {
      addText(this.#rows, parsed.text);
      addText(this.#cards, parsed.card);
      return;
    }
    const start = lineStart[i];
    const end = lineEnd[i];
    const key = places.keyOf(i);
    const stop = key < 0 ? end : key;
    const at = this.#rows.begin(end - start);
    const { body } = this.#rows;
    let to: number;
    if (places.isSpaced(i)) {
      to = copyTight(body, at, { block, start, end: stop });
    } else {
      body.set(block.subarray(start, stop), at);
      to = at + stop - start;
    }
    if (key < 0) {
      this.#cards.addNull();
    } else {
      const after = places.endOf(i);
      // One of the commas beside the card goes with it.
      const rest = copyTight(body, to, { block, start: after, end });
      const from = body[to - 1] === comma ? to - 1 : to;
      to = rest;
      if (body[from] === comma) {
        body.copyWithin(from, from + 1, rest);
        to--;
      }
      this.#addCard(block, { start: places.startOf(i), end: after });
    }
    this.#rows.end(to);
  }

  #addCard(block: Uint8Array, { start, end }: { start: number; end: number }): void {
    const cards = this.#cards;
    if (block[start] !== quote) return cards.addNull();
    const at = cards.begin(end - start);
    const to = copyUnescaped(cards.body, at, { block, start: start + 1, end: end - 1 });
    if (to >= 0) return cards.end(to);
    addText(cards, JSON.parse(decoder.decode(block.subarray(start, end))).toWellFormed());
  }
}

function addText(pages: ColumnPages, text: string | null): void {
  if (text === null) return pages.addNull();
  const at = pages.begin(3 * text.length);
  pages.end(at + encoder.encodeInto(text, pages.body.subarray(at)).written);
}
