import { stripVTControlCharacters } from "node:util";

/** A number as a text shows it. */
export interface ShownNumber {
  /** As it stands there: `1,860,411`, `13.5%`, `1.9 million`. */
  text: string;
  /** Place of its first character in the text. */
  at: number;
  /** Its digits read as a number, without sign and unit: 1.9. */
  value: number;
  /** How many decimals it shows: 1. */
  decimals: number;
  /** What it is multiplied by: 1,000,000. */
  scale: number;
  percent: boolean;
}

const digits = /(?<![\p{L}\p{N}_.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?/giu;

/** A day, a month, a version of three parts, the number of an arXiv paper: not numbers that something is counted by. */
const notCounts =
  /(?<![\w.])(?:(?:19|20)\d\d-\d\d(?:-\d\d)?|\d+(?:\.\d+){2,}|\d{4}\.\d{4,5}(?:v\d+)?)(?![\w])/g;

const scales = new Map([
  ["k", 1e3],
  ["thousand", 1e3],
  ["m", 1e6],
  ["million", 1e6],
  ["b", 1e9],
  ["billion", 1e9],
]);

const unit =
  /^(?:\s?(?<percent>%|per ?cent\b)|\s(?<word>thousand|million|billion)\b|(?<letter>[kKMBx×])(?![\p{L}\p{N}]))/u;

/**
 * The numbers in a text. Digits that a letter stands right before (`v2`) or after (`8bit`, `3rd`) belong to a name, except for those of `k`,
 * `M`, `B` and `x`; of a day, a version and the number of an arXiv paper nothing is a number.
 */
export function numbersIn(text: string): ShownNumber[] {
  const plain = text.replace(notCounts, (found) => " ".repeat(found.length));
  return [...plain.matchAll(digits)].flatMap((match) => {
    const rest = plain.slice(match.index + match[0].length);
    const { 0: suffix = "", groups = {} } = unit.exec(rest) ?? {};
    if (suffix === "" && /^[\p{L}_]/u.test(rest)) return [];
    return [{
      text: match[0] + suffix,
      at: match.index,
      value: Number(match[0].replaceAll(",", "")),
      decimals: /\.(\d+)/.exec(match[0])?.[1].length ?? 0,
      scale: scales.get((groups.word ?? groups.letter ?? "").toLowerCase()) ?? 1,
      percent: groups.percent !== undefined,
    }];
  });
}

/** What a cell or a file shows to a reader, for {@link isShown}. */
export interface ShownNumbers {
  /** Numbers, each with what it is multiplied by taken in. */
  values: { value: number; percent: boolean }[];
  /** Texts in which a number may stand as it is. */
  texts: string[];
}

/** The numbers of texts that a reader sees. */
export function shownNumbers(texts: readonly string[]): ShownNumbers {
  const plain = texts.map(stripVTControlCharacters);
  return {
    texts: plain,
    values: plain.flatMap((text) =>
      numbersIn(text).map(({ value, scale, percent }) => ({ value: value * scale, percent }))
    ),
  };
}

/**
 * Whether a number of prose is one that is shown, rounded as the prose has it: 13.5% is 13.49%, a share of 0.1349 and, below a unit that a
 * heading names, 13.49; 1.9 million is 1,860,411; 12 is 12.3. A whole number below 10 is the same whole number only, since any list of
 * decimals would hold it.
 */
export function isShown(
  { value, decimals, scale, percent }: ShownNumber,
  { values }: Pick<ShownNumbers, "values">,
): boolean {
  const exact = !percent && scale === 1 && decimals === 0 && value < 10;
  const off = exact ? 0 : 0.5 * 10 ** -decimals * (1 + 1e-9);
  const same = (shown: number) => Math.abs(shown / scale - value) <= off + 1e-12 * value;
  return values.some((shown) => {
    if (percent) {
      return same(shown.value) || !shown.percent && shown.value <= 1 && same(100 * shown.value);
    }
    return shown.percent ? decimals > 0 && same(shown.value / 100) : same(shown.value);
  });
}
