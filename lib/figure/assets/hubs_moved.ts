import * as Plot from "@observablehq/plot";
import { byCodeUnits } from "../../core/compare.ts";
import type { EgoType } from "../../measure/assets/asset_hubs.ts";
import type { HubMove } from "../../measure/assets/diff/hub_moves.ts";
import type { RankedMove } from "../../measure/diff/count_move.ts";
import type { AssetsUntil } from "../../snapshot/assets_until.ts";
import { chart, label, legend, pixels } from "../chart.ts";
import { element } from "../dom.ts";
import { type AssetFigureOptions, assetGraphs, type Figure, figure } from "../figure.ts";
import { inputText, type NamedInput } from "../figure_input.ts";
import { count, plural } from "../format.ts";
import { fitText, printable, textWidth } from "../text.ts";
import { theme } from "../theme.ts";

/** What {@link hubsMovedFigure} is drawn from. */
export interface HubsMovedData {
  /** The hubs of `diffSnapshots`. */
  hubs: readonly HubMove[];
  /** The earlier snapshot. */
  before: NamedInput;
  /** Where the earlier snapshot is the later one up to a day: what was left out and kept. Null where it is one of its own. */
  cut: Omit<AssetsUntil, "snapshot"> | null;
}

/** Options of {@link hubsMovedFigure}. */
export interface HubsMovedOptions extends AssetFigureOptions {
  /** How many hubs a panel has, those with most dependants before or after. @default 14 */
  top?: number;
}

const panels = ["direct", "transitive"] as const;
const titles = {
  direct: "Direct dependants",
  transitive: "Dependants through any number of steps",
};
const typeNames: Readonly<Record<EgoType, string>> = {
  model: "model",
  dataset: "dataset",
  application: "application",
  undocumented: "named, not documented",
};
const gap = 24;
const panelWidth = (theme.width.full - gap) / 2;
const rowHeight = 15;
const head = 20;
const nameWidth = 122;
const size = theme.size.small;

/**
 * The hubs of two snapshots: how many assets build on each, before and after, directly and through any number of steps.
 *
 * @throws {RangeError} when no earlier snapshot was compared, or neither has a hub
 *
 * @example
 * ```ts
 * import { hubsMovedFigure } from "kindred";
 * const move = { before: 1, after: 16, change: 15, rankBefore: 90, rankAfter: 2 };
 * const clip = {
 *   ...{ name: "CLIP", formerly: null, type: "model", organization: "OpenAI", status: "stayed" } as const,
 *   ...{ direct: move, transitive: { ...move, after: 31, change: 30 } },
 * };
 * const { values } = hubsMovedFigure(
 *   { hubs: [clip], before: { name: "2023", sha256: null }, cut: null },
 *   { source: { snapshot: "2025", sha256: null, simulated: false }, variant: "documented" },
 * );
 * values["CLIP: direct after"]; // 16
 * ```
 */
export function hubsMovedFigure(
  data: HubsMovedData | null,
  { source, variant, top = 14 }: HubsMovedOptions,
): Figure {
  if (data === null) {
    throw new RangeError("Cannot draw how hubs moved: no earlier snapshot was compared");
  }
  const { hubs, before, cut } = data;
  if (hubs.length === 0) {
    throw new RangeError("Cannot draw how hubs moved: found 0 hubs, expected at least 1");
  }
  const drawn = panels.map((panel) => ({ panel, rows: largest(hubs, { panel, top }) }));
  const types = (Object.keys(typeNames) as EgoType[]).filter((type) =>
    drawn.some(({ rows }) => rows.some((hub) => hub.type === type))
  );
  const key = legend(
    types.map((type) => ({ label: typeNames[type], fill: theme.assetType[type] })),
  );
  const keyWidth = types.reduce((sum, type) => sum + 27 + textWidth(typeNames[type]), 0);
  const top0 = key.height + 10;
  const height = top0 + head + rowHeight * Math.max(...drawn.map(({ rows }) => rows.length)) + 6;
  const statuses = { stayed: 0, appeared: 0, vanished: 0 };
  for (const { status } of hubs) statuses[status]++;
  const risen = hubs.reduce((best, hub) => hub.direct.change > best.direct.change ? hub : best);
  return figure({
    name: "27_hubs_moved",
    function: "hubsMovedFigure",
    title: "How the hubs moved",
    caption:
      `How many assets build on each hub before (ring) and after (dot), directly and through any number of steps; the ${
        plural(drawn[0].rows.length, "hub")
      } with most dependants in either snapshot. Of all nodes with a direct dependant before or after, ${
        count(statuses.stayed)
      } had some in both, ${count(statuses.appeared)} only after and ${
        count(statuses.vanished)
      } only before. ${
        risen.direct.change > 0
          ? `${printable(risen.name)} rose most, from ${count(risen.direct.before ?? 0)} to ${
            count(risen.direct.after ?? 0)
          } direct dependants.`
          : "None rose."
      }`,
    alt: drawn.map(({ panel, rows }) =>
      `${titles[panel]}: ${
        rows.slice(0, 8).map((hub) => `${printable(hub.name)} ${inWords(hub[panel])}`).join(", ")
      }`
    ).join(". ") + ".",
    source: cut === null ? { ...source, before } : source,
    graph: assetGraphs[variant],
    remark: cut === null
      ? `Before: ${inputText(before)}.`
      : `Before: a cut by date of the same snapshot, its records up to ${cut.until}; ${
        plural(cut.later, "later record")
      } left out, ${plural(cut.undated, "undated one")} ${
        cut.undatedAre === "kept" ? "in both" : "left out"
      }.`,
    values: {
      ...statuses,
      ...(cut === null ? {} : { until: cut.until, later: cut.later, undated: cut.undated }),
      shown: drawn[0].rows.length,
      "rose most": risen.name,
      ...Object.fromEntries(drawn.flatMap(({ panel, rows }) =>
        rows.flatMap((hub) => [
          [`${hub.name}: ${panel} before`, hub[panel].before],
          [`${hub.name}: ${panel} after`, hub[panel].after],
        ])
      )),
      "rose most: before": risen.direct.before ?? 0,
      "rose most: after": risen.direct.after ?? 0,
    },
    rows: drawn.flatMap(({ panel, rows }) =>
      rows.map(({ name, formerly, type, organization, status, [panel]: move }) => ({
        panel,
        name,
        formerly,
        type,
        organization,
        status,
        ...move,
      }))
    ),
    height,
    panels: [
      { x: 0, y: 0, node: key.node },
      { x: keyWidth + 8, y: 0, node: ringAndDot() },
      ...drawn.map(({ panel, rows }, i) => ({
        x: i * (panelWidth + gap),
        y: top0,
        node: movesPanel(rows, panel),
      })),
    ],
  });
}

