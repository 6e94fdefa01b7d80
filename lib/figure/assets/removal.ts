import { interpolateRgb } from "d3";
import type { BlastRanking } from "../../measure/assets/removal/blast_ranking.ts";
import type { WorstRemovals } from "../../measure/assets/removal/worst_removals.ts";
import { label, legend } from "../chart.ts";
import { element } from "../dom.ts";
import { assetGraphs, type Figure, figure, type FigureOptions } from "../figure.ts";
import { count, percent, plural } from "../format.ts";
import { fitText, printable, textWidth } from "../text.ts";
import { assetTypeNames, assetTypeOrder, theme } from "../theme.ts";
import { removalSequence } from "./removal_sequence.ts";

/** What the figure of removals is drawn from; both of one graph. */
export interface RemovalData {
  /** Blast radius of every asset. */
  ranking: BlastRanking;
  /** The removals that hurt most, under the reading `all`. */
  worst: WorstRemovals;
}

/** Assets drawn. */
const most = 12;
const rowHeight = 18;
const top = 38;
const names = 124;
const left = 318;
const gap = 28;

/**
 * The assets whose removal costs most, and how much of the graph is lost when the worst ones are removed one after the other, against
 * random order.
 *
 * @throws {RangeError} when no asset depends on another, or the sequence was counted under another reading or in another graph
 *
 * @example
 * ```ts
 * import { AssetGraph, blastRanking, readAssetSnapshot, removalFigure, worstRemovals } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: model\n  name: OPT\n  dependencies: [The Pile]\n");
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * const { title } = removalFigure(
 *   { ranking: blastRanking(graph), worst: worstRemovals(graph) },
 *   { source: { snapshot: "pile", sha256: null, simulated: false } },
 * );
 * title; // "What is lost when assets disappear"
 * await Deno.remove(path);
 * ```
 */
export function removalFigure({ ranking, worst }: RemovalData, { source }: FigureOptions): Figure {
  const rows = ranking.rows.filter(({ all }) => all > 0).slice(0, most);
  if (rows.length === 0) {
    throw new RangeError("Cannot draw removals: found 0 dependencies, expected some");
  }
  if (worst.reading !== "all" || worst.variant !== ranking.variant) {
    throw new RangeError(
      `Cannot draw removals: found a sequence of the reading "${worst.reading}" in the ${worst.variant} graph, expected "all" in the ${ranking.variant} graph`,
    );
  }
  const bars = radiusBars(rows);
  const sequence = removalSequence(worst, {
    x: left + gap,
    width: theme.width.full - left - gap,
    top,
    rowHeight,
  });
  const shown = assetTypeOrder.filter((type) =>
    [...rows, ...worst.removals].some((row) => row.type === type)
  );
  const types = legend(
    shown.map((type) => ({ label: assetTypeNames[type], fill: theme.assetType[type] })),
  );
  const bottom = top + Math.max(rows.length, worst.removals.length) * rowHeight + 24;
  const last = worst.removals.at(-1)!;
  const { guarantee, random, nodes } = worst;
  const end = worst.removals.length - 1;
  const spellings = ranking.variant === "documented"
    ? ""
    : " Each spelling of an undocumented name counts apart.";
  const guaranteed = guarantee === null
    ? ""
    : ` No ${plural(worst.removals.length, "removal")} cost more than ${
      percent(guarantee.bound / nodes)
    } of the graph, so the greedy choice does at least ${percent(guarantee.share)} of the worst.`;
  return figure({
    name: "25_removal",
    function: "removalFigure",
    title: "What is lost when assets disappear",
    caption:
      `Left: other assets lost with one asset, if everything downstream needs it: dark in the first step, light in later ones; the mark is what is still lost when dependencies of the same type stand in for each other. ${
        printable(rows[0].name)
      } takes ${plural(rows[0].all, "asset")} with it, ${
        count(rows[0].kinds)
      } even with stand-ins. Right: share of the ${
        plural(nodes, "node")
      } that is gone when the assets that hurt most are removed from above to below, each chosen after the ones before it: ${
        percent(last.lost / nodes)
      } after ${count(end + 1)}, in random order ${
        percent(random.mean[end] / nodes)
      } (mean and 95% band of ${
        plural(random.runs, "order")
      }, seed ${random.seed}).${guaranteed}${spellings}`,
    alt: `Bars of assets lost with one: ${
      rows.slice(0, 3).map(({ name, all }) => `${printable(name)} ${count(all)}`).join(", ")
    }. A line that reaches ${percent(last.lost / nodes)} of the graph after ${
      plural(end + 1, "removal")
    }, above a band of random orders at ${percent(random.mean[end] / nodes)}.`,
    source,
    graph: assetGraphs[ranking.variant],
    seed: random.seed,
    values: {
      nodes,
      largest: rows[0].name,
      largestAll: rows[0].all,
      largestKinds: rows[0].kinds,
      removals: end + 1,
      lost: last.lost,
      lostShare: last.lost / nodes,
      randomShare: random.mean[end] / nodes,
      randomRuns: random.runs,
      randomSeed: random.seed,
      band: 95,
      bound: guarantee?.bound ?? null,
      boundShare: guarantee === null ? null : guarantee.bound / nodes,
      guarantee: guarantee?.share ?? null,
    },
    rows: [
      ...ranking.rows.map(({ name, type, organization, direct, all, kinds, any }, i) => ({
        panel: "blast radius",
        place: i + 1,
        name,
        type,
        organization,
        direct,
        all,
        kinds,
        any,
        lost: null,
        randomMean: null,
        randomLow: null,
        randomHigh: null,
      })),
      ...worst.removals.map(({ name, type, gain, lost }, i) => ({
        panel: "sequence",
        place: i + 1,
        name,
        type,
        organization: null,
        direct: null,
        all: gain,
        kinds: null,
        any: null,
        lost,
        randomMean: random.mean[i],
        randomLow: random.low[i],
        randomHigh: random.high[i],
      })),
    ],
    height: bottom + types.height,
    panels: [
      { x: 0, y: 0, node: bars },
      { x: 0, y: 0, node: sequence },
      { x: 0, y: bottom, node: types.node },
    ],
  });
}

