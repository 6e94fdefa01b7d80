import type { AssetPattern } from "../../measure/assets/patterns/asset_patterns.ts";
import type { PatternCensus, PatternRow } from "../../measure/assets/patterns/pattern_census.ts";
import type {
  PatternExample,
  PatternExamples,
} from "../../measure/assets/patterns/pattern_examples.ts";
import type { EgoType } from "../../measure/assets/asset_hubs.ts";
import { label, legend } from "../chart.ts";
import { element } from "../dom.ts";
import { type AssetFigureOptions, assetGraphs, type Figure, figure } from "../figure.ts";
import { count, plural } from "../format.ts";
import { fitText, printable, textWidth } from "../text.ts";
import { theme } from "../theme.ts";
import { ownersInWords } from "./organization_flows.ts";
import { patternGlyph, patternShapes } from "./pattern_glyph.ts";
import { isOutside, isUnlikely, ratioAxis, ratioGrid, ratioMark } from "./pattern_ratios.ts";

/** What {@link patternsFigure} draws. */
export interface PatternsData {
  /** Against random graphs that keep types and order, and against those that keep degrees as well. */
  censuses: readonly [edges: PatternCensus, degrees: PatternCensus];
  /** Examples of each pattern, the first of which is shown. */
  examples: readonly PatternExamples[];
}

/** Options of {@link patternsFigure}. */
export interface PatternsFigureOptions extends AssetFigureOptions {
  /** Whether owners were read with a table of organizations. @default false */
  resolved?: boolean;
}

const typeNames: Readonly<Record<EgoType, string>> = {
  dataset: "dataset",
  model: "model",
  application: "application",
  undocumented: "named, not documented",
};
const columns = { name: 66, count: 232, axis: 246, axisWidth: 208, example: 474 };
const rowHeight = 50;
const headHeight = 46;
const fills = [theme.muted, theme.sequential[1]] as const;

/**
 * How often each small pattern occurs against random graphs: the ratio to their mean, with their 95% interval, and one instance by name
 * (Milo et al. 2002; Bommasani et al. 2023 name the patterns).
 *
 * @throws {RangeError} when the graph has no edge between two assets
 *
 * @example
 * ```ts
 * import { AssetGraph, assetPatterns, patternCensus, patternExamples, patternsFigure } from "kindred";
 * import { readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: model\n  name: OPT\n  dependencies: [The Pile]\n");
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * const figure = patternsFigure({
 *   censuses: [
 *     patternCensus(graph, { keeps: "typesAndOrder", runs: 9 }),
 *     patternCensus(graph, { runs: 9 }),
 *   ],
 *   examples: assetPatterns.map((pattern) => patternExamples(graph, { pattern, n: 1 })),
 * }, { source: { snapshot: "one", sha256: null, simulated: false }, variant: graph.variant });
 * figure.values["chain: count"]; // 0
 * await Deno.remove(path);
 * ```
 */
