import { label } from "./chart.ts";
import { element } from "./dom.ts";
import { type Cell, type Figure, figure, type FigureOptions, type Panel } from "./figure.ts";
import { count } from "./format.ts";
import { textWidth } from "./text.ts";
import { theme, traitTitles } from "./theme.ts";
import { arcPanel, shown, type TransitionGraph } from "./transition_arcs.ts";

/** Options of {@link transitionGraphsFigure}. */
export interface TransitionGraphsOptions extends FigureOptions {
  /** Panels side by side: 2 for a figure of 7 inches, 1 for one of 3.5. @default 2 */
  columns?: 1 | 2;
}

const gap = 24;

/**
 * Net traffic between the most frequent values of each trait along fine-tune edges, the values from top to bottom in the order
 * that takes most of it down (Laufer, Oderinwale and Kleinberg 2025, section 7).
 *
 * @throws {RangeError} when no trait has a value, or one has more than twenty, or groups do not match them
 *
 * @example
 * ```ts
 * import { buildLineage, readModelBlocks, traitColumn, traitOrdering, transitionGraphsFigure, transitions } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const column = traitColumn(snapshot, "language");
 * const found = transitions(buildLineage(snapshot).lineage.view("finetune"), column);
 * const graph = { trait: "language" as const, ordering: traitOrdering(found, column), groups: null };
 * const { values } = transitionGraphsFigure([graph], {
 *   source: { snapshot: "two", sha256: null, simulated: false },
 * });
 * values["language: forward"]; // 1
 * ```
 */
export function transitionGraphsFigure(
  data: readonly TransitionGraph[],
  { source, columns = 2 }: TransitionGraphsOptions,
): Figure {
  if (!data.some(({ ordering }) => ordering.traits.length > 0)) {
    throw new RangeError("Cannot draw transition graphs: found 0 values, expected at least 1");
  }
  for (const { trait, ordering: { traits }, groups } of data) {
    if (traits.length > 20 || (groups !== null && groups.length !== traits.length)) {
      throw new RangeError(
        `Cannot draw the transition graph of ${
          JSON.stringify(trait)
        }: found ${traits.length} values and ${
          groups?.length ?? "no"
        } groups, expected at most 20 and one for each`,
      );
    }
  }
  const width = columns === 1 ? theme.width.column : theme.width.full;
  const panelWidth = columns === 1 ? width : (width - gap) / 2;
  const head = key(width);
  const panels: Panel[] = [{ x: 0, y: 3, node: head.node }];
  let y = head.height + 16;
  for (let i = 0; i < data.length; i += columns) {
    const row = data.slice(i, i + columns).map((graph) => arcPanel(graph, { width: panelWidth }));
    row.forEach(({ node }, k) => panels.push({ x: k * (panelWidth + gap), y, node }));
    y += Math.max(...row.map(({ height }) => height)) + 18;
  }
  const values: Record<string, Cell> = {};
  for (const { trait, ordering } of data) {
    const { netTraffic, forward, optimal, unique, orders, edges, moves, movesForward } = ordering;
    values[`${trait}: net`] = netTraffic;
    values[`${trait}: forward`] = forward;
    values[`${trait}: proven`] = optimal;
    values[`${trait}: unique`] = unique;
    values[`${trait}: optimal orders`] = orders;
    values[`${trait}: edges`] = edges.length;
    values[`${trait}: edges forward`] = edges.filter((edge) => edge.forward).length;
    values[`${trait}: transitions`] = moves;
    values[`${trait}: transitions forward`] = movesForward;
  }
  return figure({
    name: "10_transition_graphs",
    function: "transitionGraphsFigure",
    title: "Which way traits move",
    caption:
      `Net transitions along fine-tune edges between the most frequent values of each trait, in the order that takes most of them down. Dot area: models; arc width: square root of the net number, to scale within a panel. ${
        data.filter(({ ordering }) => ordering.netTraffic > 0).map(({ trait, ordering }) =>
          `${traitTitles[trait]}: ${count(ordering.forward)} of ${
            count(ordering.netTraffic)
          } go down`
        ).join("; ")
      }.`,
    alt: data.map(({ trait, ordering: { traits } }) =>
      `${traitTitles[trait]} in order: ${
        traits.map((value) => shown(trait, value)).join(", ") || "none"
      }.`
    ).join(" "),
    source,
    graph: "fine-tune edges",
    remark: data.some(({ ordering }) => !ordering.optimal)
      ? "An order that is not proven may not be the best."
      : "Every order is proven optimal; of several the one with frequent values first.",
    values,
    rows: data.flatMap(rowsOf),
    width,
    height: y - 10,
    panels,
  });
}

/** One row a value, then one an arc. */
function rowsOf({ trait, ordering, groups }: TransitionGraph): Record<string, Cell>[] {
  const { traits, frequency, edges } = ordering;
  return [
    ...traits.map((value, at) => ({
      trait,
      value,
      to: null,
      net: null,
      forward: null,
      place: at + 1,
      models: frequency[at],
      group: groups?.[at] ?? null,
    })),
    ...edges.map(({ from, to, net, forward }) => ({
      trait,
      value: from,
      to,
      net,
      forward,
      place: null,
      models: null,
      group: null,
    })),
  ];
}

/** What the arcs mean, in one line where there is room, else in two. */
function key(width: number): { node: SVGElement; height: number } {
  const entries: [string, SVGElement][] = [
    [
      "more goes down than back, in the colour of the value above",
      element("path", {
        d: "M3,1A11,6 0 0 1 3,13",
        stroke: theme.bar,
        "stroke-opacity": 0.55,
        "stroke-width": 3,
        fill: "none",
      }),
    ],
    [
      "more goes up: against the order",
      element("g", {}, [
        element("path", {
          d: "M14,13A11,6 0 0 1 14,1",
          stroke: theme.alert,
          "stroke-width": 2,
          fill: "none",
        }),
        element("path", { d: "M17,1l-6,-3v6z", fill: theme.alert }),
      ]),
    ],
  ];
  let x = 0;
  let y = 0;
  const nodes = entries.map(([text, mark]) => {
    const wide = 20 + textWidth(text) + 18;
    if (x > 0 && x + wide - 18 > width) {
      x = 0;
      y += 20;
    }
    const node = element("g", { transform: `translate(${x.toFixed(2)},${y})` }, [
      mark,
      label(text, { x: 20, y: 10.5 }),
    ]);
    x += wide;
    return node;
  });
  return { node: element("g", { "aria-label": "legend" }, nodes), height: y + 16 };
}
