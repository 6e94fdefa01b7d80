import * as Plot from "@observablehq/plot";
import type { Drift } from "../measure/drift.ts";
import type { ModelReport } from "../measure/report.ts";
import { chart, label, pixels } from "./chart.ts";
import { element } from "./dom.ts";
import { type Figure, figure, type FigureOptions } from "./figure.ts";
import { count, percent, plural } from "./format.ts";
import { dodge } from "./text.ts";
import { relationNames, theme } from "./theme.ts";

type Group = keyof ModelReport["drift"];

const groups: readonly Group[] = ["finetune", "adapter", "quantized", "merge", "overall"];

/** What a panel shows. */
interface Measure {
  key: "languages" | "characters" | "automatic";
  title: string;
  format: (value: number) => string;
  of: (drift: Drift) => { edges: number; parent: number | null; child: number | null };
}

const measures: readonly Measure[] = [
  {
    key: "languages",
    title: "Languages",
    format: (value) => value.toFixed(2),
    of: ({ languages }) => languages,
  },
  {
    key: "characters",
    title: "Card length (characters)",
    format: (value) => count(Math.round(value)),
    of: ({ cards: { edges, parentCharacters, childCharacters } }) => ({
      edges,
      parent: parentCharacters,
      child: childCharacters,
    }),
  },
  {
    key: "automatic",
    title: "Share of automatic cards",
    format: percent,
    of: ({ cards: { edges, parentAutomatic, childAutomatic } }) => ({
      edges,
      parent: parentAutomatic,
      child: childAutomatic,
    }),
  },
];

/** One line: the mean at the parent and at the child. */
interface Line {
  measure: Measure["key"];
  relation: Group;
  edges: number;
  parent: number;
  child: number;
}

function nameOf(group: Group): string {
  return group === "overall" ? "all edges" : relationNames[group];
}

function ink(group: Group): string {
  return group === "overall" ? theme.ink : theme.relation[group];
}

/**
 * How children differ from their parents on average, by relation: number of languages, length of the card and share
 * of automatically generated cards. A panel that no edge can fill is left out and the note says so.
 *
 * @throws {RangeError} when no panel has an edge
 *
 * @example
 * ```ts
 * import { driftLinesFigure } from "kindred";
 * const none = {
 *   edges: 0,
 *   languages: { edges: 0, parent: null, child: null },
 *   cards: {
 *     edges: 0, parentCharacters: null, childCharacters: null,
 *     parentAutomatic: null, childAutomatic: null,
 *   },
 * };
 * const finetune = { ...none, edges: 3, languages: { edges: 2, parent: 6, child: 2 } };
 * const { values } = driftLinesFigure(
 *   { finetune, quantized: none, adapter: none, merge: none, overall: finetune },
 *   { source: { snapshot: "sample", sha256: null, simulated: false } },
 * );
 * values["languages: finetune: child"]; // 2
 * ```
 */
