import { random } from "../../lib/core/random.ts";

/** Lines of a page that do not compress to nothing; the same for the same number. */
export function pageText(page: number): Uint8Array {
  const draw = random({ seed: page + 1 });
  const lines = Array.from(
    { length: 1 + draw.below(60) },
    (_, i) => `{"id":"o/${page}-${i}","x":${draw.below(2 ** 31)}}\n`,
  );
  return new TextEncoder().encode(lines.join(""));
}
