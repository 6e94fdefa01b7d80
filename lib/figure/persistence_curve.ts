import * as Plot from "@observablehq/plot";
import type { PersistenceCurve } from "../measure/persistence_report.ts";
import { chart, label } from "./chart.ts";
import { element } from "./dom.ts";
import type { Cell } from "./figure.ts";
import { theme } from "./theme.ts";

/** One panel of curves. */
export interface CurveData extends PersistenceCurve {
  /** Name in the plotted rows. */
  panel: string;
  /** Name above the panel. */
  title: string;
}

/** Fewest lineages of a generation that is drawn, and most generations. */
export const fewest = 30;
const mostGenerations = 8;

const outcomes = ["kept", "changed", "lost"] as const;

/** How the outcomes are named. */
export const outcomeNames = {
  kept: "still declared",
  changed: "changed",
  lost: "lost",
} as const;

/** Colours of the outcomes. */
export const outcomeInks = { kept: "#0072b2", changed: "#d55e00", lost: "#7b838c" } as const;

/** The last generation that any of the panels draws. */
export function deepest(curves: readonly CurveData[]): number {
  return Math.max(...curves.map((curve) => drawn(curve, mostGenerations).at(-1)?.generation ?? 1));
}

/** Generations up to the first that is too small or too deep. */
function drawn({ generations }: CurveData, most: number): CurveData["generations"] {
  const end = generations.findIndex(({ generation, lineages }, i) =>
    lineages < fewest || generation > most || generation !== i + 1
  );
  return end < 0 ? generations : generations.slice(0, end);
}

/** The rows of a panel: one a generation and outcome. */
export function curveRows(
  curve: CurveData,
  { most }: { most: number },
): Record<string, Cell>[] {
  return drawn(curve, most).flatMap((row) =>
    outcomes.map((outcome) => ({
      panel: curve.panel,
      generation: row.generation,
      outcome,
      year: null,
      edges: row.lineages,
      count: row[outcome],
      share: row[outcome] / row.lineages,
      low: row.intervals[outcome]?.[0] ?? null,
      high: row.intervals[outcome]?.[1] ?? null,
    }))
  );
}

/** Curves of the three outcomes from the root on, with bands where an interval is known. */
export function curvePanel(
  curve: CurveData,
  { width, height, most }: { width: number; height: number; most: number },
): SVGElement {
  const rows = curveRows(curve, { most });
  const margin = { top: 34, right: 6, bottom: 18, left: 36 };
  const start = outcomes.map((outcome) => ({
    generation: 0,
    outcome,
    share: outcome === "kept" ? 1 : 0,
  }));
  const bands = rows.filter(({ low }) => low !== null);
  const ink = ({ outcome }: Record<string, Cell>) =>
    outcomeInks[outcome as typeof outcomes[number]];
  const { fitted, interval } = curve.halfLife;
  const half = fitted === null
    ? "no half-life"
    : `half-life ${fitted.toFixed(1)}${
      interval === null ? "" : ` [${interval.map((end) => end.toFixed(1)).join(", ")}]`
    }`;
  const small = { size: theme.size.small, fill: theme.muted };
  return element("g", { "aria-label": curve.title }, [
    label(curve.title, { y: 10, weight: 600 }),
    label(half, { y: 23, ...small }),
    chart({
      width,
      height,
      margins: margin,
      style: { fontSize: `${theme.size.small}px` },
      x: { domain: [0, most], label: null },
      y: { domain: [0, 1], label: null },
      marks: [
        Plot.gridY([0, 0.5, 1], { stroke: theme.grid, strokeOpacity: 1 }),
        Plot.axisY([0, 0.5, 1], { tickFormat: ".0%", tickSize: 0, fill: theme.muted }),
        Plot.axisX(Array.from({ length: most + 1 }, (_, i) => i), {
          tickFormat: "d",
          tickSize: 3,
          stroke: theme.faint,
          fill: theme.muted,
        }),
        // A rule for each generation: bands would bridge those without an interval.
        Plot.ruleX(bands, {
          x: ({ generation, outcome }) =>
            generation as number + 0.12 * (outcomes.indexOf(outcome) - 1),
          y1: "low",
          y2: "high",
          stroke: ink,
          strokeOpacity: 0.35,
          strokeWidth: 3,
        }),
        Plot.lineY([...start, ...rows], {
          x: "generation",
          y: "share",
          z: "outcome",
          stroke: ink,
          strokeWidth: 1.6,
        }),
        Plot.dot(rows, { x: "generation", y: "share", r: 1.8, fill: ink }),
      ],
    }),
  ]);
}
