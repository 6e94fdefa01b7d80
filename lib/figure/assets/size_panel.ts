import * as Plot from "@observablehq/plot";
import { symbolCircle, symbolDiamond, symbolTriangle } from "d3";
import { civilDate } from "../../core/civil_date.ts";
import type { SizeRow, SizeSeries } from "../../measure/assets/fields/size_trends.ts";
import { chart, label } from "../chart.ts";
import { element } from "../dom.ts";
import type { Cell } from "../figure.ts";
import { plural } from "../format.ts";
import { fitText, textWidth } from "../text.ts";
import { theme } from "../theme.ts";

/** Colours of dense and sparse models, and of what says neither. */
export const sizeInks = { dense: "#0072b2", sparse: "#d55e00", "not said": "#6b7178" } as const;
/** Shapes of the same. */
export const sizeSymbols = {
  dense: symbolCircle,
  sparse: symbolDiamond,
  "not said": symbolTriangle,
} as const;

const prefixes: Record<SizeSeries["unit"], string[]> = {
  parameters: ["", "k", "M", "B", "T", "Q"],
  tokens: ["", "k", "M", "B", "T", "Q"],
  bytes: [" B", " kB", " MB", " GB", " TB", " PB"],
};

/** A size in few characters: 175B, 825 GB. */
export function sizeText(size: number, unit: SizeSeries["unit"]): string {
  const power = Math.max(0, Math.min(5, Math.floor(Math.log10(size) / 3 + 1e-9)));
  return `${Number((size / 1000 ** power).toPrecision(3))}${prefixes[unit][power]}`;
}

/** One panel: sizes as dots over time with the line through their logarithms. */
export interface SizePanelOptions {
  title: string;
  width: number;
  height: number;
  /** First and last date of the axis. */
  x: [Date, Date];
  /** Colour of all dots; without one, colour and shape say dense, sparse or not said. */
  ink?: string;
  /** Most names beside dots. */
  names: number;
}

/** Draws the sizes of one series. */
export function sizePanel(series: SizeSeries, options: SizePanelOptions): SVGElement {
  const { title, width, height, x, ink, names } = options;
  const { unit, rows, typical } = series;
  const margin = { top: 38, right: 8, bottom: 18, left: unit === "bytes" ? 44 : 36 };
  const heads = [
    label(title, { y: 10, weight: 600 }),
    label(fitText(slopeText(series), { width, size: theme.size.small }), {
      y: 23,
      size: theme.size.small,
      fill: theme.muted,
    }),
  ];
  if (rows.length === 0) return element("g", { "aria-label": title }, heads);
  const [low, high] = powers(rows);
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i))
    .filter((_, i) => high - low <= 6 || i % 2 === 0);
  const place = (row: { created: number; size: number }) => ({
    x: margin.left + (row.created - x[0].getTime()) / (x[1].getTime() - x[0].getTime()) *
        (width - margin.left - margin.right),
    y: height - margin.bottom -
      (Math.log10(row.size) - low) / (high - low) * (height - margin.top - margin.bottom),
  });
  const shown = (size: number) => Math.min(10 ** high, Math.max(10 ** low, size));
  const band = typical.line.filter((point) => point.low !== null);
  const node = chart({
    width,
    height,
    margins: margin,
    style: { fontSize: `${theme.size.small}px` },
    x: { type: "utc", domain: x, label: null },
    y: { type: "log", domain: [10 ** low, 10 ** high], label: null },
    symbol: { type: "identity" },
    marks: [
      Plot.gridY(ticks, { stroke: theme.grid, strokeOpacity: 1 }),
      Plot.axisY(ticks, {
        tickFormat: (size: number) => sizeText(size, unit),
        tickSize: 0,
        fill: theme.muted,
      }),
      Plot.axisX({
        ticks: "year",
        tickFormat: yearTicks(x, width - margin.left - margin.right),
        tickSize: 3,
        stroke: theme.faint,
        fill: theme.muted,
      }),
      Plot.areaY(band, {
        x: "created",
        y1: (point) => shown(point.low!),
        y2: (point) => shown(point.high!),
        fill: theme.faint,
        fillOpacity: 0.45,
      }),
      Plot.lineY(band, {
        x: "created",
        y: (point) => shown(point.size),
        stroke: theme.ink,
        strokeWidth: 1.2,
      }),
      Plot.dot(rows, {
        x: "created",
        y: "size",
        r: 2.6,
        symbol: ({ kind }: SizeRow) => ink === undefined ? sizeSymbols[kind] : symbolCircle,
        fill: ({ kind }: SizeRow) => ink ?? sizeInks[kind],
        fillOpacity: 0.75,
        stroke: theme.paper,
        strokeWidth: 0.4,
      }),
    ],
  });
  return element("g", { "aria-label": title }, [
    ...heads,
    node,
    ...nameLabels(series, {
      place,
      names,
      right: width - margin.right,
      left: margin.left,
      top: margin.top - 4,
      bottom: height - margin.bottom - 2,
    }),
  ]);
}