export function driftLinesFigure(data: ModelReport["drift"], { source }: FigureOptions): Figure {
  const panels = measures.map((measure) => ({
    measure,
    lines: groups.flatMap((relation): Line[] => {
      const { edges, parent, child } = measure.of(data[relation]);
      return edges === 0 || parent === null || child === null
        ? []
        : [{ measure: measure.key, relation, edges, parent, child }];
    }),
  }));
  const drawn = panels.filter(({ lines }) => lines.length > 0);
  if (drawn.length === 0) {
    throw new RangeError("Cannot draw the drift: found 0 edges whose two ends report a value");
  }
  const absent = panels.filter(({ lines }) => lines.length === 0)
    .map(({ measure }) => measure.title.toLowerCase());
  const gap = 24;
  const width = drawn.length === 1 ? theme.width.column : theme.width.full;
  const panelWidth = (width - gap * (drawn.length - 1)) / drawn.length;
  const height = 232;
  const rows = drawn.flatMap(({ lines }) => lines);
  const overall = rows.filter(({ relation }) => relation === "overall");
  const formatOf = (key: Measure["key"]) => measures.find((measure) => measure.key === key)!.format;
  return figure({
    name: "09_drift_lines",
    function: "driftLinesFigure",
    title: "Drift from parent to child",
    caption:
      `Means of parents and of their children by relation, over edges whose two ends report the value (cards: both have one). ${
        overall.map(({ measure, parent, child, edges }) =>
          `Over all edges, ${measures.find(({ key }) => key === measure)!.title.toLowerCase()}: ${
            formatOf(measure)(parent)
          } to ${formatOf(measure)(child)} (${plural(edges, "edge")})`
        ).join(". ")
      }${overall.length > 0 ? "." : ""}`,
    alt: `Lines from parent to child. ${
      rows.map(({ measure, relation, parent, child }) =>
        `${measure}, ${nameOf(relation)}: ${formatOf(measure)(parent)} to ${
          formatOf(measure)(child)
        }`
      ).join("; ")
    }.`,
    source,
    graph: "lineage, all relations",
    remark: absent.length > 0
      ? `Left out, as no edge of the snapshot reports it: ${absent.join(", ")}.`
      : "",
    values: Object.fromEntries(
      rows.flatMap(({ measure, relation, parent, child, edges }) => [
        [`${measure}: ${relation}: parent`, parent],
        [`${measure}: ${relation}: child`, child],
        [`${measure}: ${relation}: edges`, edges],
      ]),
    ),
    rows: rows.map((row) => ({ ...row })),
    width,
    height,
    panels: drawn.map(({ measure, lines }, i) => ({
      x: i * (panelWidth + gap),
      y: 0,
      node: slopePanel(measure, lines, { width: panelWidth, height }),
    })),
  });
}

function slopePanel(
  { title, format }: Measure,
  lines: readonly Line[],
  { width, height }: { width: number; height: number },
): SVGElement {
  const [top, bottom] = [52, height - 12];
  const [left, right] = [44, width - 99];
  const values = lines.flatMap(({ parent, child }) => [parent, child]);
  const most = Math.max(...values) || 1;
  const y = (value: number) => bottom - (value / most) * (bottom - top);
  const room = { gap: 12.5, least: top, most: bottom };
  const starts = dodge(lines.map(({ parent }) => y(parent)), room);
  const ends = dodge(lines.map(({ child }) => y(child)), room);
  const node = chart({
    width,
    height,
    ...pixels,
    marks: [
      Plot.ruleX([left, right], { y1: top - 6, y2: bottom, stroke: theme.faint }),
      Plot.link(lines, {
        x1: left,
        x2: right,
        y1: ({ parent }) => y(parent),
        y2: ({ child }) => y(child),
        stroke: ({ relation }) => ink(relation),
        strokeWidth: ({ relation }) => relation === "overall" ? 2.6 : 1.7,
      }),
      Plot.dot(
        lines.flatMap(({ relation, parent, child }) => [
          { relation, x: left, y: y(parent) },
          { relation, x: right, y: y(child) },
        ]),
        { x: "x", y: "y", r: 3, fill: ({ relation }) => ink(relation) },
      ),
      Plot.link(lines, {
        x1: left - 5,
        x2: left - 12,
        y1: ({ parent }) => y(parent),
        y2: (_, i) => starts[i],
        stroke: ({ relation }) => ink(relation),
        strokeWidth: 0.7,
      }),
      Plot.link(lines, {
        x1: right + 5,
        x2: right + 12,
        y1: ({ child }) => y(child),
        y2: (_, i) => ends[i],
        stroke: ({ relation }) => ink(relation),
        strokeWidth: 0.7,
      }),
    ],
  });
  const texts = lines.flatMap((line, i) => [
    label(format(line.parent), {
      x: left - 14,
      y: starts[i] + 3.5,
      size: theme.size.small,
      anchor: "end",
    }),
    label(`${format(line.child)} ${nameOf(line.relation)}`, {
      x: right + 15,
      y: ends[i] + 3.5,
      size: theme.size.small,
      weight: line.relation === "overall" ? 600 : 400,
    }),
  ]);
  return element("g", { "aria-label": title }, [
    label(title, { y: 11, size: theme.size.title, weight: 600 }),
    label("parent", { x: left, y: 36, anchor: "middle", fill: theme.muted }),
    label("child", { x: right, y: 36, anchor: "middle", fill: theme.muted }),
    node,
    ...texts,
  ]);
}
