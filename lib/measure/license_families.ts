import { ByteTable } from "../core/byte_table.ts";
import { distinctWithin, type TraitColumn } from "../snapshot/traits.ts";
import { licenseFamilies, type LicenseFamily, type LicenseTerms } from "../source/license_terms.ts";

/** Families whose licenses restrict what the model may be used for or by whom. */
export const restrictedFamilies: readonly LicenseFamily[] = Object.freeze([
  "commercial-terms",
  "use-restricted",
  "non-commercial",
]);

/**
 * Family of a license as the Hub writes it, whatever its case. A license that is not in the table is `unspecified`: what it asks is
 * not known.
 *
 * @example
 * ```ts
 * import { licenseFamily, readLicenseTerms } from "kindred";
 * const terms = await readLicenseTerms();
 * licenseFamily("llama3.1", terms); // "commercial-terms"
 * licenseFamily("my-own-license", terms); // "unspecified"
 * ```
 */
export function licenseFamily(license: string, { licenses }: LicenseTerms): LicenseFamily {
  return licenses.get(canonicalLicense(license))?.family ?? "unspecified";
}

/** A license without regard to case and the white space around it, as the table has it. */
export function canonicalLicense(license: string): string {
  return license.trim().toLowerCase();
}

/**
 * The license column with each license replaced by its family, each family of a model once. Codes are places in
 * {@link licenseFamilies}.
 *
 * @param column The `license` column of a snapshot.
 *
 * @example
 * ```ts
 * import { licenseFamilyColumn, readLicenseTerms, readModelBlocks, traitColumn } from "kindred";
 * const rows = new TextEncoder().encode('{"id":"a","tags":["license:mit"]}\n');
 * const license = traitColumn(await readModelBlocks([rows], { name: "one" }), "license");
 * const families = licenseFamilyColumn(license, await readLicenseTerms());
 * families.values.at(families.codes[0]); // "permissive"
 * ```
 */
export function licenseFamilyColumn(column: TraitColumn, terms: LicenseTerms): TraitColumn {
  return translated(column, licenseFamilies, (license) => licenseFamily(license, terms));
}

/**
 * The license column with each license replaced by `restricted`, `free` or `unspecified`: to ask how long any restriction is still
 * declared, whichever it is (with `persistence` and `{tracked: ["restricted"]}`).
 *
 * @param column The `license` column of a snapshot.
 *
 * @example
 * ```ts
 * import { readLicenseTerms, readModelBlocks, restrictionColumn, traitColumn } from "kindred";
 * const rows = new TextEncoder().encode('{"id":"a","tags":["license:gemma"]}\n');
 * const license = traitColumn(await readModelBlocks([rows], { name: "one" }), "license");
 * const restriction = restrictionColumn(license, await readLicenseTerms());
 * restriction.values.at(restriction.codes[0]); // "restricted"
 * ```
 */
export function restrictionColumn(
  column: TraitColumn,
  terms: LicenseTerms,
  { restricted = restrictedFamilies }: {
    /**
     * Families that count as restrictions.
     * @default restrictedFamilies
     */
    restricted?: readonly LicenseFamily[];
  } = {},
): TraitColumn {
  return translated(column, ["restricted", "free", "unspecified"], (license) => {
    const family = licenseFamily(license, terms);
    if (restricted.includes(family)) return "restricted";
    return family === "unspecified" ? family : "free";
  });
}

/** The column with other values, each of a model's values once; the new value is asked for once for each old one. */
function translated(
  { offsets, codes, values }: TraitColumn,
  names: readonly string[],
  valueOf: (value: string) => string,
): TraitColumn {
  const table = new ByteTable();
  for (const name of names) table.internString(name);
  const codeOf = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) codeOf[i] = table.internString(valueOf(values.at(i)));
  const mapped = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) mapped[i] = codeOf[codes[i]];
  return distinctWithin({ offsets, codes: mapped, values: table.column() });
}