/** Whole powers of ten around all sizes. */
function powers(rows: readonly SizeRow[]): [number, number] {
  let least = Infinity;
  let most = 0;
  for (const { size } of rows) {
    least = Math.min(least, size);
    most = Math.max(most, size);
  }
  const low = Math.floor(Math.log10(least));
  return [low, Math.max(low + 1, Math.ceil(Math.log10(most) + 0.02))];
}

/** Years, as many as have room. */
function yearTicks([from, to]: [Date, Date], room: number): (date: Date) => string {
  const years = (to.getTime() - from.getTime()) / (365.25 * 86_400_000);
  const step = Math.max(1, Math.ceil(years * 32 / room));
  return (date) => {
    const year = date.getUTCFullYear();
    return year < to.getUTCFullYear() && (to.getUTCFullYear() - 1 - year) % step === 0
      ? String(year)
      : "";
  };
}

/** Number of rows and how fast sizes grow, in words. */
function slopeText({ rows, typical: { doublingsPerYear } }: SizeSeries): string {
  const { estimate, low, high } = doublingsPerYear;
  const sizes = plural(rows.length, "size");
  if (estimate === null || low === null || high === null) return `${sizes}, too few for a line`;
  const [slope, least, most] = [estimate, low, high].map((value) =>
    value.toFixed(2).replace("-", "−")
  );
  return `${sizes}, ${slope} doublings a year [${least}, ${most}]`;
}

/** Keeps a name apart from the dots and lines below it. */
const halo = [["stroke", theme.paper], ["stroke-width", "2.5"], ["paint-order", "stroke"]];

/** Names of the largest of each year beside their dots where there is room, the largest first. */
function nameLabels(
  { years, rows }: SizeSeries,
  { place, names, left, right, top, bottom }: {
    place: (row: SizeRow) => { x: number; y: number };
    names: number;
    left: number;
    right: number;
    top: number;
    bottom: number;
  },
): SVGElement[] {
  const size = theme.size.small;
  const wanted = years.map(({ largest }) => largest).sort((a, b) => b.size - a.size).slice(
    0,
    names,
  );
  const dots = rows.map((row) => {
    const { x, y } = place(row);
    return { left: x - 2, right: x + 2, top: y - 2, bottom: y + 2 };
  });
  const taken: Box[] = [];
  return wanted.flatMap((row) => {
    const { x, y } = place(row);
    const text = fitText(row.name, { width: 96, size });
    const width = textWidth(text, { size });
    const spots = [[x + 6, y + 3], [x - 6 - width, y + 3], [x - width / 2, y - 6], [
      x - width / 2,
      y + 13,
    ]]
      .map(([from, base]) => ({
        from,
        base,
        box: { left: from - 2, right: from + width + 2, top: base - 8, bottom: base + 3 },
      }))
      .filter(({ box }) =>
        box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom &&
        !taken.some((other) => meet(box, other))
      );
    const spot = spots.find(({ box }) => !dots.some((dot) => meet(box, dot)));
    if (spot === undefined) return [];
    taken.push(spot.box);
    const name = label(text, { x: spot.from, y: spot.base, size });
    for (const [key, value] of halo) name.setAttribute(key, value);
    return [name];
  });
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The rows of a panel. */
export function sizeRows({ unit, rows }: SizeSeries): Record<string, Cell>[] {
  return rows.map(({ name, organization, created, size, kind }) => ({
    unit,
    name,
    organization,
    created: civilDate(created),
    size,
    kind,
  }));
}
