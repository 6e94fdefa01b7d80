/**
 * How arXiv writes its identifiers and categories.
 *
 * @module
 */

/** The paper that the Hub's card template names, so that most models that link a paper link this one. */
export const templatePaper = "1910.09700";

/** Archives of categories, with or without a dot and a subject class behind them; those up to `supr-con` are closed. */
const archives: ReadonlySet<string> = new Set([
  "acc-phys adap-org alg-geom ao-sci atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas dg-ga funct-an",
  "mtrl-th patt-sol plasm-ph q-alg solv-int supr-con",
  "astro-ph cond-mat cs econ eess gr-qc hep-ex hep-lat hep-ph hep-th math math-ph nlin nucl-ex nucl-th",
  "physics q-bio q-fin quant-ph stat",
].flatMap((line) => line.split(" ")));

/** Longest text looked at; the longest identifier has 23 characters. */
const longest = 64;

/**
 * The identifier of an arXiv paper in its canonical form: no version, of an old one no subject class, the archive in lower case.
 *
 * @param text `2305.12345`, `2305.12345v2`, `hep-th/9901001`, `math.GT/0309136v1`; white space around it is dropped.
 * @returns null when arXiv gives no identifiers of that form: an archive or month that there is not, five digits before 2015
 *
 * @example
 * ```ts
 * import { arxivId } from "kindred";
 * [arxivId("2305.12345v2"), arxivId("math.GT/0309136"), arxivId("1234.5678")]; // ["2305.12345", "math/0309136", null]
 * ```
 */
export function arxivId(text: string): string | null {
  if (text.length > longest) return null;
  const whole = text.trim();
  const plain = /^(\d\d)(\d\d)\.(\d{4,5})(?:v[1-9]\d{0,2})?$/.exec(whole);
  if (plain !== null) {
    const [, year, month, number] = plain;
    const time = Number(year) * 100 + Number(month);
    return isMonth(month) && time >= 704 && number.length === (time < 1501 ? 4 : 5)
      ? `${year}${month}.${number}`
      : null;
  }
  const old = /^([a-z-]+)(?:\.[a-z-]+)?\/(\d\d)(\d\d)(\d{3})(?:v[1-9]\d{0,2})?$/i.exec(whole);
  if (old === null) return null;
  const [, name, year, month, number] = old;
  const archive = name.toLowerCase();
  // From August 1991 to March 2007.
  const time = (Number(year) < 91 ? 2000 : 1900) * 100 + Number(year) * 100 + Number(month);
  return archives.has(archive) && isMonth(month) && time >= 199108 && time <= 200703
    ? `${archive}/${year}${month}${number}`
    : null;
}

/**
 * Whether a term is a category of arXiv, such as `cs.LG` or `hep-th`, and no class of the ACM or MSC, which arXiv lists beside them.
 *
 * @example
 * ```ts
 * import { isArxivCategory } from "kindred";
 * [isArxivCategory("cs.LG"), isArxivCategory("I.2.7")]; // [true, false]
 * ```
 */
export function isArxivCategory(term: string): boolean {
  if (term.length > longest) return false;
  const parts = /^([a-z-]+)(?:\.[A-Za-z-]+)?$/.exec(term);
  return parts !== null && archives.has(parts[1]);
}

function isMonth(text: string): boolean {
  return text >= "01" && text <= "12";
}
