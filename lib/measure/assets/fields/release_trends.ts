import { byCodeUnits } from "../../../core/compare.ts";
import { type ShareInterval, wilsonInterval } from "../../../core/wilson.ts";
import type { AssetSnapshot } from "../../../snapshot/asset_snapshot.ts";
import type { Access, AssetRecord, AssetType } from "../../../source/asset_record.ts";
import type { AssetLicenseTerms } from "../../../source/asset_license_terms.ts";
import { assetLicense, assetLicenseFamilies, type AssetLicenseFamily } from "./asset_license.ts";

/** How assets are released, from the most to the least open. */
export const accessOrder: readonly Access[] = ["open", "limited", "closed", "unknown"];

/** Access of the records of a year. */
export interface ReleaseYear {
  /** Year of creation. */
  year: number;
  /** Records of it. */
  records: number;
  /** Records by how they are released. */
  access: Record<Access, number>;
  /** Share of open ones among those whose access is known, with its Wilson interval; null where none is. */
  open: ShareInterval | null;
}

/** Release strategy over time. */
export interface ReleaseTrends {
  /** The type of the records, null for all. */
  type: AssetType | null;
  /** Years that have a record. */
  years: ReleaseYear[];
  /** Records without a full date, by access. */
  undated: Record<Access, number>;
}

/** License families of the records of a year. */
export interface LicenseYear {
  /** Year of creation. */
  year: number;
  /** Records of it. */
  records: number;
  /** Records by family. */
  families: Record<AssetLicenseFamily, number>;
  /** Share of permissive ones among those that name a license, with its Wilson interval; null where none does. */
  permissive: ShareInterval | null;
}

/** Licenses over time. */
export interface LicenseTrends {
  /** The type of the records, null for all. */
  type: AssetType | null;
  /** Years that have a record. */
  years: LicenseYear[];
  /** Records without a full date, by family. */
  undated: Record<AssetLicenseFamily, number>;
  /** Texts that no rule resolves, most frequent first; dated or not. */
  unresolved: { text: string; records: number }[];
}

/** Options of {@link releaseTrends} and {@link licenseTrends}. */
export interface TrendOptions {
  /**
   * The only type that counts, null for all.
   * @default null
   */
  type?: AssetType | null;
}

/**
 * How assets are released (open, limited, closed), by year of creation.
 *
 * Intervals take records as independent draws; the catalogue is a selection by its authors and not a sample, so they say how
 * few records there are and not how near the share is to that of the field.
 *
 * @example
 * ```ts
 * import { readAssetSnapshot, releaseTrends } from "kindred";
 * const path = await Deno.makeTempFile();
 * const model = "- type: model\n  name: A\n  created_date: 2022-05-01\n  access: open\n";
 * await Deno.writeTextFile(path, model);
 * releaseTrends(await readAssetSnapshot(path)).years[0].open?.share; // 1
 * await Deno.remove(path);
 * ```
 */
export function releaseTrends(
  { records }: AssetSnapshot,
  { type = null }: TrendOptions = {},
): ReleaseTrends {
  const { years, undated } = byYear(records, { type, keys: accessOrder, keyOf: accessOf });
  return {
    type,
    years: years.map(({ year, records, counts }) => ({
      year,
      records,
      access: counts,
      open: shareOf(counts.open, records - counts.unknown),
    })),
    undated,
  };
}

/**
 * Families of licenses by year of creation, see {@link assetLicense}. A record with several licenses counts in the family of the most
 * binding one. The catalogue is a selection by its authors and not a sample, as with {@link releaseTrends}.
 *
 * @param terms As `readAssetLicenseTerms` returns them.
 *
 * @example
 * ```ts
 * import { licenseTrends, readAssetLicenseTerms, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const model = "- type: model\n  name: A\n  created_date: 2022-05-01\n  license: MIT License\n";
 * await Deno.writeTextFile(path, model);
 * const { years } = licenseTrends(await readAssetSnapshot(path), await readAssetLicenseTerms());
 * years[0].families.permissive; // 1
 * await Deno.remove(path);
 * ```
 */
export function licenseTrends(
  { records }: AssetSnapshot,
  terms: AssetLicenseTerms,
  { type = null }: TrendOptions = {},
): LicenseTrends {
  const unresolved = new Map<string, number>();
  const keyOf = ({ cells }: AssetRecord) => {
    const { family, parts } = assetLicense(cells.license, terms);
    for (const { license, resolved } of parts) {
      if (!resolved) unresolved.set(license, (unresolved.get(license) ?? 0) + 1);
    }
    return family;
  };
  const { years, undated } = byYear(records, { type, keys: assetLicenseFamilies, keyOf });
  return {
    type,
    years: years.map(({ year, records, counts }) => ({
      year,
      records,
      families: counts,
      permissive: shareOf(
        counts.permissive,
        records - counts.none - counts.unknown - counts.absent,
      ),
    })),
    undated,
    unresolved: [...unresolved].map(([text, records]) => ({ text, records }))
      .sort((a, b) => b.records - a.records || byCodeUnits(a.text, b.text)),
  };
}

function accessOf({ access }: AssetRecord): Access {
  return access;
}

function shareOf(count: number, total: number): ShareInterval | null {
  return total === 0 ? null : wilsonInterval(count, total);
}

function byYear<K extends string>(
  records: readonly AssetRecord[],
  { type, keys, keyOf }: {
    type: AssetType | null;
    keys: readonly K[];
    keyOf: (record: AssetRecord) => K;
  },
): {
  years: { year: number; records: number; counts: Record<K, number> }[];
  undated: Record<K, number>;
} {
  const zero = () => Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  const undated = zero();
  const years = new Map<number, { year: number; records: number; counts: Record<K, number> }>();
  for (const record of records) {
    if (type !== null && record.type !== type) continue;
    const key = keyOf(record);
    if (Number.isNaN(record.created)) {
      undated[key]++;
      continue;
    }
    const year = new Date(record.created).getUTCFullYear();
    const row = years.get(year) ?? { year, records: 0, counts: zero() };
    row.records++;
    row.counts[key]++;
    years.set(year, row);
  }
  return { years: [...years.values()].sort((a, b) => a.year - b.year), undated };
}
