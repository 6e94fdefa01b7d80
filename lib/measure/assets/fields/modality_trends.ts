import { byCodeUnits } from "../../../core/compare.ts";
import { civilDate } from "../../../core/civil_date.ts";
import { type ShareInterval, wilsonInterval } from "../../../core/wilson.ts";
import type { AssetSnapshot } from "../../../snapshot/asset_snapshot.ts";
import type { AssetType } from "../../../source/asset_record.ts";
import type { ModalityTerms } from "../../../source/modality_terms.ts";
import {
  type AssetModality,
  assetModality,
  type ModalitySide,
  type ModalityState,
  modalityStates,
} from "./asset_modality.ts";

/** Records of a year with a modality on one side. */
export interface ModalityYear extends ShareInterval {
  /** Year of creation. */
  year: number;
  /** The modality. */
  modality: string;
  /** Records with it. */
  records: number;
  /** Records of that year that name any modality on that side. */
  of: number;
}

/** One side of the modalities of a type, year by year. */
export interface ModalityTrend {
  /** Whether the modalities are what goes in, what comes out, or what a dataset consists of. */
  side: ModalitySide;
  /** Years with records that name a modality on this side, and how many do. */
  years: { year: number; records: number }[];
  /** By year, in each the most frequent modality first; only those that occur. */
  rows: ModalityYear[];
  /** Records of all years with a modality, most frequent first. */
  totals: { modality: string; records: number }[];
  /** Records that are not in `years`: without a full date, and of the dated those whose modality is not known, by how it is written. */
  leftOut: { undated: number } & Record<ModalityState, number>;
}

/** Models that turn one modality into another. */
export interface ModalityPair extends ShareInterval {
  /** What goes in, perhaps among other things. */
  input: string;
  /** What comes out, perhaps among other things. */
  output: string;
  /** Models that do. */
  records: number;
  /** Models of which both are known, with a date or without. */
  of: number;
}

/** Modalities of one type of assets over time. */
export interface ModalityTrends {
  /** The type. */
  type: AssetType;
  /** Its records. */
  records: number;
  /** Of models input and output, of datasets content, of applications output. */
  trends: ModalityTrend[];
  /** Of models only: the most frequent first, ties by input, then output. */
  pairs: ModalityPair[];
}

const sidesOf: Readonly<Record<AssetType, readonly ModalitySide[]>> = {
  model: ["input", "output"],
  dataset: ["content"],
  application: ["output"],
};

/**
 * Number and share of the records of each year that have each modality, input and output apart. A record often has several
 * modalities, so the shares of a year do not sum to 1. Shares are of the records of the year that name any modality on that side,
 * with their 95% score intervals (Wilson 1927), which take the records as a sample of independent ones; what is not in the
 * catalogue they cannot know. Unsplit modalities of models are counted and not guessed (see {@link assetModality}).
 *
 * @param options.type Type of the assets. Default `model`.
 *
 * @example
 * ```ts
 * import { modalityTrends, readAssetSnapshot, readModalityTerms } from "kindred";
 * const path = await Deno.makeTempFile();
 * const clip = "- type: model\n  name: DALL-E\n  created_date: 2021-01-05\n";
 * await Deno.writeTextFile(path, `${clip}  modality: text; image\n`);
 * const { trends } = modalityTrends(await readAssetSnapshot(path), await readModalityTerms());
 * trends[1].rows[0].modality; // "image"
 * await Deno.remove(path);
 * ```
 */
export function modalityTrends(
  { records }: AssetSnapshot,
  terms: ModalityTerms,
  { type = "model" }: { /** @default "model" */ type?: AssetType } = {},
): ModalityTrends {
  const read = records.filter((record) => record.type === type).map((record) => ({
    year: yearOf(record.created),
    modality: assetModality(record, terms),
  }));
  return {
    type,
    records: read.length,
    trends: sidesOf[type].map((side) => trendOf(read, side)),
    pairs: type === "model" ? pairsOf(read.map(({ modality }) => modality)) : [],
  };
}

interface Read {
  year: number | null;
  modality: AssetModality;
}

function trendOf(read: readonly Read[], side: ModalitySide): ModalityTrend {
  const leftOut: ModalityTrend["leftOut"] = {
    undated: 0,
    ...Object.fromEntries(modalityStates.map((state) => [state, 0])) as Record<
      ModalityState,
      number
    >,
  };
  const years = new Map<number, { records: number; counts: Map<string, number> }>();
  const totals = new Map<string, number>();
  for (const { year, modality } of read) {
    if (year === null) {
      leftOut.undated++;
      continue;
    }
    const named = modality.state === "unsplit" ? [] : modality[side];
    if (named.length === 0) {
      // One side of a known modality may be unknown all the same: "text; unknown".
      leftOut[modality.state === "known" ? "unknown" : modality.state]++;
      continue;
    }
    const entry = years.get(year) ?? { records: 0, counts: new Map<string, number>() };
    years.set(year, entry);
    entry.records++;
    for (const one of named) {
      entry.counts.set(one, (entry.counts.get(one) ?? 0) + 1);
      totals.set(one, (totals.get(one) ?? 0) + 1);
    }
  }
  const inOrder = [...years].sort(([a], [b]) => a - b);
  return {
    side,
    years: inOrder.map(([year, { records }]) => ({ year, records })),
    rows: inOrder.flatMap(([year, { records, counts }]) =>
      mostFirst(counts).map(([modality, count]) => ({
        year,
        modality,
        records: count,
        of: records,
        ...wilsonInterval(count, records),
      }))
    ),
    totals: mostFirst(totals).map(([modality, records]) => ({ modality, records })),
    leftOut,
  };
}

function pairsOf(modalities: readonly AssetModality[]): ModalityPair[] {
  const counts = new Map<string, { input: string; output: string; records: number }>();
  let of = 0;
  for (const { input, output } of modalities) {
    if (input.length === 0 || output.length === 0) continue;
    of++;
    for (const from of input) {
      for (const to of output) {
        const key = JSON.stringify([from, to]);
        const pair = counts.get(key) ?? { input: from, output: to, records: 0 };
        counts.set(key, pair);
        pair.records++;
      }
    }
  }
  return [...counts.values()]
    .map((pair) => ({ ...pair, of, ...wilsonInterval(pair.records, of) }))
    .sort((a, b) =>
      b.records - a.records || byCodeUnits(a.input, b.input) || byCodeUnits(a.output, b.output)
    );
}

function mostFirst(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([a, m], [b, n]) => n - m || byCodeUnits(a, b));
}

function yearOf(created: number): number | null {
  const date = civilDate(created);
  return date === null ? null : Number(date.slice(0, 4));
}
