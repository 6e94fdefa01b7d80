/** Shortest word that may be misspelt; a letter more or less makes another name of a shorter one. */
export const shortestWord = 6;

/** The words of a name, in lower case. */
export function wordsOf(name: string): string[] {
  return name.toLowerCase().trim().split(/\s+/u);
}

/** Whether a word consists of letters alone. */
export function isSpeltOut(word: string): boolean {
  return /^\p{L}+$/u.test(word);
}

/**
 * Whether one name looks like a misspelling of the other: words agree but for one, of at least six letters, in which a letter inside is
 * dropped or doubled or two neighbours are swapped, or which has a plural s; or the word "model" stands at the end of one.
 *
 * A letter put in place of another makes a different name among models (LLaMA and LLaVA, Mistral and Mixtral), and so do
 * digits, signs, and letters before or after a name (GPT-3 and GPT-4, Command R and Command R+, BERT and mBERT): these are no near twins. Case does
 * not count; names that agree without it are no near twins either.
 *
 * @example
 * ```ts
 * import { isNearTwin } from "kindred";
 * isNearTwin("Stable Difusion", "Stable Diffusion"); // true
 * isNearTwin("GPT-3", "GPT-4"); // false
 * isNearTwin("LLaMA", "LLaVA"); // false
 * ```
 */
export function isNearTwin(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 7) return false;
  const [left, right] = [a, b].map(wordsOf);
  if (left.length !== right.length) {
    const [short, long] = left.length < right.length ? [left, right] : [right, left];
    return long.length === short.length + 1 && long.at(-1) === "model" &&
      short.every((word, i) => word === long[i]);
  }
  const other = left.flatMap((word, i) => word === right[i] ? [] : [[word, right[i]]]);
  if (other.length !== 1) return false;
  const [short, long] = other[0].toSorted((one, two) => one.length - two.length);
  if (short.length < shortestWord || !isSpeltOut(short + long)) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length === long.length) {
    return short[at] === long[at + 1] && short[at + 1] === long[at] &&
      short.slice(at + 2) === long.slice(at + 2);
  }
  if (long.length !== short.length + 1 || short.slice(at) !== long.slice(at + 1)) return false;
  return at === short.length ? long.endsWith("s") : at > 0;
}
