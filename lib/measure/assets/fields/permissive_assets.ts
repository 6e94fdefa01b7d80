import { byCodeUnits } from "../../../core/compare.ts";
import type { AssetSnapshot } from "../../../snapshot/asset_snapshot.ts";
import { type AssetType, assetTypes } from "../../../source/asset_record.ts";
import { assetLicenseFamilies, type AssetLicenseFamily } from "./asset_license.ts";
import {
  type AssetRow,
  assetRow,
  type AssetTables,
  type ModalityFilter,
  rowsWithModality,
} from "./asset_row.ts";
import {
  modalitiesOf,
  type ModalitySide,
  type ModalityState,
  modalityStates,
} from "./asset_modality.ts";

/** Records of one type with one modality. */
export interface ModalityLicenses {
  /** Kind of the assets. */
  type: AssetType;
  /** The modality. */
  modality: string;
  /** Records with it. */
  records: number;
  /** Of those, records of each family of licenses. */
  families: Record<AssetLicenseFamily, number>;
}

/** Assets that anyone may use, change and pass on. */
export interface PermissiveAssets {
  /** Newest first, undated last, ties by name. */
  assets: AssetRow[];
  /** Records that were looked at: those of the type and modality. */
  records: number;
  /** Where a modality stands that is counted, null for any side. */
  side: ModalitySide | null;
  /** By type, in each the most frequent modality first; a record counts in each of its modalities on that side. */
  counts: ModalityLicenses[];
  /** Records without a known modality, by how it is written; they are in no count. */
  leftOut: Record<ModalityState, number>;
}

/** Options of {@link permissiveAssets}. */
export interface PermissiveAssetsOptions extends ModalityFilter {
  /**
   * Type of the assets.
   * @default all types
   */
  type?: AssetType;
}

/**
 * Records whose licenses are all permissive, and by modality how many records have each family of licenses. Records, not assets;
 * a modality counts on whichever side it stands unless `side` says otherwise; of unsplit models, too, it counts.
 *
 * @param tables As `readAssetTables` returns them.
 * @throws {RangeError} when no record has the modality, or there is a side and no modality
 *
 * @example
 * ```ts
 * import { permissiveAssets, readAssetSnapshot, readAssetTables } from "kindred";
 * const path = await Deno.makeTempFile();
 * const mochi = "- type: model\n  name: Mochi 1\n  modality: text; video\n  license: Apache 2.0\n";
 * await Deno.writeTextFile(path, mochi);
 * const tables = await readAssetTables();
 * permissiveAssets(await readAssetSnapshot(path), tables, { modality: "videos" }).assets[0].name; // "Mochi 1"
 * await Deno.remove(path);
 * ```
 */
export function permissiveAssets(
  { records }: AssetSnapshot,
  tables: AssetTables,
  { type, modality, side }: PermissiveAssetsOptions = {},
): PermissiveAssets {
  const ofType = records.filter((record) => type === undefined || record.type === type)
    .map((record) => assetRow(record, tables));
  const rows = rowsWithModality(ofType, { modality, side }, tables.modalities);
  const counts = new Map<string, ModalityLicenses>();
  const leftOut = Object.fromEntries(modalityStates.map((state) => [state, 0])) as Record<
    ModalityState,
    number
  >;
  for (const row of rows) {
    const modalities = side === undefined ? modalitiesOf(row) : row[side];
    if (modalities.length === 0) leftOut[row.state]++;
    for (const one of modalities) {
      const key = JSON.stringify([row.type, one]);
      const entry = counts.get(key) ??
        { type: row.type, modality: one, records: 0, families: noFamilies() };
      counts.set(key, entry);
      entry.records++;
      entry.families[row.family]++;
    }
  }
  return {
    assets: rows.filter(({ family }) => family === "permissive").sort((a, b) =>
      byCodeUnits(b.date ?? "", a.date ?? "") || byCodeUnits(a.name, b.name)
    ),
    records: rows.length,
    side: side ?? null,
    counts: [...counts.values()].sort((a, b) =>
      assetTypes.indexOf(a.type) - assetTypes.indexOf(b.type) ||
      b.records - a.records || byCodeUnits(a.modality, b.modality)
    ),
    leftOut,
  };
}

function noFamilies(): Record<AssetLicenseFamily, number> {
  return Object.fromEntries(assetLicenseFamilies.map((family) => [family, 0])) as Record<
    AssetLicenseFamily,
    number
  >;
}
