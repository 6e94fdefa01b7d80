import * as Plot from "@observablehq/plot";
import { chart, label } from "../chart.ts";
import { element } from "../dom.ts";
import { count } from "../format.ts";
import { theme } from "../theme.ts";

/** A bar. */
export interface BarYear<K extends string> {
  /** Year, its place. */
  year: number;
  /** Records, written above it. */
  records: number;
  /** Records of each part. */
  counts: Record<K, number>;
  /** Ends of a whisker, as shares of the bar; null for none. */
  interval: number[] | null;
}

/** Stacked shares by year, with the number of records above each bar. */
export function yearBars<K extends string>(
  years: readonly BarYear<K>[],
  { title, keys, inks, axis, width, height, labelled }: {
    title: string;
    keys: readonly K[];
    inks: Record<K, string>;
    axis: readonly number[];
    width: number;
    height: number;
    labelled: boolean;
  },
): SVGElement {
  const margin = { top: title === "" ? 16 : 32, right: 2, bottom: 18, left: labelled ? 40 : 8 };
  const bars = years.flatMap(({ year, records, counts }) => {
    let below = 0;
    return keys.map((key) => {
      const from = below / records;
      below += counts[key];
      return { year, key, from, to: below / records };
    });
  });
  const whiskers = years.filter(({ interval }) => interval !== null);
  const small = `${theme.size.small}px`;
  const step = (width - margin.left - margin.right) / axis.length;
  const every = Math.ceil(30 / step);
  const tick = (year: number) => (axis.at(-1)! - year) % every === 0;
  return element("g", { "aria-label": title === "" ? "License families" : title }, [
    ...(title === "" ? [] : [label(title, { y: 10, weight: 600 })]),
    chart({
      width,
      height,
      margins: margin,
      style: { fontSize: small },
      x: { type: "band", domain: axis, padding: 0.18, label: null },
      y: { domain: [0, 1], label: null },
      marks: [
        Plot.axisY([0, 0.5, 1], {
          tickFormat: labelled ? ".0%" : () => "",
          tickSize: 0,
          fill: theme.muted,
        }),
        Plot.axisX(axis.filter(tick), { tickFormat: "d", tickSize: 0, fill: theme.muted }),
        Plot.rectY(bars.filter(({ from, to }) => to > from), {
          x: "year",
          y1: "from",
          y2: "to",
          fill: ({ key }: { key: K }) => inks[key],
        }),
        Plot.ruleX(whiskers, {
          x: "year",
          y1: ({ interval }: BarYear<K>) => interval![0],
          y2: ({ interval }: BarYear<K>) => interval![1],
          stroke: theme.paper,
          strokeWidth: 3,
        }),
        Plot.ruleX(whiskers, {
          x: "year",
          y1: ({ interval }: BarYear<K>) => interval![0],
          y2: ({ interval }: BarYear<K>) => interval![1],
          stroke: theme.ink,
          strokeWidth: 1.2,
        }),
        Plot.text(years, {
          x: "year",
          y: 1,
          dy: -6,
          text: ({ records }: BarYear<K>) => count(records),
          fontSize: theme.size.small,
          fill: theme.muted,
        }),
      ],
    }),
  ]);
}
