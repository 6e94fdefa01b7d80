import { byCodeUnits } from "../../../core/compare.ts";
import type { AssetSnapshot } from "../../../snapshot/asset_snapshot.ts";
import type { OrganizationAliases } from "../../../source/organization_aliases.ts";
import {
  type OrganizationReading,
  readOrganizationText,
} from "../../../source/split_organizations.ts";

/** What became of one text that names organizations. */
export interface OrganizationText {
  /** As the data writes it. */
  text: string;
  /** The organizations that it names. */
  bodies: readonly string[];
  /** What became of it; see {@link OrganizationReading}. */
  reading: OrganizationReading["reading"];
  /** Why, from the rows of the table that had a say; empty where the rule alone did it. */
  reasons: string[];
  /** Records that carry it. */
  records: number;
  /** File and line of the first of them. */
  place: string;
}

/** What became of all texts that name organizations. */
export interface OrganizationReadings {
  /** Records of a known organization. */
  records: number;
  /** Records of none or an unknown one, which are left out. */
  unknown: number;
  /** Organizations that the texts name. */
  bodies: number;
  /** Number of texts by what became of them. */
  counts: Record<OrganizationReading["reading"], number>;
  /** All texts, most records first, ties by code-unit order. */
  texts: OrganizationText[];
}

/**
 * Says of every text that names organizations whether the table split it, gave it another name, kept it whole or left it, for review.
 *
 * @example
 * ```ts
 * import { organizationReadings, readAssetSnapshot, readOrganizationAliases } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: P3\n  organization: BigScience, CMU\n");
 * const table = await readOrganizationAliases();
 * const [{ reading, reasons }] = organizationReadings(await readAssetSnapshot(path), table).texts;
 * reading; // "split"
 * reasons; // ["abbreviation"]
 * await Deno.remove(path);
 * ```
 */
export function organizationReadings(
  { records }: AssetSnapshot,
  table: OrganizationAliases,
): OrganizationReadings {
  const known = records.filter(({ organization }) => organization !== "");
  const texts = [...Map.groupBy(known, ({ organization }) => organization)]
    .map(([text, of]): OrganizationText => {
      const { bodies, reading, rows } = readOrganizationText(text, table);
      return {
        text,
        bodies,
        reading,
        reasons: rows.map(({ reason }) => reason),
        records: of.length,
        place: `${of[0].file}:${of[0].line}`,
      };
    })
    .sort((a, b) => b.records - a.records || byCodeUnits(a.text, b.text));
  const counts = { split: 0, renamed: 0, whole: 0, left: 0 };
  for (const { reading } of texts) counts[reading]++;
  return {
    records: known.length,
    unknown: records.length - known.length,
    bodies: new Set(texts.flatMap(({ bodies }) => bodies)).size,
    counts,
    texts,
  };
}