/** The hubs with most dependants before or after, those with most after first. */
function largest(
  hubs: readonly HubMove[],
  { panel, top }: { panel: typeof panels[number]; top: number },
): HubMove[] {
  const most = ({ [panel]: { before, after } }: HubMove) => Math.max(before ?? 0, after ?? 0);
  const now = (hub: HubMove) => hub[panel].after ?? -1;
  return [...hubs]
    .sort((a, b) => most(b) - most(a) || now(b) - now(a) || byCodeUnits(a.name, b.name))
    .slice(0, top)
    .sort((a, b) => now(b) - now(a) || most(b) - most(a) || byCodeUnits(a.name, b.name));
}

function movesPanel(rows: readonly HubMove[], panel: typeof panels[number]): SVGElement {
  const said = rows.map((hub) => inFigures(hub[panel]));
  const saidWidth = Math.max(...said.map((text) => textWidth(text, { size })));
  const [left, right] = [nameWidth + 8, panelWidth - saidWidth - 10];
  const most = Math.max(1, ...rows.flatMap(({ [panel]: of }) => [of.before ?? 0, of.after ?? 0]));
  const x = (value: number) => left + (right - left) * value / most;
  const y = (i: number) => head + (i + 0.5) * rowHeight;
  const ink = ({ type }: HubMove) => theme.assetType[type];
  const marks = rows.map((hub, i) => ({ hub, y: y(i), ...hub[panel] }));
  const both = marks.filter(({ before, after }) => before !== null && after !== null);
  const node = chart({
    width: panelWidth,
    height: y(rows.length),
    ...pixels,
    r: { type: "identity" },
    marks: [
      Plot.link(marks, {
        x1: x(0),
        x2: right,
        y1: "y",
        y2: "y",
        stroke: theme.grid,
      }),
      Plot.link(both, {
        x1: ({ before }) => x(before!),
        x2: ({ after }) => x(after!),
        y1: "y",
        y2: "y",
        stroke: ({ hub }) => ink(hub),
        strokeOpacity: 0.45,
        strokeWidth: 2.5,
      }),
      Plot.dot(marks.filter(({ before }) => before !== null), {
        x: ({ before }) => x(before!),
        y: "y",
        r: 3.6,
        fill: theme.paper,
        stroke: ({ hub }) => ink(hub),
        strokeWidth: 1.4,
      }),
      Plot.dot(marks.filter(({ after }) => after !== null), {
        x: ({ after }) => x(after!),
        y: "y",
        r: ({ before, after }) => before === after ? 2 : 3.8,
        fill: ({ hub }) => ink(hub),
      }),
    ],
  });
  return element("g", { "aria-label": titles[panel] }, [
    label(titles[panel], { y: 11, weight: 600 }),
    node,
    ...rows.flatMap((hub, i) => [
      label(fitText(hub.name, { width: nameWidth }), {
        x: nameWidth,
        y: y(i) + 3.5,
        anchor: "end",
      }),
      label(said[i], {
        x: panelWidth,
        y: y(i) + 3.5,
        size,
        anchor: "end",
        fill: hub.status === "stayed" ? theme.muted : theme.ink,
        weight: hub.status === "stayed" ? 400 : 600,
      }),
    ]),
  ]);
}

/** Before and after, with a word for a hub that was not there or no longer is. */
function inFigures({ before, after }: RankedMove): string {
  if (before === null) return `new → ${count(after ?? 0)}`;
  return `${count(before)} → ${after === null ? "gone" : count(after)}`;
}

function inWords({ before, after }: RankedMove): string {
  if (before === null) return `new with ${count(after ?? 0)}`;
  return after === null ? `gone, had ${count(before)}` : `${count(before)} to ${count(after)}`;
}

/** The key to what a ring and a dot mean. */
function ringAndDot(): SVGElement {
  const ring = { cx: 5, cy: 6.5, r: 3.6, stroke: theme.muted, "stroke-width": 1.4 };
  const second = 13 + textWidth("before") + 14;
  return element("g", { "aria-label": "legend" }, [
    element("circle", { ...ring, fill: theme.paper }),
    label("before", { x: 13, y: 10 }),
    element("circle", { cx: second + 5, cy: 6.5, r: 4, fill: theme.muted }),
    label("after", { x: second + 13, y: 10 }),
  ]);
}
