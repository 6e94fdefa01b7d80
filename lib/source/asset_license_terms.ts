import { paths } from "../paths.ts";
import {
  isOneOf,
  licenseFamilies,
  type LicenseFamily,
  type LicenseTerms,
  readLicenseTerms,
  termRows,
  wantedOneOf,
} from "./license_terms.ts";

/** A spelling that no rule resolves. */
export interface LicenseSpelling {
  /** As catalogues write it; compared without regard to case, punctuation and the word license. */
  spelling: string;
  /** An identifier of `data/license_families.csv`, or the usual name of a license that is not there. */
  license: string;
  /** Its family; that of the identifier, where it is one. */
  family: LicenseFamily;
  /** Why it is that license and in that family. */
  reason: string;
}

/** The terms of licenses and the spellings of catalogues: what {@link assetLicense} needs. */
export interface AssetLicenseTerms extends LicenseTerms {
  /** Rows of `data/asset_licenses.csv`. */
  readonly spellings: readonly LicenseSpelling[];
}

/**
 * Reads the tables of license terms and of the spellings of catalogues that come with the project.
 *
 * @throws {SyntaxError} when a table is not as {@link parseLicenseTerms} or {@link parseLicenseSpellings} expects it
 *
 * @example
 * ```ts
 * import { readAssetLicenseTerms } from "kindred";
 * (await readAssetLicenseTerms()).spellings.find(({ spelling }) => spelling === "CC0")?.license; // "cc0-1.0"
 * ```
 */
export async function readAssetLicenseTerms(): Promise<AssetLicenseTerms> {
  const [terms, text] = await Promise.all([
    readLicenseTerms(),
    Deno.readTextFile(`${paths.data}asset_licenses.csv`),
  ]);
  return Object.freeze({ ...terms, spellings: await parseLicenseSpellings(text, terms) });
}

/**
 * Parses a table of the spellings of licenses: CSV with the columns spelling, license, family, reason; every cell is filled.
 *
 * @throws {SyntaxError} when a cell is empty, a spelling is there twice, or a family is none or not that of the identifier; the message
 *   quotes the line
 *
 * @example
 * ```ts
 * import { parseLicenseSpellings, readLicenseTerms } from "kindred";
 * const table = "spelling,license,family,reason\nCC0,cc0-1.0,permissive,the one version\n";
 * (await parseLicenseSpellings(table, await readLicenseTerms())).length; // 1
 * ```
 */
export async function parseLicenseSpellings(
  text: string,
  { licenses }: LicenseTerms,
): Promise<readonly LicenseSpelling[]> {
  const spellings = new Map<string, LicenseSpelling>();
  const table = { source: "asset_licenses.csv", text };
  for (
    const { cells, refuse } of await termRows(table, ["spelling", "license", "family", "reason"])
  ) {
    const [spelling, license, family, reason] = cells;
    if (spellings.has(spelling)) refuse(`the spelling "${spelling}" a second time`);
    if (!isOneOf(licenseFamilies, family)) {
      return refuse(wantedOneOf("family", family, licenseFamilies));
    }
    const known = licenses.get(license)?.family ?? family;
    if (known !== family) refuse(`the family "${family}" for "${license}", which is ${known}`);
    spellings.set(spelling, Object.freeze({ spelling, license, family, reason }));
  }
  return Object.freeze([...spellings.values()]);
}
