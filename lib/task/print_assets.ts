import type { AssetModality } from "../measure/assets/fields/asset_modality.ts";
import { feedbackChannelNames } from "../measure/assets/fields/feedback_channel.ts";
import type { FeedbackChannels } from "../measure/assets/fields/feedback_channels.ts";
import type { FoundAssets } from "../measure/assets/queries/find_assets.ts";
import type { NewestAssets } from "../measure/assets/fields/newest_assets.ts";
import type { PermissiveAssets } from "../measure/assets/fields/permissive_assets.ts";
import { cut, numberText, percent, table } from "../display/text_table.ts";

/** A modality as records write it. */
function modality({ input, output, content, state }: AssetModality): string {
  if (content.length > 0) return cut(content.join(", "));
  if (input.length > 0) return cut(`${input.join(", ")}; ${output.join(", ") || "unknown"}`);
  return output.length > 0 ? cut(output.join(", ")) : state;
}

/** A number of parameters as people write it. */
function size(parameters: number | null): string {
  const compact = { notation: "compact", maximumSignificantDigits: 4 } as const;
  return parameters === null ? "–" : parameters.toLocaleString("en-US", compact);
}

/** Assets that pass the filters. */
export function printFound({ variant, assets, of, undated, unsized }: FoundAssets): string {
  const lines = [`${numberText(assets.length)} of ${numberText(of)} assets (${variant} graph)`];
  if (undated > 0) lines.push(`${numberText(undated)} more have no full date and are left out`);
  if (unsized > 0) lines.push(`${numberText(unsized)} more have no known size and are left out`);
  if (assets.length === 0) return lines.join("\n");
  return [
    ...lines,
    table([
      [
        "asset",
        "type",
        "organization",
        "date",
        "access",
        "license",
        "modality",
        "size",
        "deps",
        "dependants",
      ],
      ...assets.map((asset) => [
        cut(asset.name),
        asset.type,
        cut(asset.organization, { width: 24 }),
        asset.date ?? "–",
        asset.access,
        cut(asset.license, { width: 24 }),
        modality(asset),
        size(asset.parameters),
        numberText(asset.dependencies),
        numberText(asset.dependants),
      ]),
    ]),
  ].join("\n");
}

/** The newest records. */
export function printNewest({ assets, records, undated, later }: NewestAssets): string {
  return [
    `Newest of ${numberText(records)} records; ${numberText(undated)} without a full date${
      later > 0 ? `, ${numberText(later)} later` : ""
    }`,
    table([
      ["date", "asset", "type", "organization", "access", "url"],
      ...assets.map(({ date, name, type, organization, access, url }) => [
        date,
        cut(name),
        type,
        cut(organization, { width: 24 }),
        access,
        cut(url ?? "–", { width: 60 }),
      ]),
    ]),
  ].join("\n");
}

/** Permissively licensed records, and licenses by modality. */
export function printPermissive({ assets, records, side, counts }: PermissiveAssets): string {
  return [
    `${numberText(assets.length)} of ${numberText(records)} records (${
      percent(assets.length, records)
    }) have permissive licenses only`,
    table([
      ["date", "asset", "type", "organization", "license", "modality"],
      ...assets.map((asset) => [
        asset.date ?? "–",
        cut(asset.name),
        asset.type,
        cut(asset.organization, { width: 24 }),
        cut(asset.license, { width: 24 }),
        modality(asset),
      ]),
    ]),
    "",
    side === null
      ? "Families of licenses by modality, on whichever side it stands"
      : `Families of licenses of these records by modality, where it stands as ${side}`,
    table([
      [
        "type",
        "modality",
        "records",
        "permissive",
        "copyleft",
        "non-comm.",
        "use-restr.",
        "comm. terms",
        "other",
        "none",
        "unknown",
        "absent",
      ],
      ...counts.map(({ type, modality, records, families }) => [
        type,
        cut(modality),
        numberText(records),
        ...[
          "permissive",
          "copyleft",
          "non-commercial",
          "use-restricted",
          "commercial-terms",
          "unspecified",
          "none",
          "unknown",
          "absent",
        ].map((family) => numberText(families[family as keyof typeof families])),
      ]),
    ]),
  ].join("\n");
}

/** Where problems can be reported. */
export function printFeedback({ rows, byType: all }: FeedbackChannels): string {
  const byType = all.filter(({ records }) => records > 0);
  const states = ["known", "none", "unknown", "absent"] as const;
  return [
    "Records by what they say of feedback; a record may name several channels",
    table([
      ["", ...byType.map(({ type }) => `${type}s`)],
      ["records", ...byType.map(({ records }) => numberText(records))],
      ...states.map((state) => [state, ...byType.map((one) => numberText(one[state]))]),
      ...feedbackChannelNames.map((channel) => [
        `- ${channel}`,
        ...byType.map(({ channels }) => numberText(channels[channel])),
      ]),
    ]),
    "",
    table([
      ["asset", "type", "channels", "address, or what is said"],
      ...rows.map(({ name, type, channels, addresses, text }) => [
        cut(name),
        type,
        channels.join(", "),
        cut(addresses.join(" ") || text, { width: 70 }),
      ]),
    ]),
  ].join("\n");
}
