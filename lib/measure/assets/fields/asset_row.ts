import { byCodeUnits } from "../../../core/compare.ts";
import { civilDate } from "../../../core/civil_date.ts";
import { webAddresses } from "../../../core/web_addresses.ts";
import { alikeNames } from "../../../graph/alike_names.ts";
import {
  type AssetLicenseTerms,
  readAssetLicenseTerms,
} from "../../../source/asset_license_terms.ts";
import type { Access, AssetRecord, AssetType } from "../../../source/asset_record.ts";
import { type ModalityTerms, readModalityTerms } from "../../../source/modality_terms.ts";
import { assetLicense, type AssetLicenseFamily } from "./asset_license.ts";
import {
  type AssetModality,
  assetModality,
  modalitiesOf,
  type ModalitySide,
} from "./asset_modality.ts";
import { cellText } from "./cell_text.ts";

/** The tables by which free text of assets is read. */
export interface AssetTables {
  /** Spellings and families of licenses. */
  licenses: AssetLicenseTerms;
  /** Words for modalities. */
  modalities: ModalityTerms;
}

/**
 * Reads the tables that come with the project.
 *
 * @throws {SyntaxError} when a table is not as it should be
 *
 * @example
 * ```ts
 * import { readAssetTables } from "kindred";
 * (await readAssetTables()).modalities.modalities.has("video"); // true
 * ```
 */
export async function readAssetTables(): Promise<AssetTables> {
  const [licenses, modalities] = await Promise.all([readAssetLicenseTerms(), readModalityTerms()]);
  return { licenses, modalities };
}

/** What a person sees of an asset in a list. */
export interface AssetRow extends AssetModality {
  /** Name of the asset. */
  name: string;
  /** Kind of the asset. */
  type: AssetType;
  /** As written; empty where none is known. */
  organization: string;
  /** Day of creation as `2024-02-29`, null where there is no full date. */
  date: string | null;
  /** How it is released. */
  access: Access;
  /** Its license as {@link assetLicense} reads it; `none`, `unknown` and `absent` where it names none. */
  license: string;
  /** Family of the license. */
  family: AssetLicenseFamily;
  /** First web address of its `url`; null where there is none. */
  url: string | null;
}

/** The row of a record or an asset. */
export function assetRow(
  record: Pick<AssetRecord, "name" | "type" | "organization" | "created" | "access" | "cells">,
  { licenses, modalities }: AssetTables,
): AssetRow {
  const { name, type, organization, created, access, cells } = record;
  const { license, family } = assetLicense(cells["license"], licenses);
  const url = webAddresses(cellText(record, "url") ?? "").at(0) ?? null;
  return {
    name,
    type,
    organization,
    date: civilDate(created),
    access,
    license,
    family,
    url,
    ...assetModality(record, modalities),
  };
}

/** Which modality a person asks for. */
export interface ModalityFilter {
  /**
   * A modality in any spelling of `data/modality_aliases.csv`.
   * @default all
   */
  modality?: string;
  /**
   * Where it must stand, not without `modality`: of datasets and unsplit models only `content`, of applications only `output` can hold it.
   * @default any side
   */
  side?: ModalitySide;
}

/**
 * The rows that have a modality.
 *
 * @throws {RangeError} when no row has it, naming those that are alike and the words of the table that rows have; or there is a side
 * and no modality
 */
export function rowsWithModality<T extends AssetModality>(
  rows: readonly T[],
  { modality, side }: ModalityFilter,
  { words, modalities }: ModalityTerms,
): T[] {
  if (modality === undefined) {
    if (side === undefined) return [...rows];
    throw new RangeError(
      `Cannot look on the side "${side}" for nothing: found no modality, expected one`,
    );
  }
  const plain = modality.trim().toLowerCase();
  const wanted = words.get(plain) ?? [plain];
  const met = new Set(rows.flatMap(modalitiesOf));
  if (!wanted.some((one) => met.has(one))) {
    const known = [...met].filter((one) => modalities.has(one)).sort(byCodeUnits);
    throw new RangeError(
      `Cannot find the modality "${modality}"${didYouMean(modality, [...met])}` +
        (known.length > 0 ? ` (there are ${known.join(", ")})` : ""),
    );
  }
  return rows.filter((row) => {
    const has = side === undefined ? modalitiesOf(row) : row[side];
    return wanted.every((one) => has.includes(one));
  });
}

/** Names that a person may have meant, as the end of a message. */
export function didYouMean(wanted: string, names: readonly string[]): string {
  const alike = alikeNames(wanted, { names });
  return alike.length === 0 ? "" : `: did you mean ${alike.map((name) => `"${name}"`).join(", ")}?`;
}
