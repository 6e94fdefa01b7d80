import { isBits, scaleOf, type SizeUnit, unitOf } from "./asset_size_units.ts";

/** A number in the size of an asset. */
export interface SizePart {
  /** How many, above 0. */
  quantity: number;
  /** Of what; null where no noun is said: `540B`. */
  unit: SizeUnit | null;
  /** Whether it stands in brackets, as a part or in another unit: `650K hours audio (60TB)`. */
  aside: boolean;
  /** Why it is not the size; null where it could be. */
  not: "active" | "range" | "experts" | null;
  /** Whether it is given as about, over, up to and the like. */
  approximate: boolean;
}

/** A run of digits, points and commas that no letter, point or currency sign precedes, and the word behind it. */
const number =
  /(?<![\p{L}\p{N}_.^$€£])(?<!\d,)(\d(?:[\d.,]*\d)?(?:e\+?\d{1,2}(?![\p{L}\p{N}]))?)(?: ?[-–—]? ?(\p{L}{1,20})(?![\p{L}\p{N}]))?/gu;
const wellFormed = /^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e\+?\d+)?$/;
const vague =
  /(?:~|≈|<|>|\b(?:about|around|over|under|approximately|approx\.|roughly|some|nearly|almost|up to|at least|more than|less than)) ?$/i;
const hyphen = /[-–—]/;
/** How far behind a number its noun is looked for, in characters. */
const reach = 120;

/**
 * The numbers of a text that have a scale or a noun, in its order; a list shares the noun of its last number.
 *
 * @returns `malformed`: whether there is a size that cannot be read; `bare`: whether there is a number with neither
 */
export function sizeParts(text: string): { parts: SizePart[]; malformed: boolean; bare: boolean } {
  const parts: SizePart[] = [];
  let malformed = false;
  let bare = false;
  let depth = 0;
  let seen = 0;
  /** End of the number before, with its scale, and what it gave. */
  let end = -1;
  let previous: SizePart | null = null;
  let list: SizePart[] = [];
  for (const { 0: token, 1: digits, 2: word = "", index } of text.matchAll(number)) {
    for (; seen < index; seen++) {
      if (text[seen] === "(") depth++;
      else if (text[seen] === ")") depth = Math.max(0, depth - 1);
    }
    const gap = text.slice(Math.max(end, index - 24, 0), index);
    const range = end >= 0 && /^ ?(?:[-–—]|to) ?$/.test(gap);
    const experts = end >= 0 && /^ ?× ?$/.test(gap);
    const scale = word === "" ? null : scaleOf(word);
    end = index + (scale === null ? digits.length : token.length);
    const behind = until(text.slice(end, end + reach));
    const unit = scale?.unit ?? unitOf(behind.replace(hyphen, " "));
    const before = previous;
    previous = null;
    if (!/^ ?(?:,|,? and|,? or|[/&;]) ?$/i.test(gap)) list = [];
    // A share, a power, a number of experts, the end of a name (GPT-3), or less than nothing.
    if (/^ ?[%^×]/.test(behind) || !range && hyphen.test(gap.at(-1) ?? "")) continue;
    // A letter right behind: 8FPS, 4x.
    const glued = scale === null && /^\p{L}/u.test(behind);
    if (scale === null && isBits(word)) malformed = true;
    if (scale === null && (glued || unit === null)) {
      bare = true;
      continue;
    }
    const quantity = wellFormed.test(digits) ? product(digits, scale?.factor ?? 1) : NaN;
    if (!(quantity > 0 && quantity < Infinity)) {
      malformed = true;
      continue;
    }
    const part: SizePart = {
      quantity,
      unit,
      aside: depth > 0,
      not: experts ? "experts" : range ? "range" : /\bactiv/i.test(behind) ? "active" : null,
      approximate: vague.test(gap),
    };
    if (range && before !== null) before.not = "range";
    if (unit === null) list.push(part);
    else if (scale?.unit !== "bytes") { for (const other of list) other.unit = unit; }
    if (unit !== null) list = [];
    parts.push(part);
    previous = part;
  }
  return { parts, malformed, bare };
}

/** What stands before the next number. */
function until(behind: string): string {
  return behind.split(/\d/, 1)[0];
}

/** 15 digits, so that 1.55 of a billion is what is written. */
function product(digits: string, factor: number): number {
  return Number((Number(digits.replaceAll(",", "")) * factor).toPrecision(15));
}
