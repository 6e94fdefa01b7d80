import { type SizePart, sizeParts } from "./asset_size_parts.ts";
import { type SizeUnit, sizeUnits } from "./asset_size_units.ts";

export { type SizePart, type SizeUnit, sizeUnits };

/** What the free text of a size says. */
export interface AssetSize {
  /** The size, null where there is none. */
  quantity: number | null;
  /** What it counts; null where there is no size or no noun. */
  unit: SizeUnit | null;
  /** Whether the text says that a model is dense or sparse (a mixture of experts); null where it says neither or both. */
  dense: "dense" | "sparse" | null;
  /** All numbers found, in the order of the text. */
  of: SizePart[];
  /** Why there is no size: `a date`, `no number`, `a number without a unit`, ...; null where there is one. */
  problem: string | null;
}

/**
 * Reads the size of an asset from free text: `175B parameters (dense)`, `825 GiB`, `43B tokens with 101M documents`. GB is 10^9 bytes,
 * GiB 2^30; B is billion.
 *
 * Which number is the size: of those outside brackets, without active parameters, the largest of the unit that is said first. So
 * of `7B, 13B and 70B parameters` it is the last one. Nothing is guessed: `8x7B` is no size, since experts share parameters and the
 * product is not their sum; nor is a range, a date, a share, a price, or a number whose commas and points mean nothing.
 *
 * @example
 * ```ts
 * import { parseAssetSize } from "kindred";
 * parseAssetSize("61B parameters (sparse); 6.6B active parameters").quantity; // 61e9
 * parseAssetSize("650K hours audio (60TB)").of.length; // 2
 * parseAssetSize("8x7B").problem; // "experts and the size of one, not of all"
 * ```
 */
export function parseAssetSize(text: string): AssetSize {
  const plain = text.replace(/\[\[[^[\]]*\]\] ?(?:\([^()]*\))?|https?:\/\/[^\s()]+/g, " ")
    .replace(/\s+/g, " ").replace(/(?<=\d) ?[x×] ?(?=\d)/gi, " × ").trim();
  const saysDense = /\bdense\b/i.test(plain);
  const saysSparse = /\b(?:sparse|moe|mixture[ -]of[ -]experts)\b/i.test(plain);
  const dense = saysDense === saysSparse ? null : saysDense ? "dense" : "sparse";
  if (/^\d{4}-\d{1,2}(?:-\d{1,2})?$/.test(plain)) return none("a date", { dense });
  const { parts, malformed, bare } = sizeParts(plain);
  const fit = parts.filter((part) => part.not === null);
  const outside = fit.filter(({ aside }) => !aside);
  const candidates = outside.length > 0 ? outside : fit;
  if (candidates.length === 0 || malformed) {
    const problem = malformed
      ? "a number that cannot be read"
      : parts.length > 0
      ? excluded[parts[0].not!]
      : bare
      ? "a number without a unit"
      : "no number";
    return none(problem, { dense, of: parts });
  }
  const { unit } = candidates.find(({ unit }) => unit !== null) ?? candidates[0];
  const quantity = largest(candidates, unit)!;
  return { quantity, unit, dense, of: parts, problem: null };
}

/**
 * The size in a given unit: of the numbers in it the largest outside brackets, else the largest.
 *
 * @returns null where the text gives none
 *
 * @example
 * ```ts
 * import { parseAssetSize, sizeIn } from "kindred";
 * sizeIn(parseAssetSize("650K hours audio (60TB)"), "bytes"); // 60e12
 * ```
 */
export function sizeIn({ of, problem }: AssetSize, unit: SizeUnit): number | null {
  if (problem !== null) return null;
  const fit = of.filter((part) => part.not === null);
  return largest(fit.filter(({ aside }) => !aside), unit) ?? largest(fit, unit);
}

function largest(parts: readonly SizePart[], unit: SizeUnit | null): number | null {
  let most: number | null = null;
  for (const part of parts) {
    if (part.unit === unit && part.quantity > (most ?? 0)) most = part.quantity;
  }
  return most;
}

const excluded = {
  active: "active parameters only",
  range: "a range",
  experts: "experts and the size of one, not of all",
};

function none(
  problem: string,
  { dense, of = [] }: { dense: AssetSize["dense"]; of?: SizePart[] },
): AssetSize {
  return { quantity: null, unit: null, dense, of, problem };
}
