/**
 * Edit distance, plain: the readable definition of what the WebAssembly beside it computes, and what stands in for it where a
 * text has too many kinds of characters.
 *
 * @module
 */

/** Unicode code points of a text; half of a surrogate pair alone counts as one. */
export function codePoints(text: string): Uint32Array<ArrayBuffer> {
  const points = new Uint32Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; length++) {
    points[length] = text.codePointAt(i)!;
    i += points[length] > 0xffff ? 2 : 1;
  }
  return points.subarray(0, length);
}

/**
 * Levenshtein distance: the fewest insertions, deletions and substitutions of a character (Unicode code point) that turn one
 * text into the other.
 *
 * @example
 * ```ts
 * import { levenshtein } from "kindred";
 * levenshtein("kitten", "sitting"); // 3
 * levenshtein("🤗 hub", "hub"); // 2
 * ```
 */
export function levenshtein(a: string, b: string): number {
  return a === b ? 0 : editDistance(codePoints(a), codePoints(b));
}

/**
 * Normalised Levenshtein similarity: 1 - distance / length of the longer text in Unicode code points, between 0 and 1; two
 * empty texts are alike, 1 (Laufer, Oderinwale and Kleinberg 2025, section 6).
 *
 * @example
 * ```ts
 * import { levenshteinSimilarity } from "kindred";
 * levenshteinSimilarity("gpt2", "gpt4"); // 0.75
 * levenshteinSimilarity("", "gpt2"); // 0
 * ```
 */
export function levenshteinSimilarity(a: string, b: string): number {
  if (a === b) return 1;
  const [from, to] = [codePoints(a), codePoints(b)];
  return similarityOf(editDistance(from, to), Math.max(from.length, to.length));
}

/** What a distance means for texts of which the longer has `longest` characters. */
export function similarityOf(distance: number, longest: number): number {
  return longest === 0 ? 1 : 1 - distance / longest;
}

/**
 * Levenshtein distance of two sequences of numbers, 32 cells of the table of distances at a time (Myers 1999, in the form of
 * Hyyrö 2003).
 */
export function editDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let start = 0;
  let aEnd = a.length;
  let bEnd = b.length;
  while (start < aEnd && start < bEnd && a[start] === b[start]) start++;
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  const rows = aEnd - start;
  const columns = bEnd - start;
  if (rows === 0 || columns === 0) return rows + columns;

  // Bit i of equal.get(c)[i / 32] says that row i holds c.
  const blocks = Math.ceil(rows / 32);
  const equal = new Map<number, Int32Array>();
  for (let i = 0; i < rows; i++) {
    let bits = equal.get(a[start + i]);
    if (bits === undefined) equal.set(a[start + i], bits = new Int32Array(blocks));
    bits[i >>> 5] |= 1 << i;
  }
  const nowhere = new Int32Array(blocks);
  // In the present column, the rows that are one more, and one less, than the row above.
  const more = new Int32Array(blocks).fill(-1);
  const less = new Int32Array(blocks);
  for (let j = start; j < bEnd; j++) {
    const bits = equal.get(b[j]) ?? nowhere;
    // Whether the row above the block is one more, or one less, than in the column before; in row 0 it is always one more.
    let moreIn = 1;
    let lessIn = 0;
    for (let k = 0; k < blocks; k++) {
      const up = more[k];
      const same = bits[k] | lessIn;
      const diagonal = (((same & up) + up) ^ up) | same | less[k];
      const right = less[k] | ~(diagonal | up);
      const left = diagonal & up;
      const rightIn = (right << 1) | moreIn;
      more[k] = (left << 1) | lessIn | ~(diagonal | rightIn);
      less[k] = rightIn & diagonal;
      moreIn = right >>> 31;
      lessIn = left >>> 31;
    }
  }
  let distance = columns;
  for (let i = 0; i < rows; i++) {
    distance += ((more[i >>> 5] >>> i) & 1) - ((less[i >>> 5] >>> i) & 1);
  }
  return distance;
}
