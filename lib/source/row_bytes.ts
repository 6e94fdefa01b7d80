import type { ArenaWriter } from "./text_arena.ts";
import { kinshipCard } from "./kinship_card.ts";
import type { TextKind } from "./row_codes.ts";
import { rowText } from "./row_text.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Adds the text of a row; null adds none. */
export function addText(arena: ArenaWriter, row: number, text: string | null): void {
  if (text === null) return;
  const { bytes, at } = arena.reserve(3 * text.length);
  arena.end(row, at + encoder.encodeInto(text, bytes.subarray(at)).written);
}

/**
 * Adds the text of the row in block[start..end]: its bytes without the white space between them, unless it is one that needs
 * the careful way.
 */
export function addRowBytes(
  arena: ArenaWriter,
  row: number,
  { kind, block, start, end, careful }: {
    kind: TextKind;
    block: Uint8Array;
    start: number;
    end: number;
    careful: boolean;
  },
): void {
  if (careful || kind === "cards") {
    const { text, card } = rowText(JSON.parse(decoder.decode(block.subarray(start, end))));
    addText(arena, row, kind === "rows" ? text : card === null ? null : kinshipCard(card));
    return;
  }
  const { bytes, at } = arena.reserve(end - start);
  arena.end(row, copyTight(bytes, at, { block, start, end }));
}

/**
 * Copies JSON without escaped quotes to bytes[at..], without the white space between its parts; returns the end.
 */
export function copyTight(
  bytes: Uint8Array,
  at: number,
  { block, start, end }: { block: Uint8Array; start: number; end: number },
): number {
  let to = at;
  let quoted = false;
  for (let p = start; p < end; p++) {
    const byte = block[p];
    if (byte === 34) quoted = !quoted;
    if (byte > 32 || quoted) bytes[to++] = byte;
  }
  return to;
}
