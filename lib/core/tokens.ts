/**
 * The tokens of a text as scikit-learn's vectorisers see them: the text in lower case, every run of at least two letters,
 * digits or underscores (`(?u)\b\w\w+\b`).
 *
 * @example
 * ```ts
 * import { tokens } from "kindred";
 * tokens("A Qwen2.5-7B model"); // ["qwen2", "7b", "model"]
 * ```
 */
export function tokens(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [];
}

/**
 * The terms of a text: its tokens, then each two tokens in a row with a space between them (scikit-learn's
 * `ngram_range=(1, 2)`).
 *
 * @example
 * ```ts
 * import { termsOf } from "kindred";
 * termsOf("a tiny model, fine-tuned"); // ["tiny", "model", "fine", "tuned", "tiny model", "model fine", "fine tuned"]
 * ```
 */
export function termsOf(text: string): string[] {
  const unigrams = tokens(text);
  const terms = unigrams.slice();
  for (let i = 1; i < unigrams.length; i++) terms.push(`${unigrams[i - 1]} ${unigrams[i]}`);
  return terms;
}
