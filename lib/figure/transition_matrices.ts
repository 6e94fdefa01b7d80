import * as Plot from "@observablehq/plot";
import { scaleLinear } from "d3";
import type { NetTraffic } from "../measure/transitions.ts";
import type { Trait } from "../snapshot/traits.ts";
import { chart, label, pixels } from "./chart.ts";
import { element } from "./dom.ts";
import { type Figure, figure, type FigureOptions, type Panel } from "./figure.ts";
import { count, fitCount, plural } from "./format.ts";
import { languageTitle } from "./languages.ts";
import { fitMiddle, printable, textWidth } from "./text.ts";
import { theme, traitTitles } from "./theme.ts";

/** Net traffic between the most frequent values of a trait, at most ten. */
export interface TransitionMatrix extends NetTraffic {
  /** The trait whose values move. */
  trait: Trait;
  /** All transitions of the trait that were counted. */
  total: number;
}

const gap = 20;
const panelWidth = (theme.width.full - gap) / 2;
const cell = 19;
const widestName = 88;

/**
 * Net traffic between the values of each trait along fine-tune edges: blue where more goes from the row to the column
 * than back, orange where less does.
 *
 * @throws {RangeError} when there is no matrix, or one has more than ten values or is not square
 *
 * @example
 * ```ts
 * import { transitionMatricesFigure } from "kindred";
 * const matrix = {
 *   trait: "license" as const,
 *   values: ["llama3", "mit"],
 *   net: [[0, 4], [-4, 0]],
 *   total: 6,
 * };
 * const { rows } = transitionMatricesFigure([matrix], {
 *   source: { snapshot: "sample", sha256: null, simulated: false },
 * });
 * rows.length; // 2
 * ```
 */
export function transitionMatricesFigure(
  data: readonly TransitionMatrix[],
  { source }: FigureOptions,
): Figure {
  if (data.length === 0) {
    throw new RangeError("Cannot draw transitions: found 0 matrices, expected at least 1");
  }
  for (const { trait, values, net } of data) {
    if (
      values.length > 10 || net.length !== values.length ||
      net.some((row) => row.length !== values.length)
    ) {
      throw new RangeError(
        `Cannot draw the transitions of ${
          JSON.stringify(trait)
        }: found ${values.length} values and ${net.length} rows, expected a square of at most 10`,
      );
    }
  }
  const panels: Panel[] = [{ x: 0, y: 0, node: key() }];
  let y = 44;
  for (let i = 0; i < data.length; i += 2) {
    const pair = data.slice(i, i + 2).map(matrixPanel);
    pair.forEach(({ node }, k) => panels.push({ x: k * (panelWidth + gap), y, node }));
    y += Math.max(...pair.map(({ height }) => height)) + 16;
  }
  const largest = data.map((matrix) => {
    const pairs = cellsOf(matrix).sort((a, b) => b.net - a.net);
    return { trait: matrix.trait, pair: pairs[0] };
  }).filter(({ pair }) => pair !== undefined && pair.net > 0);
  return figure({
    name: "08_transition_matrices",
    function: "transitionMatricesFigure",
    title: "Where traits move",
    caption:
      `Net transitions along fine-tune edges between the most frequent values of each trait: from the row's value to the column's, less the way back. Largest: ${
        largest.map(({ trait, pair }) =>
          `${traitTitles[trait].toLowerCase()} ${shown(trait, pair.from)} to ${
            shown(trait, pair.to)
          } (${count(pair.net)})`
        ).join(", ") || "none"
      }.`,
    alt: `Matrices of net transitions for ${
      data.map(({ trait, values }) =>
        `${traitTitles[trait].toLowerCase()} (${values.length} values)`
      )
        .join(", ")
    }.`,
    source,
    graph: "fine-tune edges",
    values: {
      ...Object.fromEntries(data.map(({ trait, total }) => [`${trait}: transitions`, total])),
      ...Object.fromEntries(
        largest.map(({ trait, pair }) => [`${trait}: ${pair.from} -> ${pair.to}`, pair.net]),
      ),
    },
    rows: data.flatMap((matrix) =>
      cellsOf(matrix).map(({ from, to, net }) => ({ trait: matrix.trait, from, to, net }))
    ),
    height: y - 8,
    panels,
  });
}

