import * as Plot from "@observablehq/plot";
import { wilsonInterval } from "../../core/wilson.ts";
import type { ModalityTrends, ModalityYear } from "../../measure/assets/fields/modality_trends.ts";
import { chart, label, pixels } from "../chart.ts";
import { type Figure, figure, type FigureOptions } from "../figure.ts";
import { count, percent, plural } from "../format.ts";
import { fitText, printable } from "../text.ts";
import { theme } from "../theme.ts";
import { pairsPanel } from "./modality_pairs.ts";

/** Least models of a year for which shares are drawn, and most modalities. */
const least = 10;
const most = 6;
const sides = ["input", "output"] as const;
const sideNames = { input: "Goes in", output: "Comes out" };
const place = { top: 40, row: 58, plot: 40, left: 72, width: 168, gap: 56, pairs: 512 };

type Side = typeof sides[number];

/**
 * Share of the models of each year that take in each modality, and that give it out, with 95% intervals, and the most frequent pairs
 * of both.
 *
 * @throws {RangeError} when no year has ten models whose modalities are known
 *
 * @example
 * ```ts
 * import { modalityTrendsFigure } from "kindred";
 * const image = { modality: "image", records: 9, of: 12, share: 0.75, low: 0.47, high: 0.91 };
 * const leftOut = { undated: 0, known: 0, unsplit: 1, unread: 0, none: 0, unknown: 0, absent: 0 };
 * const trend = {
 *   years: [{ year: 2023, records: 12 }],
 *   rows: [{ year: 2023, ...image }],
 *   totals: [{ modality: "image", records: 9 }],
 *   leftOut,
 * };
 * const { values } = modalityTrendsFigure({
 *   type: "model",
 *   records: 13,
 *   trends: [{ side: "input", ...trend }, { side: "output", ...trend }],
 *   pairs: [],
 * }, { source: { snapshot: "sample", sha256: null, simulated: false } });
 * values["unsplit"]; // 1
 * ```
 */
export function modalityTrendsFigure(
  { records, trends, pairs }: ModalityTrends,
  { source }: FigureOptions,
): Figure {
  const trendOf = (side: Side) => trends.find((trend) => trend.side === side);
  const years = [
    ...new Set(
      trends.flatMap((trend) =>
        trend.years.filter(({ records }) => records >= least).map(({ year }) => year)
      ),
    ),
  ].sort((a, b) => a - b);
  if (years.length === 0) {
    throw new RangeError(
      `Cannot draw the modalities of models: found no year with ${least} models whose modalities are known`,
    );
  }
  const shown = modalitiesShown(trends);
  const rows = sides.flatMap((side) =>
    (trendOf(side)?.rows ?? []).map((row) => ({ side, ...row }))
  );
  // A modality that no model of a year has is a share like any other.
  const drawn = sides.flatMap((side) =>
    (trendOf(side)?.years ?? []).filter(({ records }) => records >= least).flatMap((
      { year, records },
    ) =>
      shown.map((modality) =>
        rows.find((row) => row.side === side && row.year === year && row.modality === modality) ??
          { side, year, modality, records: 0, of: records, ...wilsonInterval(0, records) }
      )
    )
  );
  const bottom = place.top + shown.length * place.row;
  const yearX = (year: number) =>
    years.length === 1 ? place.width / 2 : place.width * years.indexOf(year) / (years.length - 1);
  const panels: SVGElement[] = shown.map((modality, i) =>
    label(fitText(modality, { width: place.left - 14, weight: 600 }), {
      y: place.top + i * place.row + place.plot / 2 + 3.5,
      weight: 600,
    })
  );
  sides.forEach((side, column) => {
    const left = place.left + column * (place.width + place.gap);
    panels.push(label(sideNames[side], { x: left, y: 11, size: theme.size.title, weight: 600 }));
    panels.push(label("Share of models", { x: left, y: 24, size: 9.4, fill: theme.muted }));
    shown.forEach((modality, i) => {
      const both = drawn.filter((row) => row.modality === modality);
      panels.push(...sharePanel(both.filter((row) => row.side === side), {
        left,
        top: place.top + i * place.row,
        most: scaleOf(both),
        x: yearX,
        last: years.at(-1)!,
      }));
    });
    const known = new Map(trendOf(side)?.years.map(({ year, records }) => [year, records]));
    // Years that would touch are left out between the first and the last one.
    const every = Math.ceil(years.length / 5);
    years.forEach((year, i) => {
      if ((years.length - 1 - i) % every !== 0) return;
      const at = { x: left + yearX(year), size: theme.size.small, anchor: "middle" as const };
      panels.push(label(String(year), { ...at, y: bottom + 2 }));
      panels.push(label(count(known.get(year) ?? 0), { ...at, y: bottom + 14, fill: theme.muted }));
    });
  });
  panels.push(
    label("models", { y: bottom + 14, size: theme.size.small, fill: theme.muted }),
    ...pairsPanel(pairs, { left: place.pairs, width: theme.width.full - place.pairs, bottom }),
  );
  const { leftOut } = trendOf("input") ?? trends[0];
  const notKnown = leftOut.unknown + leftOut.none + leftOut.absent;
  const last = years.at(-1)!;
  const lastShares = sides.map((side) =>
    rows.filter((row) => row.side === side && row.year === last && row.of >= least).slice(0, 3)
      .map(({ modality, share }) => `${printable(modality)} ${percent(share)}`).join(", ")
  );
  return figure({
    name: "16_modality_trends",
    function: "modalityTrendsFigure",
    title: "What models take in and give out",
    caption:
      `Of the models of each year, the share that take in each modality (left) and that give it out (middle), with 95% score intervals; a model often has several, so shares do not sum to one. Each row has its own scale, the same left and middle. Right: models that turn one modality into another. In ${last}, in: ${
        lastShares[0]
      }; out: ${lastShares[1]}. Of ${plural(records, "model")}, ${
        count(leftOut.undated)
      } without a date, ${count(leftOut.unsplit)} that do not tell input from output and ${
        count(notKnown)
      } of unknown modality are left out.`,
    alt: `Small lines by year from ${years[0]} to ${last} for ${
      shown.map(printable).join(", ")
    }. In ${last}, models take in ${lastShares[0]} and give out ${lastShares[1]}.`,
    source,
    graph: "models with a date whose modalities are known",
    remark: `Years with fewer than ${least} such models are not drawn.`,
    values: {
      models: records,
      undated: leftOut.undated,
      unsplit: leftOut.unsplit,
      notKnown,
      last,
      ...Object.fromEntries(
        drawn.filter(({ year }) => year === last)
          .map(({ side, modality, share }) => [`${side}: ${modality}`, share]),
      ),
    },
    rows: rows.map(({ side, year, modality, records, of, share, low, high }) => ({
      side,
      year,
      modality,
      models: records,
      of,
      share,
      low,
      high,
    })),
    height: bottom + 20,
    panels: panels.map((node) => ({ x: 0, y: 0, node })),
  });
}

