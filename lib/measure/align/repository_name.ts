/** Size in a name: 7b, 1.5b, 125m, 8x7b, 7b1 for 7.1 billion parameters, or a word for it; "base" is none, it often says "not yet tuned". */
const size =
  /^(?:\d+x)?\d+(?:\.\d+)?[bm]$|^\d+b\d+$|^(?:tiny|nano|micro|mini|small|medium|large|huge|xl|xxl)$/;

/**
 * A name of an asset or repository as rules compare it. Case, white space, hyphens and underscores do not count, a plus sign does
 * (Command R+ is not Command R), and digits that stand apart stay apart.
 */
export interface ComparedName {
  /** All parts together. */
  whole: string;
  /** Without sizes; equal to `whole` where there are none. */
  sizeless: string;
}

/**
 * Forms of a name for comparison: as it is, and without the name of its maker where that comes first ("Meta-Llama-3-70B", "Google Gemma").
 *
 * @param name Of an asset, or the part of a repository's id after the slash.
 * @param options.makers Names of whoever made it.
 *
 * @example
 * ```ts
 * import { comparedNames } from "kindred";
 * comparedNames("Llama 3"); // [{ whole: "llama3", sizeless: "llama3" }]
 * comparedNames("Meta-Llama-3-70B", { makers: ["Meta"] })[1]; // { whole: "llama3-70b", sizeless: "llama3" }
 * ```
 */
export function comparedNames(
  name: string,
  { makers = [] }: { /** @default [] */ makers?: readonly string[] } = {},
): ComparedName[] {
  const parts = partsOf(name);
  // The format in which transformers reads it.
  if (parts.length > 1 && parts.at(-1) === "hf") parts.pop();
  if (parts.length === 0) return [];
  const shorter = makers.map(partsOf).filter((maker) =>
    maker.length > 0 && maker.length < parts.length && maker.every((part, i) => part === parts[i])
  );
  return [parts, ...shorter.map((maker) => parts.slice(maker.length))].map((of) => {
    const sizeless = of.filter((part) => !size.test(part));
    return { whole: joined(of), sizeless: joined(sizeless.length > 0 ? sizeless : of) };
  });
}

function partsOf(name: string): string[] {
  return name.normalize("NFKC").toLowerCase().replaceAll("+", " plus ")
    // 1_8B is how a name without full stops writes 1.8B.
    .replace(/(\d)_(\d+[bm])(?![a-z\d])/g, "$1.$2")
    .split(/[^\p{L}\p{N}.]+/u)
    .map((part) => part.replace(/^\.+|\.+$/g, ""))
    .filter((part) => part !== "");
}

function joined(parts: readonly string[]): string {
  return parts.reduce(
    (text, part) => /\d$/.test(text) && /^\d/.test(part) ? `${text}-${part}` : text + part,
    "",
  );
}
