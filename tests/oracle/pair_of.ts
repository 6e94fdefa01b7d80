import type { TextPair } from "../../lib/core/utf8_levenshtein.ts";

/** Two texts as UTF-8 in memory that threads share, other bytes around them. */
export function pairOf(a: string, b: string): TextPair {
  const [x, y] = [a, b].map((text) => {
    const bytes = new TextEncoder().encode(`é${text}é`);
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    return shared;
  });
  return { a: x, aStart: 2, aEnd: x.length - 2, b: y, bStart: 2, bEnd: y.length - 2 };
}