/** A value as the figure prints it. */
function shown(trait: Trait, value: string): string {
  return trait === "language" ? languageTitle(value) : printable(value);
}

/** All ordered pairs of different values, row by row. */
function cellsOf({ values, net }: TransitionMatrix) {
  return values.flatMap((from, i) =>
    values.flatMap((to, j) => i === j ? [] : [{ i, j, from, to, net: net[i][j] }])
  );
}

const shade = scaleLinear([-1, 0, 1], [...theme.diverging]).clamp(true);

/** Square roots let small traffic be seen beside large. */
function strength(net: number, most: number): number {
  return most === 0 ? 0 : Math.sign(net) * Math.sqrt(Math.abs(net) / most);
}

function matrixPanel(matrix: TransitionMatrix): { node: SVGElement; height: number } {
  const { trait, values, total } = matrix;
  const title = label(traitTitles[trait], { y: 11, size: theme.size.title, weight: 600 });
  const detail = label(plural(total, "transition"), { y: 25, fill: theme.muted });
  if (values.length === 0) {
    const none = label("none in this snapshot", { y: 44, fill: theme.muted });
    return {
      node: element("g", { "aria-label": traitTitles[trait] }, [title, detail, none]),
      height: 50,
    };
  }
  const cells = cellsOf(matrix);
  const most = Math.max(...cells.map(({ net }) => Math.abs(net)));
  const names = values.map((value) => fitMiddle(shown(trait, value), { width: widestName }));
  const reach = Math.max(...names.map((name) => textWidth(name)));
  const detailWidth = textWidth(plural(total, "transition"));
  const nameWidth = Math.max(reach, Math.min(detailWidth - 12, widestName)) + 6;
  const top = Math.max(36, Math.ceil(reach * Math.sin(Math.PI / 3)) + 14);
  const x = (j: number) => nameWidth + j * cell;
  const y = (i: number) => top + i * cell;
  const height = top + values.length * cell;
  const node = chart({
    width: panelWidth,
    height,
    ...pixels,
    marks: [
      Plot.rect(values, {
        x1: (_, i) => x(i) + 0.5,
        x2: (_, i) => x(i) + cell - 0.5,
        y1: (_, i) => y(i) + 0.5,
        y2: (_, i) => y(i) + cell - 0.5,
        fill: "#d7dbe0",
      }),
      Plot.rect(cells, {
        x1: ({ j }) => x(j) + 0.5,
        x2: ({ j }) => x(j) + cell - 0.5,
        y1: ({ i }) => y(i) + 0.5,
        y2: ({ i }) => y(i) + cell - 0.5,
        fill: ({ net }) => shade(strength(net, most)),
      }),
      Plot.text(cells.filter(({ net }) => net > 0), {
        x: ({ j }) => x(j) + cell / 2,
        y: ({ i }) => y(i) + cell / 2,
        text: ({ net }) => fitCount(net, { width: cell - 1, size: theme.size.small }),
        fontSize: theme.size.small,
        fill: ({ net }) => strength(net, most) > 0.6 ? theme.paper : theme.ink,
      }),
      Plot.text(names, {
        x: nameWidth - 6,
        y: (_, i) => y(i) + cell / 2,
        text: (name) => name,
        textAnchor: "end",
      }),
      Plot.text(names, {
        x: (_, j) => x(j) + cell / 2 + 1,
        y: top - 5,
        text: (name) => name,
        textAnchor: "start",
        rotate: -60,
      }),
    ],
  });
  return {
    height,
    node: element("g", { "aria-label": traitTitles[trait] }, [title, detail, node]),
  };
}

/** The colour scale in eleven steps. */
function key(): SVGElement {
  const steps = Array.from({ length: 11 }, (_, i) => (i - 5) / 5);
  const before = "more from column to row";
  const left = textWidth(before) + 8;
  return element("g", { "aria-label": "legend" }, [
    label(before, { y: 11 }),
    ...steps.map((step, i) =>
      element("rect", { x: left + i * 12, y: 2, width: 12, height: 12, fill: shade(step) })
    ),
    label("more from row to column (net number in the cell)", { x: left + 11 * 12 + 8, y: 11 }),
  ]);
}
