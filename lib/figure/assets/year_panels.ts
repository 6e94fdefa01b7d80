import * as Plot from "@observablehq/plot";
import { scaleLinear } from "d3";
import { chart, label, pixels } from "../chart.ts";
import { element } from "../dom.ts";
import { fitCount } from "../format.ts";
import { dodge, textWidth } from "../text.ts";
import { theme } from "../theme.ts";

/** A line of a small multiple: a value for each year, null where there is none. */
export interface YearLine {
  ink: string;
  values: readonly (number | null)[];
  /** Written before the value at its end. @default nothing */
  name?: string;
}

/** The years that are named on an axis: the first, the last and, where there is room and such a year, the one in the middle. */
function namedYears(years: readonly number[], width: number): number[] {
  const [first, last] = [years[0], years.at(-1)!];
  const middle = width < 80 ? NaN : (first + last) / 2;
  return years.filter((year) => year === first || year === middle || year === last);
}

/** A small chart of lines over years, with the last value of each at its end. */
export function yearLines(
  years: readonly number[],
  { title, lines, width, height, format, most }: {
    title: string;
    lines: readonly YearLine[];
    width: number;
    height: number;
    format: (value: number) => string;
    /** Upper end of the axis. @default the largest value */
    most?: number;
  },
): SVGElement {
  const size = theme.size.small;
  const found = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const top = most ?? scaleLinear([0, Math.max(...found, 1)], [0, 1]).nice(2).domain()[1];
  const drawn = lines.flatMap(({ ink, values, name }) => {
    const at = values.findLastIndex((value) => value !== null);
    if (at < 0) return [];
    const value = format(values[at]!);
    const text = name === undefined ? value : `${name}: ${value}`;
    return [{ ink, values, at, text }];
  });
  const wide = Math.max(22, ...drawn.map(({ text }) => textWidth(text, { size })));
  const margin = { top: 28, right: wide + 14, bottom: 18, left: 30 };
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  const y = (value: number) => bottom - value / top * (bottom - margin.top);
  const span = years.at(-1)! - years[0];
  const x = (year: number) =>
    span === 0
      ? (margin.left + right) / 2
      : margin.left + 4 + (year - years[0]) / span * (right - margin.left - 4);
  const points = drawn.map(({ ink, values }) =>
    values.map((value, i) => ({ x: x(years[i]), y: value === null ? NaN : y(value), ink }))
  );
  const ends = dodge(drawn.map(({ values, at }) => y(values[at]!)), {
    gap: 11.5,
    least: margin.top,
    most: bottom,
  });
  const ticks = [0, top / 2, top];
  const node = chart({
    width,
    height,
    ...pixels,
    marks: [
      Plot.ruleY(ticks, {
        x1: margin.left,
        x2: right,
        y,
        stroke: (tick: number) => tick === 0 ? theme.faint : theme.grid,
      }),
      ...points.map((line) =>
        Plot.line(line, { x: "x", y: "y", stroke: line[0].ink, strokeWidth: 1.7 })
      ),
      Plot.dot(points.flat().filter((point) => !Number.isNaN(point.y)), {
        x: "x",
        y: "y",
        r: 2,
        fill: "ink",
      }),
      Plot.link(drawn, {
        x1: ({ at }) => x(years[at]) + 3,
        x2: right + 9,
        y1: ({ values, at }) => y(values[at]!),
        y2: (_, i) => ends[i],
        stroke: "ink",
        strokeWidth: 0.6,
        strokeOpacity: 0.7,
      }),
    ],
  });
  return element("g", { "aria-label": title }, [
    label(title, { x: margin.left - 4, y: 12, weight: 600 }),
    node,
    ...ticks.map((tick) =>
      label(format(tick), {
        x: margin.left - 4,
        y: y(tick) + 3.4,
        size,
        anchor: "end",
        fill: theme.muted,
      })
    ),
    ...namedYears(years, right - margin.left).map((year) =>
      label(String(year), {
        x: x(year),
        y: bottom + 12,
        size,
        anchor: "middle",
        fill: theme.muted,
      })
    ),
    ...drawn.map(({ text, ink }, i) =>
      label(text, { x: right + 11, y: ends[i] + 3.4, size, fill: ink })
    ),
  ]);
}

/** Bars of totals over years, the part that is new in the year darker. */
export function yearBars(
  rows: readonly { year: number; total: number; added: number }[],
  { title, width, height }: { title: string; width: number; height: number },
): SVGElement {
  const size = theme.size.small;
  const [top, bottom] = [32, height - 16];
  const most = Math.max(...rows.map(({ total }) => total), 1);
  // Where bars are narrower than the names of the first and the last year, these reach beyond them.
  const indent = width / rows.length < 30 ? 12 : 0;
  const step = Math.min(70, (width - 2 * indent) / rows.length);
  const left = (i: number) => indent + i * step;
  const y = (value: number) => bottom - value / most * (bottom - top);
  const bar = (y1: (row: typeof rows[number]) => number, fill: string) =>
    Plot.rect(rows, {
      x1: (_, i) => left(i) + 2,
      x2: (_, i) => left(i + 1) - 2,
      y1,
      y2: ({ total }) => y(total),
      fill,
    });
  const node = chart({
    width,
    height,
    ...pixels,
    marks: [
      bar(() => bottom, "#c9d6e3"),
      bar(({ total, added }) => y(total - added), theme.bar),
      Plot.ruleY([bottom], { x1: left(0), x2: left(rows.length), stroke: theme.faint }),
    ],
  });
  const totals = rows.map(({ total, added }) =>
    fitCount(total, { width: step - 4, size }) +
    (step < 60 ? "" : ` (+${fitCount(added, { width: 30, size })})`)
  );
  const named = new Set(
    indent > 0 ? namedYears(rows.map(({ year }) => year), width) : rows.map(({ year }) => year),
  );
  return element("g", { "aria-label": title }, [
    label(title, { y: 10, weight: 600 }),
    node,
    ...rows.flatMap(({ year, total }, i) => [
      label(totals[i], { x: left(i) + step / 2, y: y(total) - 4, size, anchor: "middle" }),
      ...(named.has(year)
        ? [label(String(year), {
          x: left(i) + step / 2,
          y: bottom + 12,
          size,
          anchor: "middle",
          fill: theme.muted,
        })]
        : []),
    ]),
  ]);
}
