import { type AssetCell, readCell } from "../../../source/asset_cell.ts";
import type { AssetLicenseTerms } from "../../../source/asset_license_terms.ts";
import { licenseFamilies, type LicenseFamily } from "../../../source/license_terms.ts";
import { licenseKey, licenseParts, licenseSentence, withoutLinks } from "./license_text.ts";

/**
 * Families of the licenses of assets: those of {@link licenseFamilies}, where `unspecified` means that a license is named and what it asks
 * is not known; `none`, `unknown` and `absent` are what the catalogue says where it names none.
 */
export const assetLicenseFamilies = [...licenseFamilies, "none", "unknown", "absent"] as const;

/** Family of the license of an asset. */
export type AssetLicenseFamily = typeof assetLicenseFamilies[number];

/** One license of a cell. */
export interface AssetLicensePart {
  /** Identifier of `data/license_families.csv`, usual name of a license that is not there, or the text itself. */
  license: string;
  /** Its family. */
  family: AssetLicenseFamily;
  /** What it is for or what is said of it, from brackets behind it: `model weights`; null where there are none. */
  note: string | null;
  /** False where no rule and no row of the table resolves the text. */
  resolved: boolean;
}

/** What the license cell of an asset says. */
export interface AssetLicense {
  /** The licenses of the cell, each once, with commas between them. */
  license: string;
  /**
   * The most binding one of its licenses; where none of them binds and not all are permissive, the first of unspecified, none and
   * unknown that one of them has.
   */
  family: AssetLicenseFamily;
  /** Whether all its licenses are permissive. */
  permissive: boolean;
  /** Whether a rule or a row of the table resolves all of them; also true of none, unknown and absent. */
  resolved: boolean;
  /** The licenses in the order of the cell. */
  parts: AssetLicensePart[];
}

/**
 * Reads the free text of the license cell of an asset. A license is found by its identifier or full name in `data/license_families.csv`,
 * or by its spelling in `data/asset_licenses.csv`; case, punctuation, links, the word license, `v` before a version and `.0` behind it do
 * not count, every other word does: a modified MIT License is none that is known. Several licenses in one cell are all kept. Nothing is
 * guessed: other text stays as it is, `unspecified` and unresolved.
 *
 * @param cell Cell of a record, or its text.
 * @param terms As `readAssetLicenseTerms` returns them.
 *
 * @example
 * ```ts
 * import { assetLicense, readAssetLicenseTerms } from "kindred";
 * const terms = await readAssetLicenseTerms();
 * assetLicense("Apache License, version 2", terms).license; // "apache-2.0"
 * assetLicense("none (model weights), BSD-3-Clause (code)", terms).family; // "none"
 * assetLicense("Modified MIT License", terms).family; // "unspecified"
 * ```
 */
export function assetLicense(
  cell: AssetCell | string | undefined,
  terms: AssetLicenseTerms,
): AssetLicense {
  const { state, value } = typeof cell === "object" ? cell : readCell(cell);
  if (state !== "known" || value === null) {
    const family = state === "known" ? "absent" : state;
    return united([{ license: family, family, note: null, resolved: true }]);
  }
  const index = indexOf(terms);
  return united([value].flat().flatMap((text) => readText(text, index)));
}

type Found = { license: string; family: LicenseFamily };
type Index = ReadonlyMap<string, Found>;

const indexes = new WeakMap<AssetLicenseTerms, Index>();

function indexOf(terms: AssetLicenseTerms): Index {
  const known = indexes.get(terms);
  if (known !== undefined) return known;
  const index = new Map<string, Found>();
  // An identifier wins over a full name, that over a spelling of the table.
  for (const { spelling, license, family } of terms.spellings) {
    index.set(licenseKey(spelling), { license, family });
  }
  for (const { name, license, family } of terms.licenses.values()) {
    index.set(licenseKey(name), { license, family });
  }
  for (const { license, family } of terms.licenses.values()) {
    index.set(licenseKey(license), { license, family });
  }
  indexes.set(terms, index);
  return index;
}

function readText(text: string, index: Index): AssetLicensePart[] {
  const plain = withoutLinks(text);
  const whole = readPart(plain, index) ?? readSentence(plain, index);
  if (whole !== null) return [whole];
  const parts = licenseParts(plain).map((part) =>
    readPart(part, index) ?? readSentence(part, index) ?? unresolved(part)
  );
  // Commas of a sentence separate no licenses.
  return parts.some(({ resolved }) => resolved) ? parts : [unresolved(text.trim())];
}

function unresolved(license: string): AssetLicensePart {
  return { license, family: "unspecified", note: null, resolved: false };
}

/** Says what a license is for; other words in brackets may take back what it permits. */
const partNamed =
  /\b(?:code|software|source|weights?|models?|checkpoints?|data|datasets?|annotations?|text|images?|audio|video|docs|documentation)\b/i;
const takenBack = /\b(?:non|not|no|only|except|without|un\w+|research|academic|restrict\w*)\b/i;

function readPart(text: string, index: Index): AssetLicensePart | null {
  const found = nameOrState(text, index);
  if (found !== null) return { ...found, note: null, resolved: true };
  const open = text.endsWith(")") ? text.lastIndexOf("(") : -1;
  if (open <= 0) return null;
  const base = nameOrState(text.slice(0, open), index);
  const note = text.slice(open + 1, -1).trim();
  if (base === null) return null;
  const safe = base.family !== "permissive" || partNamed.test(note) && !takenBack.test(note);
  return safe ? { ...base, note, resolved: true } : null;
}

function nameOrState(
  text: string,
  index: Index,
): { license: string; family: AssetLicenseFamily } | null {
  const { state } = readCell(text);
  if (state === "none" || state === "unknown") return { license: state, family: state };
  return index.get(licenseKey(text)) ?? null;
}

function readSentence(text: string, index: Index): AssetLicensePart | null {
  const name = licenseSentence(text);
  return name === null ? null : readPart(name, index);
}

/** From the most binding to the least that can be said. */
const precedence: readonly AssetLicenseFamily[] = [
  ...licenseFamilies.filter((family) => family !== "permissive"),
  "none",
  "unknown",
  "absent",
  "permissive",
];

function united(found: readonly AssetLicensePart[]): AssetLicense {
  const parts = [
    ...new Map(found.map((part) => [`${part.license} (${part.note ?? ""})`, part])).values(),
  ];
  const families = new Set(parts.map(({ family }) => family));
  const family = precedence.find((one) => families.has(one))!;
  return {
    license: [...new Set(parts.map(({ license }) => license))].join(", "),
    family,
    permissive: family === "permissive",
    resolved: parts.every(({ resolved }) => resolved),
    parts,
  };
}
