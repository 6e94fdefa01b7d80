import { byCodeUnits } from "../core/compare.ts";

/** Least share of two names' letter pairs that must agree for one to be suggested for the other. */
const leastAlike = 0.4;

/**
 * Names that a person may have meant, most alike first: those that contain the wanted one or are contained in it, then by the
 * share of letter pairs in common (Dice 1945), all of it over letters and digits only and blind to case; where that is equal, by the
 * share of pairs with punctuation, so that `gpt4` finds GPT-4 and `command r+` still finds Command R+ before Command R. None
 * is less than half as alike as the first.
 *
 * @param options.n Most names that are returned.
 */
export function alikeNames(
  wanted: string,
  { names, n = 5 }: { names: readonly string[]; /** @default 5 */ n?: number },
): string[] {
  const key = letters(wanted);
  const pairs = pairsOf(key);
  const spelling = pairsOf(spelt(wanted));
  const alike = names
    .map((name) => {
      const other = letters(name);
      const contained = key !== "" && other.includes(key) ||
        other.length > 3 && key.includes(other);
      return {
        name,
        score: dice(pairs, pairsOf(other)) + (contained ? 1 : 0),
        spelling: dice(spelling, pairsOf(spelt(name))),
      };
    })
    .filter(({ score }) => score >= leastAlike)
    .sort((a, b) => b.score - a.score || b.spelling - a.spelling || byCodeUnits(a.name, b.name));
  return alike
    .filter(({ score }) => score >= alike[0].score / 2)
    .slice(0, n)
    .map(({ name }) => name);
}

/** Letters, with their marks, and digits. */
function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "");
}

/** The same with punctuation. */
function spelt(name: string): string {
  return name.toLowerCase().replace(/\s+/gu, "");
}

function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < text.length; i++) pairs.add(text.slice(i, i + 2));
  return pairs;
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const size = a.size + b.size;
  return size === 0 ? 0 : 2 * a.intersection(b).size / size;
}