/** The modalities of most models, on whichever side. */
function modalitiesShown(trends: ModalityTrends["trends"]): string[] {
  const counts = new Map<string, number>();
  for (const { totals } of trends) {
    for (const { modality, records } of totals) {
      counts.set(modality, Math.max(records, counts.get(modality) ?? 0));
    }
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, most)
    .map(([modality]) => modality);
}

/** Upper end of the scale of some shares: a tenth, fifth, half or the whole. */
function scaleOf(rows: readonly ModalityYear[]): number {
  const highest = Math.max(0, ...rows.map(({ high }) => high));
  return [0.1, 0.2, 0.4, 0.6, 1].find((end) => highest <= end) ?? 1;
}

/** Line, band and last share of one modality on one side. */
function sharePanel(
  rows: readonly ModalityYear[],
  { left, top, most: end, x, last }: {
    left: number;
    top: number;
    most: number;
    x: (year: number) => number;
    last: number;
  },
): SVGElement[] {
  const y = (share: number) => top + place.plot * (1 - share / end);
  const small = { size: theme.size.small, fill: theme.muted };
  const points = [...rows].sort((a, b) => a.year - b.year);
  const node = chart({
    width: theme.width.full,
    height: top + place.plot,
    ...pixels,
    r: { type: "identity" },
    marks: [
      Plot.link([0, end], {
        x1: left,
        x2: left + place.width,
        y1: y,
        y2: y,
        stroke: (share: number) => share === 0 ? theme.faint : theme.grid,
      }),
      Plot.areaY(points, {
        x: ({ year }) => left + x(year),
        y1: ({ low }) => y(low),
        y2: ({ high }) => y(high),
        fill: theme.bar,
        fillOpacity: 0.18,
      }),
      Plot.link(points, {
        x1: ({ year }) => left + x(year),
        x2: ({ year }) => left + x(year),
        y1: ({ low }) => y(low),
        y2: ({ high }) => y(high),
        stroke: theme.bar,
        strokeOpacity: 0.35,
        strokeWidth: 1,
      }),
      Plot.line(points, {
        x: ({ year }) => left + x(year),
        y: ({ share }) => y(share),
        stroke: theme.bar,
        strokeWidth: 1.8,
      }),
      Plot.dot(points, {
        x: ({ year }) => left + x(year),
        y: ({ share }) => y(share),
        r: 2.4,
        fill: theme.bar,
      }),
    ],
  });
  const ends = points.filter(({ year }) => year === last).map(({ share }) =>
    label(`${Math.round(100 * share)}%`, {
      x: left + x(last) + 6,
      y: Math.min(y(0) + 3, Math.max(top + 13, y(share) + 3.5)),
      size: theme.size.small,
      weight: 600,
      fill: theme.bar,
    })
  );
  const scale = label(percent(end).replace(".0", ""), {
    x: left - 4,
    y: top + 3.4,
    anchor: "end",
    ...small,
  });
  return [node, ...ends, scale];
}
