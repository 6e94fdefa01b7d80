import type { PlotOptions } from "@observablehq/plot";
import { chart, legend, type LegendEntry } from "./chart.ts";
import { type Cell, type Figure, figure, type FigureOptions, type Panel } from "./figure.ts";
import { fillValues } from "./fill_values.ts";
import { printable } from "./text.ts";
import { theme } from "./theme.ts";

/** What {@link plotFigure} takes besides the plot. */
export interface PlotFigureOptions extends FigureOptions {
  /** `NN_slug`, for example `"40_license_survival"`: the name of its files; its number is its place in the gallery. */
  name: string;
  /** A few words, without a number. */
  title: string;
  /**
   * What is shown and how to read it. Its numbers come from `values`: `{edges}` stands for the value of that name, and a format of
   * d3 may follow, as in `{edges:,}` or `{rate:.1%}`. Line breaks are spaces, so it may be a text of several lines.
   */
  caption: string;
  /** What the figure shows, for people who cannot see it; filled as the caption is. */
  alt: string;
  /** Which edges or models are shown, in words, for the note: `"fine-tune edges"`. */
  graph: string;
  /** More for the note, full sentences; filled as the caption is. @default "" */
  remark?: string;
  /** Seed of the random numbers that went into it, said in the note. @default none, that of `source` stands */
  seed?: number;
  /** The plotted rows, all with the same keys and with plain cells (a {@link Cell} each): they become the CSV. */
  rows: readonly object[];
  /** The numbers of the texts, by name. @default {} */
  values?: Readonly<Record<string, Cell>>;
  /** Names of the colours, above the plot. @default none */
  legend?: readonly LegendEntry[];
  /** How the legend shows a colour. @default "dot" */
  symbol?: "dot" | "line";
  /** Half of a page's width or all of it; the height is that of the plot's options, else a share of the width. @default "full" */
  width?: "column" | "full";
  /** Name of the function that draws it, for the manifest. @default "plotFigure" */
  function?: string;
}

/** Axes as all figures have them: no ticks, no arrows. */
const axes = { tickSize: 0, labelArrow: "none" } as const;

/**
 * A figure of your own: draws the options of an [Observable Plot](https://observablehq.com/plot/) in the style of all other figures,
 * with the note on its source, so that {@link saveFigures} makes its files and its place in the gallery. Colours are written
 * as they are, for example `theme.relation.finetune`, unless the options give a colour scale; its names belong in `legend`.
 *
 * @throws {RangeError} when the name does not read `NN_slug`, there are no rows, a text asks for a value that is not there, or says a
 * number that is no value
 * @throws {TypeError} when the rows have different keys, or the options ask for a title, caption or legend of Plot's own
 *
 * @example
 * ```ts
 * import * as Plot from "@observablehq/plot";
 * import { plotFigure, theme } from "kindred";
 * const rows = [{ task: "fill-mask", models: 7 }, { task: "other", models: 5 }];
 * const figure = plotFigure({
 *   height: 80,
 *   marginLeft: 70,
 *   marks: [Plot.barX(rows, { x: "models", y: "task", fill: theme.bar })],
 * }, {
 *   name: "40_tasks",
 *   title: "Models by task",
 *   caption: "The most frequent task has {most} models.",
 *   alt: "Bars: fill-mask {most}, other fewer.",
 *   graph: "all models",
 *   source: { snapshot: "sample", sha256: null, simulated: false },
 *   rows,
 *   values: { most: 7 },
 * });
 * figure.caption; // "The most frequent task has 7 models."
 * ```
 */
export function plotFigure(plot: PlotOptions, options: PlotFigureOptions): Figure {
  const { name, values = {}, symbol, remark = "" } = options;
  const rows = checkedRows(name, options.rows);
  const width = theme.width[options.width ?? "full"];
  const height = plot.height ?? Math.round(width * (width === theme.width.full ? 0.45 : 0.65));
  const { x, y, fx, fy } = plot;
  const node = chart({
    ...plot,
    width,
    height,
    x: { ...axes, ...x },
    y: { ...axes, ...y },
    // An empty scale would make facets.
    ...(fx !== undefined && { fx: { ...axes, ...fx } }),
    ...(fy !== undefined && { fy: { ...axes, ...fy } }),
  });
  makePrintable(node);
  const key = options.legend === undefined ? null : legend(options.legend, { symbol, width });
  const top = key === null ? 0 : key.height + 4;
  const panels: Panel[] = [{ x: 0, y: top, node }];
  if (key !== null) panels.unshift({ x: 0, y: 0, node: key.node });
  const fill = (text: string, what: string) => fillValues(text, { values, rows, what, name });
  return figure({
    name,
    function: options.function ?? "plotFigure",
    title: options.title,
    caption: fill(options.caption, "caption"),
    alt: fill(options.alt, "alt"),
    remark: fill(remark, "remark"),
    graph: options.graph,
    source: options.source,
    seed: options.seed,
    values: { ...values },
    rows,
    width,
    height: top + height,
    panels,
  });
}

/**
 * A copy of the rows.
 *
 * @throws {RangeError} when there are none
 * @throws {TypeError} when their keys differ or a cell is no plain value
 */
function checkedRows(name: string, rows: readonly object[]): Record<string, Cell>[] {
  const action = `Cannot draw figure ${JSON.stringify(name)}`;
  if (rows.length === 0) throw new RangeError(`${action}: found 0 rows, expected at least 1`);
  const keys = Object.keys(rows[0]);
  return rows.map((row, i) => {
    const own = Object.keys(row);
    if (own.length !== keys.length || own.some((key, k) => key !== keys[k])) {
      throw new TypeError(
        `${action}: row ${i} has the keys ${JSON.stringify(own)}, expected ${
          JSON.stringify(keys)
        }, as row 0 has`,
      );
    }
    for (const [key, cell] of Object.entries(row)) {
      if (cell === null || ["string", "number", "boolean"].includes(typeof cell)) continue;
      throw new TypeError(
        `${action}: ${JSON.stringify(key)} of row ${i} is ${
          String(cell)
        }, expected a string, number, boolean or null`,
      );
    }
    return { ...row } as Record<string, Cell>;
  });
}

/** Names come from elsewhere: what no font shows or what turns the direction of the text is taken out. */
function makePrintable(node: Element): void {
  for (const text of node.querySelectorAll("text, tspan, title")) {
    if (text.children.length > 0 || (text.textContent ?? "").trim() === "") continue;
    const shown = printable(text.textContent!);
    if (shown !== text.textContent) text.textContent = shown;
  }
}
