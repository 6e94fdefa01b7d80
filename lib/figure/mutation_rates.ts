import * as Plot from "@observablehq/plot";
import type { ModelReport } from "../measure/report.ts";
import type { Trait } from "../snapshot/traits.ts";
import { chart, label } from "./chart.ts";
import { type Figure, figure, type FigureOptions } from "./figure.ts";
import { count, percent } from "./format.ts";
import { theme, traitTitles } from "./theme.ts";

const width = theme.width.column;
const lineHeight = 30;
const margin = { top: 22, left: 64, right: 104 };

/**
 * How often a trait changes from parent to child: the mean share of values that only one of the two has, over fine-tune
 * edges whose two ends report the trait. Traits from the most to the least changeable.
 *
 * @throws {RangeError} when no trait has an edge
 *
 * @example
 * ```ts
 * import { mutationRatesFigure } from "kindred";
 * const none = { edges: 0, mutations: 0, rate: null };
 * const { values } = mutationRatesFigure(
 *   { language: none, license: { edges: 4, mutations: 1, rate: 0.25 }, task: none, library: none },
 *   { source: { snapshot: "sample", sha256: null, simulated: false } },
 * );
 * values["license: rate"]; // 0.25
 * ```
 */
export function mutationRatesFigure(
  data: ModelReport["mutation"],
  { source }: FigureOptions,
): Figure {
  const rows = (Object.keys(traitTitles) as Trait[])
    .map((trait) => ({ trait, ...data[trait] }))
    .filter((row): row is typeof row & { rate: number } => row.rate !== null)
    .sort((a, b) => b.rate - a.rate);
  const absent = (Object.keys(traitTitles) as Trait[]).filter((trait) => data[trait].rate === null);
  if (rows.length === 0) {
    throw new RangeError("Cannot draw mutation rates: found 0 traits with an edge, expected some");
  }
  const most = Math.min(1, Math.max(0.1, Math.ceil(rows[0].rate * 10) / 10));
  const bottom = margin.top + rows.length * lineHeight;
  const y = (i: number) => margin.top + (i + 0.5) * lineHeight;
  const node = chart({
    width,
    height: bottom + 20,
    marginTop: margin.top,
    marginBottom: 20,
    marginLeft: margin.left,
    marginRight: margin.right,
    x: { domain: [0, most], label: null },
    y: { type: "identity", axis: null },
    r: { type: "identity" },
    marks: [
      Plot.gridX({ stroke: theme.grid, strokeOpacity: 1, ticks: 4 }),
      Plot.axisX({ ticks: 4, tickSize: 0, tickFormat: "~%", fill: theme.muted }),
      Plot.ruleY(rows, {
        x1: 0,
        x2: "rate",
        y: (_, i) => y(i),
        stroke: ({ trait }) => theme.trait[trait as Trait],
        strokeWidth: 2,
      }),
      Plot.dot(rows, {
        x: "rate",
        y: (_, i) => y(i),
        r: 5,
        fill: ({ trait }) => theme.trait[trait as Trait],
      }),
    ],
  });
  const x = width - margin.right + 10;
  const texts = rows.flatMap(({ trait, rate, mutations, edges }, i) => [
    label(traitTitles[trait], { x: margin.left - 8, y: y(i) + 3.5, anchor: "end" }),
    label(percent(rate), { x, y: y(i) - 2, weight: 600, fill: theme.trait[trait] }),
    label(`${count(round(mutations))} / ${count(edges)}`, {
      x,
      y: y(i) + 10,
      size: theme.size.small,
      fill: theme.muted,
    }),
  ]);
  return figure({
    name: "07_mutation_rates",
    function: "mutationRatesFigure",
    title: "How often traits mutate",
    caption:
      `Mutation rate of each trait: the mean, over fine-tune edges whose two ends report it, of the share of values that only one of them has. Right: rate, and mutations / edges. ${
        rows.map(({ trait, rate }) => `${traitTitles[trait]} ${percent(rate)}`).join(", ")
      }.`,
    alt: `Dots by trait: ${
      rows.map(({ trait, rate, edges }) =>
        `${traitTitles[trait]} ${percent(rate)} over ${count(edges)} edges`
      ).join(", ")
    }.`,
    source,
    graph: "fine-tune edges",
    remark: absent.length > 0
      ? `No edge reports ${absent.map((trait) => traitTitles[trait].toLowerCase()).join(", ")}.`
      : "",
    values: Object.fromEntries(
      rows.flatMap(({ trait, rate, mutations, edges }) => [
        [`${trait}: rate`, rate],
        [`${trait}: mutations`, mutations],
        [`${trait}: edges`, edges],
      ]),
    ),
    rows: rows.map(({ trait, rate, mutations, edges }) => ({ trait, rate, mutations, edges })),
    width,
    height: bottom + 26,
    panels: [
      { x: 0, y: 0, node },
      { x: 0, y: 0, node: label("Mutation rate", { x: margin.left, y: 11, fill: theme.muted }) },
      ...texts.map((text) => ({ x: 0, y: 0, node: text })),
    ],
  });
}

/** Mutations are sums of fractions; one decimal is enough beside a count of edges. */
function round(mutations: number): number {
  return Math.round(mutations * 10) / 10;
}
