import { sampleCandidates } from "../core/terms/sample_candidates.ts";
import { readLines } from "./hub_ranges.ts";
import { kinshipCard } from "./kinship_card.ts";
import type { TextCandidates } from "./row_codes.ts";
import { type RowText, rowText } from "./row_text.ts";

/** Places of a file where rows are sampled, and the bytes read at each. */
const spots = 64;
const spotBytes = 48 << 10;

/** Lines that begin at places spread over a file. */
export function* spreadLines(path: string, bytes: number): Generator<Uint8Array> {
  const step = Math.max(spotBytes, Math.floor(bytes / spots));
  for (let start = 0; start < bytes; start += step) {
    yield readLines(path, { start, end: Math.min(bytes, start + spotBytes) });
  }
}

/** Lines of a block, about as many as {@link spreadLines} gives, spread over it. */
export function* someLines(block: Uint8Array): Generator<Uint8Array> {
  const step = Math.ceil(block.length / (spots * spotBytes));
  let line = 0;
  for (let start = 0; start < block.length; line++) {
    const newline = block.indexOf(10, start);
    const end = newline < 0 ? block.length : newline + 1;
    if (line % step === 0) yield block.subarray(start, end);
    start = end;
  }
}

/** The rows of some lines. */
export function* rowTexts(lines: Iterable<Uint8Array>): Generator<RowText> {
  const decoder = new TextDecoder();
  for (const some of lines) {
    for (const line of decoder.decode(some).split("\n")) {
      let row: unknown;
      try {
        row = JSON.parse(line);
      } catch {
        // The scanner counts such lines.
        continue;
      }
      if (typeof row === "object" && row !== null) yield rowText(row);
    }
  }
}

/**
 * The tokens that occur most in some rows and their cards: those that may be part of the most frequent terms of the whole. The
 * choice decides how fast the exact vocabulary is found, not what is in it.
 */
export function candidatesOf(sample: Iterable<RowText>): TextCandidates {
  const texts: string[] = [];
  const cards: string[] = [];
  for (const { text, card } of sample) {
    texts.push(text);
    const read = card === null ? null : kinshipCard(card);
    if (read !== null) cards.push(read);
  }
  return { rows: sampleCandidates(texts), cards: sampleCandidates(cards) };
}