function radiusBars(rows: readonly BlastRanking["rows"][number][]): SVGElement {
  const size = theme.size.small;
  const room = left - names - textWidth(count(rows[0].all)) - 8;
  const scale = room / rows[0].all;
  const mark = (x: number, y: number) =>
    element("path", {
      d: `M${x},${y - 4.5}L${x + 4},${y}L${x},${y + 4.5}L${x - 4},${y}Z`,
      fill: theme.ink,
      stroke: theme.paper,
      "stroke-width": 1,
    });
  const nodes = [
    label("Assets lost with one asset", { y: 10, weight: 600 }),
    label("in the first step", { x: 12, y: 26, size, fill: theme.muted }),
    element("rect", { x: 0, y: 19, width: 8, height: 8, fill: theme.muted }),
    element("rect", { x: 88, y: 19, width: 8, height: 8, fill: theme.faint }),
    label("in later steps", { x: 100, y: 26, size, fill: theme.muted }),
    mark(174, 23),
    label("if others of the type stand in", { x: 182, y: 26, size, fill: theme.muted }),
  ];
  rows.forEach(({ name, type, direct, all, kinds }, i) => {
    const y = top + i * rowHeight;
    const middle = y + rowHeight / 2;
    const fill = theme.assetType[type];
    nodes.push(
      label(fitText(name, { width: names - 10 }), {
        x: names - 8,
        y: middle + 3.6,
        anchor: "end",
      }),
      element("rect", {
        x: names,
        y: y + 3,
        width: all * scale,
        height: rowHeight - 6,
        fill: interpolateRgb(theme.paper, fill)(0.4),
      }),
      element("rect", { x: names, y: y + 3, width: direct * scale, height: rowHeight - 6, fill }),
      mark(names + kinds * scale, middle),
      label(count(all), { x: names + all * scale + 7, y: middle + 3.6, fill: theme.muted }),
    );
  });
  return element("g", { "aria-label": "blast radius" }, nodes);
}
