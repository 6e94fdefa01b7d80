import * as Plot from "@observablehq/plot";
import { scaleLog } from "d3";
import type { MonthCount } from "../measure/growth.ts";
import { chart, label, pixels } from "./chart.ts";
import { type Figure, figure, type FigureOptions } from "./figure.ts";
import { brief, count, plural } from "./format.ts";
import { everyMonth, monthDate, monthEnd } from "./months.ts";
import { dodge, fitId, printable, textWidth } from "./text.ts";
import { theme } from "./theme.ts";

/** Families and models by month of creation. */
export interface FamilyGrowthData {
  /** The largest families with their dated models by month ("2024-05"); at most ten are drawn. */
  families: { root: string; models: number; months: readonly MonthCount[] }[];
  /** All dated models of the snapshot by month. */
  creations: readonly MonthCount[];
  /** Models without a date. */
  undated: number;
  /** Models that carry the Hub's placeholder date 2022-03-02, counted in `creations`. */
  placeholder: number;
}

const width = theme.width.full;
const margin = { left: 40, right: 190 };

/**
 * Running size of the ten largest families, and how many models were created in each month.
 *
 * @throws {SyntaxError} when a month is not written "YYYY-MM"
 * @throws {RangeError} when no model has a date
 *
 * @example
 * ```ts
 * import { familyGrowthFigure } from "kindred";
 * const months = [{ month: "2024-05", added: 3 }];
 * const { values } = familyGrowthFigure({
 *   families: [{ root: "a/base", models: 3, months }],
 *   creations: [{ month: "2024-05", added: 5 }],
 *   undated: 0,
 *   placeholder: 0,
 * }, { source: { snapshot: "sample", sha256: null, simulated: false } });
 * values.dated; // 5
 * ```
 */
export function familyGrowthFigure(
  { families, creations, undated, placeholder }: FamilyGrowthData,
  { source }: FigureOptions,
): Figure {
  const axis = everyMonth([
    ...creations.map(({ month }) => month),
    ...families.flatMap(({ months }) => months.map(({ month }) => month)),
  ]);
  if (axis.length === 0) {
    throw new RangeError("Cannot draw the growth of families: found 0 dated models, expected some");
  }
  const dated = creations.reduce((sum, { added }) => sum + added, 0);
  const created = new Map<string, number>();
  for (const { month, added } of creations) {
    created.set(month, (created.get(month) ?? 0) + added);
  }
  // A few old models would squeeze the rest: the axis starts in the month in which 0.5% is passed.
  let before = 0;
  const start = Math.max(
    0,
    axis.findIndex((month) => (before += created.get(month) ?? 0) >= dated / 200),
  );
  before -= created.get(axis[start]) ?? 0;
  const top = families.slice(0, 10);
  const lines = top.map(({ root, months }) => {
    const added = new Map<string, number>();
    for (const row of months) added.set(row.month, (added.get(row.month) ?? 0) + row.added);
    const first = axis.findIndex((month) => added.has(month));
    let total = 0;
    const points = axis.slice(first < 0 ? axis.length : first).map((month) => {
      total += added.get(month) ?? 0;
      return { root, month, total };
    });
    return { root, total, points: points.filter(({ month }) => month >= axis[start]) };
  });
  const bars = axis.slice(start).map((month) => ({ month, models: created.get(month) ?? 0 }));
  const peak = bars.reduce((a, b) => b.models > a.models ? b : a);
  const domain: [Date, Date] = [monthDate(axis[start]), monthEnd(axis.at(-1)!)];
  const rows = [
    ...lines.flatMap(({ points }) =>
      points.map(({ root, month, total }) => ({ panel: "families", root, month, models: total }))
    ),
    ...bars.map(({ month, models }) => ({ panel: "creations", root: null, month, models })),
  ];
  const largest = top[0];
  const growthHeight = 250;
  return figure({
    name: "06_family_growth",
    function: "familyGrowthFigure",
    title: "Growth of the largest families",
    caption: `Above: running number of models in the ${
      top.length === 1 ? "largest family" : `${top.length} largest families`
    }, named by their roots${
      largest
        ? `; the largest, ${printable(largest.root)}, has ${plural(largest.models, "model")}`
        : ""
    }. Below: models created in each month, at most ${count(peak.models)} (${peak.month}). ${
      plural(undated, "model")
    } without a date ${undated === 1 ? "is" : "are"} left out${
      placeholder > 0
        ? `; ${
          count(placeholder)
        } carry the placeholder date 2022-03-02, which stands for earlier ones`
        : ""
    }.`,
    alt: `Lines from ${axis[start]} to ${axis.at(-1)}. ${
      lines.map(({ root, total }) => `${printable(root)} reaches ${count(total)}`).join(", ")
    }. Bars of creations peak in ${peak.month} with ${plural(peak.models, "model")}.`,
    source,
    graph: "lineage without merges",
    remark: `Families are weak components.${
      before > 0 ? ` ${plural(before, "model")} from before ${axis[start]} counted, not drawn.` : ""
    }`,
    values: {
      dated,
      undated,
      before,
      placeholder,
      peakMonth: peak.month,
      peak: peak.models,
      ...Object.fromEntries(top.map(({ root, models }) => [`${root}: models`, models])),
    },
    rows,
    height: growthHeight + 164,
    panels: [
      {
        x: 0,
        y: 0,
        node: label("Models in the family (logarithmic)", { y: 11, fill: theme.muted }),
      },
      ...growthPanel(lines, { domain, height: growthHeight }).map((node) => ({ x: 0, y: 0, node })),
      {
        x: 0,
        y: growthHeight + 22,
        node: label("Models created in the month", { y: 6, fill: theme.muted }),
      },
      { x: 0, y: growthHeight + 22, node: creationPanel(bars, { domain, height: 130 }) },
    ],
  });
}

