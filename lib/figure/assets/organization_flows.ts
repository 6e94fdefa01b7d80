import * as Plot from "@observablehq/plot";
import { interpolateRgb, scaleSqrt } from "d3";
import { byCodeUnits } from "../../core/compare.ts";
import type { OrganizationFlow } from "../../measure/assets/organizations/organizations.ts";
import { chart, label, pixels } from "../chart.ts";
import { type AssetFigureOptions, assetGraphs, type Figure, figure } from "../figure.ts";
import { count, fitCount, plural } from "../format.ts";
import { fitText, printable, textWidth } from "../text.ts";
import { theme } from "../theme.ts";

/** Options of {@link organizationFlowsFigure}. */
export interface OrganizationFlowsOptions extends AssetFigureOptions {
  /** How many organisations are drawn, those with most edges to and from others. @default 18 */
  top?: number;
  /** Whether the flows are between organisations of the table of organisations, not as the data spells them. @default false */
  resolved?: boolean;
}

/**
 * Matrix of the dependencies between organisations: row = who provides, column = who builds on it.
 * The order of rows and columns is that of all edges given and taken.
 *
 * @throws {RangeError} when there is no flow between two organisations
 *
 * @example
 * ```ts
 * import { organizationFlowsFigure } from "kindred";
 * const flows = [{ from: "EleutherAI", to: "Meta", edges: 3 }];
 * const { values } = organizationFlowsFigure({ flows }, {
 *   source: { snapshot: "sample", sha256: null, simulated: false },
 *   variant: "aliased",
 * });
 * values.edges; // 3
 * ```
 */
