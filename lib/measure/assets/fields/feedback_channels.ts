import { byCodeUnits } from "../../../core/compare.ts";
import type { AssetSnapshot } from "../../../snapshot/asset_snapshot.ts";
import type { AssetCell } from "../../../source/asset_cell.ts";
import { type AssetType, assetTypes } from "../../../source/asset_record.ts";
import { cellText } from "./cell_text.ts";
import {
  type FeedbackChannel,
  feedbackChannel,
  feedbackChannelNames,
  type FeedbackReading,
} from "./feedback_channel.ts";

/** A record that says where problems can be reported. */
export interface FeedbackRow extends FeedbackReading {
  /** Name of the asset. */
  name: string;
  /** Kind of the asset. */
  type: AssetType;
  /** As written; empty where none is known. */
  organization: string;
  /** What it says. */
  text: string;
}

/** Records of one type, or of one organization, by what they say of feedback. */
export interface FeedbackCount {
  /** All of them. */
  records: number;
  /** Those that say anything, which are those with a channel, `other` included. */
  known: number;
  /** Those that say there is none. */
  none: number;
  /** Those that say it is not known. */
  unknown: number;
  /** Those that say nothing. */
  absent: number;
  /** Those that name each channel; a record may name several. */
  channels: Record<FeedbackChannel, number>;
}

/** Where problems can be reported. */
export interface FeedbackChannels {
  /** Records that say so, in the order of the snapshot. */
  rows: FeedbackRow[];
  /** Counts for each type, in the order of `assetTypes`. */
  byType: (FeedbackCount & { type: AssetType })[];
  /** Counts for each organization as written, those of which most records name a place first, ties by name; the empty one is unknown. */
  byOrganization: (FeedbackCount & { organization: string })[];
}

/**
 * Where problems with each asset can be reported, read from the free text of its field `feedback` by the rules of
 * {@link feedbackChannel}. Only the value is read, not its explanation. Counts records.
 *
 * @example
 * ```ts
 * import { feedbackChannels, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const dolma = "- type: dataset\n  name: Dolma\n  feedback: https://github.com/allenai/dolma/issues\n";
 * await Deno.writeTextFile(path, dolma);
 * feedbackChannels(await readAssetSnapshot(path)).rows[0].channels; // ["github"]
 * await Deno.remove(path);
 * ```
 */
export function feedbackChannels({ records }: AssetSnapshot): FeedbackChannels {
  const rows: FeedbackRow[] = [];
  const byType = new Map(assetTypes.map((type) => [type, emptyCount()]));
  const byOrganization = new Map<string, FeedbackCount>();
  for (const record of records) {
    const { name, type, organization, cells } = record;
    const cell: AssetCell | undefined = cells["feedback"];
    const text = cellText(record, "feedback");
    const counts = [byType.get(type)!, byOrganization.get(organization) ?? emptyCount()];
    byOrganization.set(organization, counts[1]);
    const state = text === null ? cell?.state ?? "absent" : "known";
    const reading = text === null ? null : feedbackChannel(text);
    for (const count of counts) {
      count.records++;
      count[state]++;
      for (const channel of reading?.channels ?? []) count.channels[channel]++;
    }
    if (reading !== null) rows.push({ name, type, organization, text: text!, ...reading });
  }
  return {
    rows,
    byType: assetTypes.map((type) => ({ type, ...byType.get(type)! })),
    byOrganization: [...byOrganization]
      .map(([organization, count]) => ({ organization, ...count }))
      .sort((a, b) => b.known - a.known || byCodeUnits(a.organization, b.organization)),
  };
}

function emptyCount(): FeedbackCount {
  const channels = Object.fromEntries(feedbackChannelNames.map((channel) => [channel, 0]));
  return {
    records: 0,
    known: 0,
    none: 0,
    unknown: 0,
    absent: 0,
    channels: channels as Record<FeedbackChannel, number>,
  };
}
