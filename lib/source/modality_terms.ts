import { paths } from "../paths.ts";
import { termRows } from "./license_terms.ts";

/** The words for modalities, from `data/modality_aliases.csv`. */
export interface ModalityTerms {
  /** Modalities that each word stands for, by the word in lower case; plurals of modalities included. */
  readonly words: ReadonlyMap<string, readonly string[]>;
  /** The modalities that words stand for. */
  readonly modalities: ReadonlySet<string>;
}

/**
 * Reads the table of modality words that comes with the project.
 *
 * @throws {SyntaxError} when the table is not as {@link parseModalityTerms} expects it
 *
 * @example
 * ```ts
 * import { readModalityTerms } from "kindred";
 * (await readModalityTerms()).words.get("speech"); // ["audio"]
 * ```
 */
export async function readModalityTerms(): Promise<ModalityTerms> {
  return await parseModalityTerms(await Deno.readTextFile(`${paths.data}modality_aliases.csv`));
}

/**
 * Parses a table of modality words with the columns `written`, `modality` (several with commas between them) and `reason`. Every
 * cell is filled, every word is in lower case and there once, and every modality has a row of its own. A word with an s
 * added is the same word.
 *
 * @throws {SyntaxError} when the table is anything else; the message quotes the line
 *
 * @example
 * ```ts
 * import { parseModalityTerms } from "kindred";
 * const { words } = await parseModalityTerms(
 *   "written,modality,reason\nimage,image,itself\nvision,image,another word\n",
 * );
 * words.get("images"); // ["image"]
 * ```
 */
export async function parseModalityTerms(text: string): Promise<ModalityTerms> {
  const words = new Map<string, readonly string[]>();
  const modalities = new Set<string>();
  const table = { source: "modality_aliases.csv", text };
  for (const { cells, refuse } of await termRows(table, ["written", "modality", "reason"])) {
    const [written, modality] = cells;
    if (written !== written.trim().toLowerCase()) refuse("a word that is not in lower case");
    if (words.has(written)) refuse(`the word "${written}" a second time`);
    const meant = modality.split(",").map((one) => one.trim());
    words.set(written, Object.freeze(meant));
    for (const one of meant) modalities.add(one);
  }
  for (const modality of modalities) {
    const meant = words.get(modality);
    if (meant?.length !== 1 || meant[0] !== modality) {
      throw new SyntaxError(
        `Cannot read modality_aliases.csv: the modality "${modality}" has no row that stands for itself`,
      );
    }
  }
  // Words that a row has are never plurals made here.
  for (const word of [...words.keys()]) {
    if (!words.has(`${word}s`)) words.set(`${word}s`, words.get(word)!);
  }
  return Object.freeze({ words, modalities });
}