/** Lines with their names at the right end. */
function growthPanel(
  lines: { root: string; total: number; points: { month: string; total: number }[] }[],
  { domain, height }: { domain: [Date, Date]; height: number },
): SVGElement[] {
  const [top, bottom] = [24, 24];
  const most = Math.max(1, ...lines.map(({ total }) => total));
  const place = scaleLog([1, Math.max(10, most)], [height - bottom, top]);
  const ends = dodge(lines.map(({ total }) => place(Math.max(1, total))), {
    gap: 12.5,
    least: top,
    most: height - bottom,
  });
  const right = width - margin.right;
  const decades = [1, 10, 100, 1e3, 1e4, 1e5, 1e6].filter((tick) => tick <= Math.max(10, most));
  const node = chart({
    width,
    height,
    marginTop: top,
    marginBottom: bottom,
    marginLeft: margin.left,
    marginRight: margin.right,
    x: { type: "utc", domain, label: null },
    y: { type: "log", domain: [1, Math.max(10, most)], label: null },
    marks: [
      Plot.gridY(decades, { stroke: theme.grid, strokeOpacity: 1 }),
      Plot.axisY(decades, { tickSize: 0, tickFormat: brief, fill: theme.muted }),
      Plot.axisX({ ticks: 6, tickSize: 4, stroke: theme.faint, fill: theme.muted }),
      ...lines.map(({ points }, i) =>
        Plot.lineY(points, {
          x: ({ month }) => monthEnd(month),
          y: "total",
          stroke: theme.lines[i],
          strokeWidth: 1.6,
        })
      ),
      Plot.dot(lines.filter(({ total }) => total > 0), {
        x: domain[1],
        y: "total",
        r: 2,
        fill: ({ root }) => theme.lines[lines.findIndex((line) => line.root === root)],
      }),
      Plot.ruleY([1], { stroke: theme.faint }),
    ],
  });
  const leaders = chart({
    width,
    height,
    ...pixels,
    marks: [
      Plot.link(lines, {
        x1: right + 2,
        y1: ({ total }) => place(Math.max(1, total)),
        x2: right + 12,
        y2: (_, i) => ends[i],
        stroke: (_, i) => theme.lines[i],
        strokeWidth: 0.8,
      }),
    ],
  });
  const names = lines.flatMap(({ root, total }, i) => {
    const number = count(total);
    const room = margin.right - 24 - textWidth(number);
    const name = fitId(root, { width: room });
    return [
      label(name, { x: right + 15, y: ends[i] + 3.5, fill: theme.lines[i] }),
      label(number, { x: right + 20 + textWidth(name), y: ends[i] + 3.5, fill: theme.muted }),
    ];
  });
  return [node, leaders, ...names];
}

/** Histogram of the dates of creation. */
function creationPanel(
  bars: { month: string; models: number }[],
  { domain, height }: { domain: [Date, Date]; height: number },
): SVGElement {
  return chart({
    width,
    height,
    marginTop: 16,
    marginBottom: 24,
    marginLeft: margin.left,
    marginRight: margin.right,
    x: { type: "utc", domain, label: null },
    y: { label: null },
    marks: [
      Plot.gridY({ stroke: theme.grid, strokeOpacity: 1, ticks: 4 }),
      Plot.axisY({ ticks: 4, tickSize: 0, tickFormat: brief, fill: theme.muted }),
      Plot.axisX({ ticks: 6, tickSize: 4, stroke: theme.faint, fill: theme.muted }),
      Plot.rectY(bars, {
        x1: ({ month }) => monthDate(month),
        x2: ({ month }) => monthEnd(month),
        y: "models",
        fill: theme.bar,
        inset: 0.3,
      }),
      Plot.ruleY([0], { stroke: theme.faint }),
    ],
  });
}
