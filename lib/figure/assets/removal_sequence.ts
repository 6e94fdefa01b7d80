import * as Plot from "@observablehq/plot";
import type { WorstRemovals } from "../../measure/assets/removal/worst_removals.ts";
import { chart, label } from "../chart.ts";
import { element } from "../dom.ts";
import { percent } from "../format.ts";
import { fitText } from "../text.ts";
import { theme } from "../theme.ts";

const names = 134;
const shares = 40;

/** Removals from above to below: what share of the graph is gone after each, and in random order. */
export function removalSequence(
  { removals, random, nodes }: WorstRemovals,
  { x, width, top, rowHeight }: { x: number; width: number; top: number; rowHeight: number },
): SVGElement {
  const size = theme.size.small;
  const middle = (i: number) => top + (i + 0.5) * rowHeight;
  const bottom = top + removals.length * rowHeight;
  const end = removals.at(-1)!.lost / nodes;
  const rows = removals.map(({ type, lost }, i) => ({
    y: middle(i),
    type,
    share: lost / nodes,
    mean: random.mean[i] / nodes,
    low: random.low[i] / nodes,
    high: random.high[i] / nodes,
  }));
  const plot = chart({
    width,
    height: bottom + 20,
    marginTop: top,
    marginBottom: 20,
    marginLeft: names,
    marginRight: shares,
    x: { domain: [0, Math.max(end, ...rows.map(({ high }) => high))], label: null },
    y: { type: "identity", axis: null },
    r: { type: "identity" },
    marks: [
      Plot.gridX({ stroke: theme.grid, strokeOpacity: 1, ticks: 4, y1: top, y2: bottom }),
      Plot.axisX({ ticks: 4, tickSize: 0, tickFormat: "~%", fill: theme.muted, anchor: "bottom" }),
      Plot.areaX(rows, { y: "y", x1: "low", x2: "high", fill: theme.faint, fillOpacity: 0.6 }),
      Plot.lineX(rows, { y: "y", x: "mean", stroke: theme.muted, strokeWidth: 1.5 }),
      Plot.lineX(rows, { y: "y", x: "share", stroke: theme.ink, strokeWidth: 1.5 }),
      Plot.dot(rows, {
        y: "y",
        x: "share",
        r: 3.5,
        fill: (row: typeof rows[number]) => theme.assetType[row.type],
        stroke: theme.paper,
      }),
    ],
  });
  const key = (y: number, text: string) => [
    element("rect", { x: 0, y: y - 7, width: 14, height: 8, fill: theme.faint }),
    element("path", { d: `M0,${y - 3}H14`, stroke: theme.muted, "stroke-width": 1.5 }),
    label(text, { x: 19, y, size, fill: theme.muted }),
  ];
  return element("g", { "aria-label": "sequence", transform: `translate(${x},0)` }, [
    plot,
    label("Share of the graph gone, the worst removed one by one", { y: 10, weight: 600 }),
    ...key(26, "in random order: mean and 95% band"),
    ...removals.flatMap(({ name, lost }, i) => [
      label(fitText(name, { width: names - 30 }), {
        x: names - 8,
        y: middle(i) + 3.6,
        anchor: "end",
      }),
      label(String(i + 1), { x: 12, y: middle(i) + 3.6, anchor: "end", fill: theme.muted }),
      label(percent(lost / nodes), {
        x: width,
        y: middle(i) + 3.6,
        anchor: "end",
        fill: theme.muted,
      }),
    ]),
  ]);
}
