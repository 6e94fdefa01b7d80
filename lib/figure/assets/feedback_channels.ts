import * as Plot from "@observablehq/plot";
import {
  type FeedbackChannel,
  feedbackChannelNames,
} from "../../measure/assets/fields/feedback_channel.ts";
import type {
  FeedbackChannels,
  FeedbackCount,
} from "../../measure/assets/fields/feedback_channels.ts";
import { chart, label, pixels } from "../chart.ts";
import { type Figure, figure, type FigureOptions } from "../figure.ts";
import { count, percent, plural } from "../format.ts";
import { theme } from "../theme.ts";

const types = ["dataset", "model", "application"] as const;
const titles = { dataset: "Datasets", model: "Models", application: "Applications" };
const channelTitles: Readonly<Record<FeedbackChannel, string>> = {
  hub: "Hub discussions",
  github: "GitHub",
  email: "email",
  form: "form, support desk",
  community: "forum, chat, social",
  "in-product": "in the product",
  web: "other web page",
  other: "other words",
};
const silences = ["none", "unknown", "absent"] as const;
const silenceTitles = {
  none: "says there is none",
  unknown: "says unknown",
  absent: "says nothing",
};
const place = { left: 124, gap: 18, line: 17, top: 36, between: 12 };
const panelWidth = (theme.width.full - place.left - 2 * place.gap) / 3;
const barRoom = panelWidth - 64;

/** A bar of the figure. */
interface Bar {
  row: string;
  type: typeof types[number];
  records: number;
  of: number;
  said: boolean;
}

/**
 * Where problems with assets can be reported, by type of asset, and how many records say nothing of it.
 *
 * @throws {RangeError} when there is no record
 *
 * @example
 * ```ts
 * import { feedbackChannels, feedbackChannelsFigure, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const dolma = "- type: dataset\n  name: Dolma\n  feedback: https://github.com/allenai/dolma/issues\n";
 * await Deno.writeTextFile(path, dolma);
 * const source = { snapshot: "sample", sha256: null, simulated: false };
 * const { values } = feedbackChannelsFigure(
 *   feedbackChannels(await readAssetSnapshot(path)),
 *   { source },
 * );
 * values["dataset: github"]; // 1
 * await Deno.remove(path);
 * ```
 */
export function feedbackChannelsFigure(
  { byType }: Pick<FeedbackChannels, "byType">,
  { source }: FigureOptions,
): Figure {
  const countOf = (type: typeof types[number]) => byType.find((one) => one.type === type);
  const shown = types.filter((type) => (countOf(type)?.records ?? 0) > 0);
  const total = byType.reduce((sum, { records }) => sum + records, 0);
  if (total === 0) {
    throw new RangeError("Cannot draw the channels of feedback: found 0 records, expected some");
  }
  const bars: Bar[] = shown.flatMap((type) => barsOf(type, countOf(type)!));
  const most = Math.max(...bars.map(({ records, of }) => records / of));
  const y = (i: number) =>
    place.top + i * place.line + (i >= feedbackChannelNames.length ? place.between : 0);
  const lines = [...feedbackChannelNames, ...silences];
  const panels: SVGElement[] = [
    ...lines.map((line, i) =>
      label(
        i < feedbackChannelNames.length
          ? channelTitles[line as FeedbackChannel]
          : silenceTitles[line as typeof silences[number]],
        {
          x: place.left - 8,
          y: y(i) + 9.5,
          anchor: "end",
          fill: i < feedbackChannelNames.length ? theme.ink : theme.muted,
        },
      )
    ),
    ...shown.flatMap((type) => {
      const left = place.left + types.indexOf(type) * (panelWidth + place.gap);
      const own = bars.filter((bar) => bar.type === type);
      return typePanel(own, { title: titles[type], left, y, most, ink: theme.assetType[type] });
    }),
  ];
  const silent = byType.reduce((sum, { records, known }) => sum + records - known, 0);
  const saying = shown.map((type) => {
    const { known, records } = countOf(type)!;
    return `${count(known)} of ${plural(records, type)} (${percent(known / records)})`;
  }).join(", ");
  return figure({
    name: "20_feedback_channels",
    function: "feedbackChannelsFigure",
    title: "Where problems can be reported",
    caption:
      `Channels for feedback that the records name, by type of asset, as counts and shares of all records of the type; a record may name several. ${saying} say anything; of all ${
        count(total)
      } records, ${count(silent)} (${
        percent(silent / total)
      }) do not, apart by how: that there is none, that it is unknown, or nothing.`,
    alt: `Bars by channel and type of asset. ${saying} say anything of feedback.`,
    source,
    graph: "all records",
    values: {
      records: total,
      silent,
      silentShare: silent / total,
      ...Object.fromEntries(shown.flatMap((type) => [
        [`${type}: records`, countOf(type)!.records],
        [`${type}: known`, countOf(type)!.known],
        [`${type}: known share`, countOf(type)!.known / countOf(type)!.records],
      ])),
      ...Object.fromEntries(bars.map(({ type, row, records }) => [`${type}: ${row}`, records])),
    },
    rows: bars.map(({ type, row, records, of }) => ({
      type,
      channel: row,
      records,
      of,
      share: records / of,
    })),
    height: y(lines.length - 1) + place.line,
    panels: panels.map((node) => ({ x: 0, y: 0, node })),
  });
}

function barsOf(type: Bar["type"], { records: of, channels, ...counts }: FeedbackCount): Bar[] {
  return [
    ...feedbackChannelNames.map((row) => ({ row, type, records: channels[row], of, said: true })),
    ...silences.map((row) => ({ row, type, records: counts[row], of, said: false })),
  ];
}

function typePanel(
  bars: readonly Bar[],
  { title, left, y, most, ink }: {
    title: string;
    left: number;
    y: (i: number) => number;
    most: number;
    ink: string;
  },
): SVGElement[] {
  const length = ({ records, of }: Bar) => barRoom * records / of / most;
  const node = chart({
    width: theme.width.full,
    height: y(bars.length),
    ...pixels,
    marks: [
      Plot.rect(bars.filter(({ records }) => records > 0), {
        x1: left,
        x2: (bar) => left + length(bar),
        y1: (bar) => y(bars.indexOf(bar)) + 1,
        y2: (bar) => y(bars.indexOf(bar)) + 12,
        fill: ({ said }) => said ? ink : theme.faint,
      }),
      Plot.link([0], {
        x1: left,
        x2: left,
        y1: y(0) - 2,
        y2: y(bars.length - 1) + 15,
        stroke: theme.faint,
      }),
    ],
  });
  return [
    label(title, { x: left, y: 11, size: theme.size.title, weight: 600 }),
    label(plural(bars[0].of, "record"), {
      x: left,
      y: 24,
      size: theme.size.small,
      fill: theme.muted,
    }),
    node,
    ...bars.map((bar, i) =>
      label(bar.records === 0 ? "0" : `${count(bar.records)} (${short(bar.records / bar.of)})`, {
        x: left + length(bar) + 4,
        y: y(i) + 10,
        size: theme.size.small,
        fill: theme.muted,
      })
    ),
  ];
}

/** A share as a whole percentage, those below one half as "<1%". */
function short(share: number): string {
  return share < 0.005 ? "<1%" : `${Math.round(100 * share)}%`;
}
