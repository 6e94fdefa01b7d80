import { Utf8Levenshtein } from "../../core/utf8_levenshtein.ts";
import type { TextArena } from "../../source/text_arena.ts";
import type { KinshipGraph } from "./graph.ts";

/** What the similarities of edges are made from. */
export interface EdgeTexts {
  /** Texts of the ends of the edges. */
  arena: TextArena;
  /** 1 for the rows whose text counts. */
  present: Uint8Array;
  /** Row of each node in the arena; null where they are the same. */
  rows: Uint32Array | null;
  /** Gets the similarity of each edge, NaN where one of its ends has no text. */
  similarity: Float64Array;
  /** First parent. */
  from: number;
  /** One past the last parent. */
  to: number;
}

/**
 * Normalised Levenshtein similarity, 1 - distance / length of the longer text in Unicode code points, of the edges whose parent
 * is in a range (Laufer, Oderinwale and Kleinberg 2025, section 6).
 */
export function edgeSimilarities(
  { childOffsets, children }: Pick<KinshipGraph, "childOffsets" | "children">,
  { arena, present, rows, similarity, from, to }: EdgeTexts,
): void {
  const { pieces, piece, start, end } = arena;
  const levenshtein = new Utf8Levenshtein();
  for (let u = from; u < to; u++) {
    const a = rows === null ? u : rows[u];
    for (let e = childOffsets[u]; e < childOffsets[u + 1]; e++) {
      if (present[u] !== 1 || present[children[e]] !== 1) {
        similarity[e] = NaN;
        continue;
      }
      const b = rows === null ? children[e] : rows[children[e]];
      similarity[e] = levenshtein.similarity({
        a: pieces[piece[a]],
        aStart: start[a],
        aEnd: end[a],
        b: pieces[piece[b]],
        bStart: start[b],
        bEnd: end[b],
      });
    }
  }
}
