import { civilDate } from "../../../core/civil_date.ts";
import { byCodeUnits } from "../../../core/compare.ts";
import { webAddresses } from "../../../core/web_addresses.ts";
import type { AssetSnapshot } from "../../../snapshot/asset_snapshot.ts";
import type { Access, AssetType } from "../../../source/asset_record.ts";
import { cellText } from "./cell_text.ts";
import { dayOf } from "./day_of.ts";

/** A dated record. */
export interface NewAsset {
  /** Name of the asset. */
  name: string;
  /** Kind of the asset. */
  type: AssetType;
  /** Day of creation as `2024-02-29`. */
  date: string;
  /** As written; empty where none is known. */
  organization: string;
  /** How it is released. */
  access: Access;
  /** First web address of its `url`; null where there is none. */
  url: string | null;
}

/** The newest records. */
export interface NewestAssets {
  /** Newest first, ties by code-unit order of the name. */
  assets: NewAsset[];
  /** Records of the type, or of all. */
  records: number;
  /** Of those, records without a full date. */
  undated: number;
  /** Of those, records dated after `until`. */
  later: number;
}

/** Options of {@link newestAssets}. */
export interface NewestAssetsOptions {
  /**
   * Type of the assets.
   * @default all types
   */
  type?: AssetType;
  /**
   * Most assets that are returned.
   * @default 10
   */
  n?: number;
  /**
   * Last day that counts, as `2024-02-29`.
   * @default the newest there is
   */
  until?: string;
}

/**
 * The newest records, of one type or of all; those without a full date are counted.
 *
 * @throws {RangeError} when `until` is no day
 *
 * @example
 * ```ts
 * import { newestAssets, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  created_date: 2021-01-01\n";
 * await Deno.writeTextFile(path, `${pile}- type: model\n  name: OPT\n`);
 * const { assets, undated } = newestAssets(await readAssetSnapshot(path));
 * assets[0].name; // "The Pile"
 * undated; // 1
 * await Deno.remove(path);
 * ```
 */
export function newestAssets(
  { records }: AssetSnapshot,
  { type, n = 10, until }: NewestAssetsOptions = {},
): NewestAssets {
  const last = until === undefined ? Infinity : dayOf(until, { option: "until" });
  const asked = records.filter((record) => type === undefined || record.type === type);
  const dated = asked.flatMap((record) => {
    const date = civilDate(record.created);
    return date === null ? [] : [{ record, date }];
  });
  const counted = dated.filter(({ record }) => record.created <= last);
  return {
    assets: counted
      .sort((a, b) =>
        b.record.created - a.record.created || byCodeUnits(a.record.name, b.record.name)
      )
      .slice(0, n)
      .map(({ record, date }) => ({
        name: record.name,
        type: record.type,
        date,
        organization: record.organization,
        access: record.access,
        url: webAddresses(cellText(record, "url") ?? "").at(0) ?? null,
      })),
    records: asked.length,
    undated: asked.length - dated.length,
    later: dated.length - counted.length,
  };
}