export function patternsFigure(
  { censuses, examples }: PatternsData,
  { source, variant, resolved = false }: PatternsFigureOptions,
): Figure {
  const [edges, degrees] = censuses;
  if (degrees.edges === 0) {
    throw new RangeError("Cannot draw the patterns of assets: found 0 edges, expected some");
  }
  const first = new Map(examples.map(({ pattern, examples: [example] }) => [pattern, example]));
  const shownTypes = (pattern: AssetPattern): EgoType[] =>
    first.get(pattern)?.nodes.map(({ type }) => type) ?? standIns(pattern);
  const used = new Set(degrees.rows.flatMap(({ pattern }) => shownTypes(pattern)));
  const types = legend(
    (["dataset", "model", "application", "undocumented"] as const)
      .filter((type) => used.has(type))
      .map((type) => ({ label: typeNames[type], fill: theme.assetType[type] })),
  );
  const nulls = legend([
    { label: "random graphs of the same types and order", fill: fills[0] },
    { label: "of the same degrees as well", fill: fills[1] },
  ], { symbol: "line" });
  const marks = markLegend([...edges.rows, ...degrees.rows.filter(({ fixed }) => !fixed)]);
  const legends = types.height + nulls.height;
  const top = legends + marks.height + headHeight;
  const bottom = top + degrees.rows.length * rowHeight;
  const axis = ratioAxis(censuses.flatMap(({ rows }) => rows), {
    x: columns.axis,
    width: columns.axisWidth,
  });
  const rows = degrees.rows.map((row, i) =>
    element("g", { transform: `translate(0,${top + i * rowHeight})` }, [
      ...(i === 0 ? [] : [
        element("path", { d: `M0,0H${theme.width.full}`, stroke: theme.grid, "stroke-width": 1 }),
      ]),
      element("g", { transform: "translate(4,11)" }, [
        patternGlyph(patternShapes[row.pattern], shownTypes(row.pattern), {
          width: 50,
          height: 28,
        }),
      ]),
      label(patternShapes[row.pattern].title, { x: columns.name, y: 22, weight: 600 }),
      label(patternShapes[row.pattern].words, {
        x: columns.name,
        y: 35,
        size: theme.size.small,
        fill: theme.muted,
      }),
      label(count(row.count), { x: columns.count, y: 22, anchor: "end" }),
      ratioMark(edges.rows[i], { axis, y: 17, fill: fills[0] }),
      row.fixed
        ? fixedNote(
          row.pattern === "typedChain" ? "fixed by degrees and types" : "fixed by the degrees",
          { x: axis.at(1), y: 36.5 },
        )
        : ratioMark(row, { axis, y: 33, fill: fills[1] }),
      ...exampleLines(row.pattern, first.get(row.pattern)).map((line, k, lines) =>
        label(line, {
          x: columns.example,
          y: rowHeight / 2 + 3.4 + (k - (lines.length - 1) / 2) * 12.5,
          size: theme.size.small,
        })
      ),
    ])
  );
  const heads = [
    label("pattern", { x: columns.name, y: top - 22, fill: theme.muted }),
    label("instances", { x: columns.count, y: top - 22, anchor: "end", fill: theme.muted }),
    label("instances by the mean of random graphs", {
      x: columns.axis,
      y: top - 22,
      fill: theme.muted,
    }),
    label("where most are: one of them", { x: columns.example, y: top - 22, fill: theme.muted }),
  ];
  return figure({
    name: "26_patterns",
    function: "patternsFigure",
    title: "Recurring sub-structures",
    caption: `Instances of the small patterns among ${
      count(degrees.edges)
    } dependencies, by the mean of ${
      count(degrees.runs)
    } random graphs, and the ${95}% interval of those; ${
      count(degrees.broadcasters)
    } assets feed at least three others and ${
      count(degrees.funnellers)
    } are built on at least three. Filled marks: two-sided p of at most ${0.05} after Holm's adjustment for ${
      plural(edges.tests, "test")
    } (grey) and ${
      plural(degrees.tests, "test")
    } (blue). Dependencies lead forward in time in all random graphs, so that these have no cycles of their own. Grey graphs keep the number of dependencies between types of assets, blue ones also those of every asset, which leaves some patterns as they are. Seeds ${edges.seed} and ${degrees.seed}.`,
    alt: degrees.rows.map((row, i) =>
      `${patternShapes[row.pattern].title}: ${count(row.count)}, ${spoken(edges.rows[i])}${
        row.fixed ? "" : `, with the same degrees ${spoken(row)}`
      }`
    ).join(". ") + ".",
    source,
    graph: `${assetGraphs[variant]}, edges from an asset to what is built on it; ${
      ownersInWords(resolved)
    }`,
    seed: degrees.seed,
    remark: censuses.some(({ rows }) =>
        rows.some((row) => isOutside(row, axis))
      )
      ? "Wedges: beyond the axis, or no instance."
      : "",
    values: {
      edges: degrees.edges,
      runs: degrees.runs,
      "interval: percent": 95,
      "p at most": 0.05,
      broadcasters: degrees.broadcasters,
      funnellers: degrees.funnellers,
      "tests: types and order": edges.tests,
      "tests: degrees, types and order": degrees.tests,
      "seed: types and order": edges.seed,
      "seed: degrees, types and order": degrees.seed,
      ...Object.fromEntries(degrees.rows.flatMap((row, i) => [
        [`${row.pattern}: count`, row.count],
        [`${row.pattern}: ratio, types and order`, edges.rows[i].ratio],
        [`${row.pattern}: ratio, degrees, types and order`, row.fixed ? null : row.ratio],
      ])),
    },
    rows: censuses.flatMap(({ keeps, rows }) =>
      rows.map(({ interval: [low, high], ...row }) => ({ keeps, ...row, low, high }))
    ),
    height: bottom + 4,
    panels: [
      { x: 0, y: 0, node: types.node },
      { x: 0, y: types.height, node: nulls.node },
      { x: 0, y: legends, node: marks.node },
      { x: 0, y: 0, node: ratioGrid(axis, { top, bottom }) },
      { x: 0, y: 0, node: element("g", {}, [...heads, ...rows]) },
    ],
  });
}