export function organizationFlowsFigure(
  { flows }: { flows: readonly OrganizationFlow[] },
  { source, variant, top = 18, resolved = false }: OrganizationFlowsOptions,
): Figure {
  const between = flows.filter(({ from, to, edges }) => from !== to && edges > 0);
  if (between.length === 0) {
    throw new RangeError(
      "Cannot draw the flows between organisations: found 0 flows, expected at least 1",
    );
  }
  const given = new Map<string, number>();
  const taken = new Map<string, number>();
  for (const { from, to, edges } of between) {
    given.set(from, (given.get(from) ?? 0) + edges);
    taken.set(to, (taken.get(to) ?? 0) + edges);
  }
  const sum = (name: string) => (given.get(name) ?? 0) + (taken.get(name) ?? 0);
  const all = [...new Set([...given.keys(), ...taken.keys()])]
    .sort((a, b) => sum(b) - sum(a) || byCodeUnits(a, b));
  const names = all.slice(0, top);
  const known = new Set(names);
  const cells = between.filter(({ from, to }) => known.has(from) && known.has(to));
  const edges = between.reduce((total, flow) => total + flow.edges, 0);
  const drawn = cells.reduce((total, flow) => total + flow.edges, 0);
  const best = [...cells, ...between].sort((a, b) => b.edges - a.edges)[0];
  const peak = Math.max(...cells.map((cell) => cell.edges), 1);
  const shade = scaleSqrt([0, peak], [...theme.sequential]).interpolate(interpolateRgb);

  const width = theme.width.full;
  const cell = 25;
  // Column names lean by 60 degrees.
  const leaning = [...names.map((name) => fitText(name, { width: 112 })), "to all others"];
  const reach = Math.max(...leaning.map((name) => textWidth(name)));
  const margin = { top: Math.ceil(reach * Math.sin(Math.PI / 3)) + 14, left: 150, bottom: 4 };
  const right = margin.left + cell * names.length;
  const bottom = margin.top + cell * names.length;
  const mostGiven = Math.max(...names.map((name) => given.get(name) ?? 0), 1);
  const barRoom = Math.min(160, width - right - 16 - textWidth(count(mostGiven)));
  const row = new Map(names.map((name, i) => [name, i]));
  const x = (name: string) => margin.left + row.get(name)! * cell;
  const y = (name: string) => margin.top + row.get(name)! * cell;
  const node = chart({
    width,
    height: bottom + margin.bottom,
    ...pixels,
    marks: [
      Plot.rect(names.flatMap((from) => names.map((to) => ({ from, to }))), {
        x1: ({ to }) => x(to) + 0.5,
        x2: ({ to }) => x(to) + cell - 0.5,
        y1: ({ from }) => y(from) + 0.5,
        y2: ({ from }) => y(from) + cell - 0.5,
        fill: ({ from, to }) => from === to ? "#d7dbe0" : "#f6f7f9",
      }),
      Plot.rect(cells, {
        x1: ({ to }) => x(to) + 0.5,
        x2: ({ to }) => x(to) + cell - 0.5,
        y1: ({ from }) => y(from) + 0.5,
        y2: ({ from }) => y(from) + cell - 0.5,
        fill: ({ edges }) => shade(edges),
      }),
      Plot.text(cells, {
        x: ({ to }) => x(to) + cell / 2,
        y: ({ from }) => y(from) + cell / 2,
        text: ({ edges }) => fitCount(edges, { width: cell - 2, size: theme.size.small }),
        fontSize: theme.size.small,
        fill: ({ edges }) => edges > peak * 0.3 ? theme.paper : theme.ink,
      }),
      Plot.text(names, {
        x: margin.left - 6,
        y: (name) => y(name) + cell / 2,
        text: (name) => fitText(name, { width: margin.left - 8 }),
        textAnchor: "end",
      }),
      Plot.text(names, {
        x: (name) => x(name) + cell / 2 + 1,
        y: margin.top - 6,
        text: (name) => fitText(name, { width: 112 }),
        textAnchor: "start",
        rotate: -60,
      }),
      Plot.text(["to all others"], {
        x: right + 14,
        y: margin.top - 6,
        textAnchor: "start",
        rotate: -60,
        fill: theme.muted,
      }),
      Plot.rect(names, {
        x1: right + 8,
        x2: (name) => right + 8 + (barRoom - 8) * (given.get(name) ?? 0) / mostGiven,
        y1: (name) => y(name) + 7,
        y2: (name) => y(name) + cell - 7,
        fill: theme.bar,
      }),
      Plot.text(names, {
        x: (name) => right + 12 + (barRoom - 8) * (given.get(name) ?? 0) / mostGiven,
        y: (name) => y(name) + cell / 2,
        text: (name) => count(given.get(name) ?? 0),
        textAnchor: "start",
        fontSize: theme.size.small,
        fill: theme.muted,
      }),
    ],
  });
  return figure({
    name: "03_organization_flows",
    function: "organizationFlowsFigure",
    title: "Who builds on whom",
    caption:
      `Dependencies between assets of different organisations; row: owner of the dependency, column: owner of what is built on it, bars: all edges given to others. The ${
        plural(names.length, "organisation")
      } with most of the ${count(edges)} edges; ${
        count(drawn)
      } of them lie between these. The largest flow is ${printable(best.from)} to ${
        printable(best.to)
      } (${count(best.edges)}).${resolved ? " An edge counts for each pair of its owners." : ""}`,
    alt: `Matrix of ${names.length} by ${names.length} organisations. Largest flows: ${
      [...cells].sort((a, b) => b.edges - a.edges).slice(0, 5)
        .map(({ from, to, edges }) => `${printable(from)} to ${printable(to)} ${edges}`).join(", ")
    }.`,
    source,
    graph: `${assetGraphs[variant]}, ${ownersInWords(resolved)}`,
    remark: all.length > names.length
      ? `${plural(all.length - names.length, "organisation")} with fewer edges not drawn.`
      : "",
    values: {
      edges,
      drawn,
      organizations: all.length,
      largestFrom: best.from,
      largestTo: best.to,
      largest: best.edges,
    },
    rows: cells.map(({ from, to, edges }) => ({ from, to, edges })),
    height: bottom + margin.bottom + 4,
    panels: [
      { x: 0, y: 0, node },
      ...["builds on it →", "provides ↓"].map((text, i) => ({
        x: margin.left - 6,
        y: margin.top - 20 + 14 * i,
        node: label(text, { y: 0, anchor: "end", fill: theme.muted }),
      })),
    ],
  });
}

/** How the owners were read, for the note under a figure. */
export function ownersInWords(resolved: boolean): string {
  return resolved
    ? "organisations by the table of aliases, several owners of an asset apart"
    : "organisations as spelt";
}
