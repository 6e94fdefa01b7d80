import * as Plot from "@observablehq/plot";
import type { LegendEntry } from "./chart.ts";
import type { Cell, Figure } from "./figure.ts";
import { count, decimal, percent } from "./format.ts";
import { plotFigure, type PlotFigureOptions } from "./plot_figure.ts";
import { printable, textWidth } from "./text.ts";
import { theme } from "./theme.ts";

/** A number and its interval; further keys go into the CSV. */
export type IntervalRow = Readonly<Record<string, Cell>> & {
  /** Rows of one group stand together under its name. */
  readonly group: string;
  /** What the colour says: the `label` of one of the series. */
  readonly series: string;
  /** The number, null where there is none: the row is not drawn. */
  readonly value: number | null;
  /** Lower end of its interval, null where it cannot be said: the dot stands alone. */
  readonly low: number | null;
  /** Upper end of its interval. */
  readonly high: number | null;
};

/** What {@link intervalsFigure} takes besides the rows. */
export interface IntervalsFigureOptions
  extends Omit<PlotFigureOptions, "rows" | "legend" | "symbol" | "width" | "function"> {
  /** What is measured, under the axis. */
  label: string;
  /** The series in the order of each group, from top to bottom; the legend is left out where there is one only. */
  series: readonly LegendEntry[];
  /** How numbers are written. @default "percent" */
  format?: "percent" | "number";
  /** Ends of the axis. @default so wide that it holds 0 and all that is drawn */
  domain?: readonly [number, number];
}

const lineHeight = 13;
const groupGap = 10;
const bottom = 34;

/**
 * Numbers with their intervals, one below the other: a dot and a bar a row, in groups, the colour the series. To the right each
 * number, with the ends of its interval where it has them.
 *
 * @throws {RangeError} when no row has a number, or a row's series is none of those named
 *
 * @example
 * ```ts
 * import { intervalsFigure, theme } from "kindred";
 * const figure = intervalsFigure([
 *   { group: "License", series: "rate", value: 0.2, low: 0.17, high: 0.23 },
 *   { group: "Task", series: "rate", value: 0.41, low: 0.31, high: 0.51 },
 * ], {
 *   name: "40_rates",
 *   title: "Mutation rates",
 *   caption: "Mutation rates with their intervals.",
 *   alt: "Task changes more than license.",
 *   graph: "fine-tune edges",
 *   source: { snapshot: "sample", sha256: null, simulated: false },
 *   label: "Mutation rate",
 *   series: [{ label: "rate", fill: theme.bar }],
 * });
 * figure.rows.length; // 2
 * ```
 */
export function intervalsFigure(
  rows: readonly IntervalRow[],
  { label, series, format = "percent", domain, ...options }: IntervalsFigureOptions,
): Figure {
  const fills = new Map(series.map(({ label: name, fill }) => [name, fill]));
  const stranger = rows.find((row) => !fills.has(row.series));
  if (stranger !== undefined) {
    throw new RangeError(
      `Cannot draw the intervals: found the series ${JSON.stringify(stranger.series)}, expected ${
        [...fills.keys()].map((name) => JSON.stringify(name)).join(" or ")
      }`,
    );
  }
  const drawn = rows.filter(({ value }) => value !== null);
  if (drawn.length === 0) {
    throw new RangeError("Cannot draw the intervals: found no row with a number");
  }
  const groups = [...new Set(drawn.map(({ group }) => group))];
  const ends = drawn.flatMap(({ value, low, high }) => [value!, low ?? value!, high ?? value!]);
  const large = ends.some((end) => Math.abs(end) >= 100);
  const write = format === "percent"
    ? percent
    : large
    ? (end: number) => count(Math.round(end))
    : decimal;
  const texts = drawn.map((row) => numbers(row, write));
  const ink = ({ series: name }: IntervalRow) => fills.get(name)!;
  const place = { fy: "group", y: "series", stroke: ink } as const;
  const names = [...fills.keys()].filter((name) => drawn.some((row) => row.series === name));
  return plotFigure({
    height: groups.length * (names.length * lineHeight + groupGap) + bottom + 6,
    marginTop: 6,
    marginBottom: bottom,
    marginLeft: Math.max(...groups.map((name) => textWidth(printable(name)))) + 16,
    marginRight: Math.max(...texts.map((text) => textWidth(text))) + 16,
    x: {
      domain: domain ?? [Math.min(0, ...ends), Math.max(0, ...ends)],
      label,
      labelAnchor: "center",
      tickFormat: format === "percent" ? "~%" : large ? "~s" : ",.3~f",
      ticks: 5,
    },
    y: { axis: null, domain: names, padding: 0.2 },
    fy: {
      axis: "left",
      label: null,
      domain: groups,
      padding: groupGap / (lineHeight * names.length + groupGap),
    },
    marks: [
      Plot.gridX({ stroke: theme.grid, strokeOpacity: 1, ticks: 5 }),
      ...(ends.some((end) => end < 0) ? [Plot.ruleX([0], { stroke: theme.faint })] : []),
      Plot.ruleY(drawn.filter(({ low }) => low !== null), {
        ...place,
        x1: "low",
        x2: "high",
        strokeWidth: 2.5,
        strokeOpacity: 0.55,
      }),
      Plot.dot(drawn, { ...place, x: "value", r: 3.4, fill: ink }),
      Plot.text(drawn, {
        fy: "group",
        y: "series",
        text: (_, i) => texts[i],
        frameAnchor: "right",
        textAnchor: "start",
        dx: 10,
        fill: theme.muted,
      }),
    ],
  }, {
    ...options,
    function: "intervalsFigure",
    rows,
    legend: series.length > 1 ? series : undefined,
  });
}

function numbers({ value, low, high }: IntervalRow, text: (value: number) => string): string {
  return low === null || high === null
    ? text(value!)
    : `${text(value!)} (${text(low)} to ${text(high)})`;
}