/** What filled and hollow marks mean, where both are drawn. */
function markLegend(rows: readonly PatternRow[]): { node: SVGElement; height: number } {
  const kinds = new Set(rows.filter(({ ratio }) => ratio !== null).map(isUnlikely));
  if (kinds.size < 2) return { node: element("g", {}), height: 0 };
  return legend([
    { label: "filled: unlikely by chance (p at most 0.05, adjusted)", fill: theme.muted },
    { label: "hollow: within chance", fill: theme.paper, stroke: theme.muted },
  ]);
}

/** A note across the lines of the axis. */
function fixedNote(text: string, { x, y }: { x: number; y: number }): SVGElement {
  const size = theme.size.small;
  const width = textWidth(text, { size }) + 6;
  return element("g", {}, [
    element("rect", { x: x - width / 2, y: y - 9, width, height: 12, fill: theme.paper }),
    label(text, { x, y, size, anchor: "middle", fill: theme.muted }),
  ]);
}

/** Types of a pattern that does not occur. */
function standIns(pattern: AssetPattern): EgoType[] {
  const typed = pattern === "typedChain" || pattern === "crossOrganizationTypedChain";
  return patternShapes[pattern].nodes.map((_, i) =>
    typed ? (["dataset", "model", "application"] as const)[i] : "model"
  );
}

function spoken(row: PatternRow): string {
  const { ratio, nullMean } = row;
  if (ratio === null) return "none in random graphs";
  if (ratio === 0) return `against ${nullMean.toFixed(1)} in random graphs`;
  const far = isUnlikely(row) ? "" : ", within chance";
  return `${Number(ratio.toPrecision(2))} times as many as in random graphs${far}`;
}

/** An instance in words of at most three lines; names are cut until it fits. */
function exampleLines(pattern: AssetPattern, example: PatternExample | undefined): string[] {
  if (example === undefined) return ["none"];
  const width = theme.width.full - columns.example;
  const size = theme.size.small;
  for (let room = width;; room -= 6) {
    const names = example.nodes.map(({ name }) =>
      fitText(name, { width: room - textWidth(" →", { size }), size })
    );
    const lines = fold(words(pattern, names, example.others), { width, size });
    if (lines.length <= 3 || room < 60) return lines;
  }
}

/** The parts of an instance, none of which is broken. */
function words(pattern: AssetPattern, names: readonly string[], others: number): string[] {
  const [a, b, c, d] = names;
  const more = others > 3 ? `and ${count(others - 3)} more` : "";
  if (pattern === "broadcast") return [`${a} →`, `${b},`, `${c},`, d, more].filter((x) => x !== "");
  if (pattern === "funnel") {
    return [`${a},`, `${b},`, ...(more === "" ? [`${c} →`] : [c, `${more} →`]), d];
  }
  if (pattern === "diamond") return [`${a} →`, `${b},`, `${c} →`, d];
  return [`${a} →`, `${b} →`, c];
}

function fold(
  parts: readonly string[],
  { width, size }: { width: number; size: number },
): string[] {
  const lines = [printable(parts[0])];
  for (const part of parts.slice(1)) {
    const longer = `${lines.at(-1)} ${part}`;
    if (textWidth(longer, { size }) <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}
