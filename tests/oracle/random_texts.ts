import type { Random } from "../../lib/core/random.ts";

/** Lengths at and beside the boundaries of words of 32, 64 and 128 bits. */
export const wordBoundaries = [0, 1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 129, 191, 192, 193, 257];

/** Characters to write texts in: few, printable, beyond one byte, beyond 16 bits, and too many kinds for a byte. */
export const alphabets: readonly string[][] = [
  [..."ab"],
  [...' abcdefghijklmnopqrstuvwxyz",:{}[]0123456789\0\x7f'],
  [..."ab\u0080\u00ff\u07ff\u0800é模型"],
  [..."a🤗🤖\u{10000}\u{10ffff}\uffff"],
  Array.from({ length: 900 }, (_, i) => String.fromCodePoint(0x4e00 + i)),
];

/** A random text; an edited copy of `near` when there is one (its length then differs a little). */
export function randomText(
  rng: Random,
  { length, alphabet, near = null }: { length: number; alphabet: string[]; near?: string | null },
): string {
  const one = () => alphabet[rng.below(alphabet.length)];
  if (near === null) return Array.from({ length }, one).join("");
  const rate = rng.uniform() * 0.6;
  let text = "";
  for (const character of near) {
    if (!rng.chance(rate)) text += character;
    else if (rng.chance(0.6)) text += one();
    else if (rng.chance(0.5)) text += character + one();
  }
  return text;
}
