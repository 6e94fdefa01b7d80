import { interpolateRgb } from "d3";
import {
  type HubMeasure,
  hubMeasures,
  type HubRankings,
  type HubRanks,
  type VariantAgreement,
} from "../../measure/assets/hub_rankings.ts";
import { label, legend } from "../chart.ts";
import { element } from "../dom.ts";
import { assetGraphs, type Figure, figure, type FigureOptions } from "../figure.ts";
import { count, decimal } from "../format.ts";
import { fitText, printable } from "../text.ts";
import { assetTypeNames, assetTypeOrder, theme } from "../theme.ts";

/** The measures as column heads, one word a line. */
const heads: Record<HubMeasure, [string, string]> = {
  direct: ["one", "step"],
  transitive: ["any", "steps"],
  pageRank: ["", "PageRank"],
  betweenness: ["between-", "ness"],
  hits: ["", "HITS"],
};
const words: Record<HubMeasure, string> = {
  direct: "direct dependants",
  transitive: "all dependants",
  pageRank: "PageRank",
  betweenness: "betweenness",
  hits: "HITS authority",
};
const variants = { documented: "docum.", stubs: "stubs", aliased: "aliased" } as const;

/** Assets drawn of each ranking; those that tie with the last are left to the other rankings. */
const perMeasure = 5;
const rowHeight = 16;
const names = 132;
const cell = 49;
const gap = 26;

/** What the hub rankings are drawn from. */
export interface HubRankingsData {
  /** Rankings in one graph. */
  rankings: HubRankings;
  /** The same measures compared between graphs. */
  variants: readonly VariantAgreement[];
}

/**
 * The place of the largest hubs in each of five rankings, and how far the rankings agree with each other and between the variants
 * of the graph.
 *
 * @throws {RangeError} when no asset depends on another
 *
 * @example
 * ```ts
 * import { AssetGraph, hubRankings, hubRankingsFigure, hubVariantAgreement, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: model\n  name: OPT\n  dependencies: [The Pile]\n- type: dataset\n  name: The Pile\n");
 * const snapshot = await readAssetSnapshot(path);
 * const { title } = hubRankingsFigure(
 *   { rankings: hubRankings(new AssetGraph(snapshot)), variants: hubVariantAgreement(snapshot) },
 *   { source: { snapshot: "pile", sha256: null, simulated: false } },
 * );
 * title; // "Which assets are hubs depends on the measure"
 * await Deno.remove(path);
 * ```
 */
export function hubRankingsFigure(
  { rankings, variants: between }: HubRankingsData,
  { source }: FigureOptions,
): Figure {
  const rows = rankings.rows.filter(({ scores, ranks }) =>
    hubMeasures.some((measure) => scores[measure] > 0 && ranks[measure] <= perMeasure)
  );
  if (rows.length === 0) {
    throw new RangeError("Cannot draw the rankings of hubs: found 0 dependencies, expected some");
  }
  const table = rankTable(rows);
  const x = names + hubMeasures.length * cell + gap;
  const measures = agreementMatrix(rankings.agreement, { x });
  const graphs = variantTable(between, { x, y: measures.height + 22 });
  const key = legend(
    assetTypeOrder.filter((type) => rows.some((row) => row.type === type)).map((type) => ({
      label: assetTypeNames[type],
      fill: theme.assetType[type],
    })),
    { width: theme.width.full - x },
  );
  const right = measures.height + 22 + graphs.height + 12;
  const first = (measure: HubMeasure) => rows.find(({ ranks }) => ranks[measure] < 2)?.name ?? null;
  const leaders = hubMeasures.map((measure) => [measure, first(measure)] as const);
  const weakest = rankings.agreement.filter(({ tau }) => tau !== null)
    .toSorted((a, b) => a.tau! - b.tau!)[0];
  return figure({
    name: "21_hub_rankings",
    function: "hubRankingsFigure",
    title: "Which assets are hubs depends on the measure",
    caption:
      `Place of ${count(rows.length)} assets, the first ${perMeasure} of any ranking, in ${
        count(hubMeasures.length)
      } rankings; ties share the mean of their places, a dash means that the measure gives nothing. ` +
      (weakest === undefined
        ? ""
        : `The rankings by ${words[weakest.a]} and by ${
          words[weakest.b]
        } agree least: Kendall's tau-b is ${decimal(weakest.tau!)} over ${
          count(rankings.rows.length)
        } nodes, and ${weakest.shared === 0 ? "none" : count(weakest.shared)} of their first ten ${
          weakest.shared === 1 ? "is" : "are"
        } the same (ties with the tenth included). `) +
      "Right: tau-b between the rankings (1 the same order, 0 none), and for each ranking between the variants of the graph, over the assets that all variants have.",
    alt: leaders.flatMap(([measure, name]) =>
      name === null ? [] : [`${printable(name)} is first by ${words[measure]}`]
    ).join(", ") + ".",
    source,
    graph: `${assetGraphs[rankings.variant]}, edges from an asset to its dependency`,
    values: {
      assets: rows.length,
      nodes: rankings.rows.length,
      perMeasure,
      measures: hubMeasures.length,
      leastTau: weakest?.tau ?? null,
      leastShared: weakest?.shared ?? null,
      leastEither: weakest?.either ?? null,
      ...Object.fromEntries(leaders.map(([measure, name]) => [`${measure}: first`, name])),
      ...Object.fromEntries(
        between.map(({ measure, a, b, tau }) => [`${measure}: ${a} against ${b}`, tau]),
      ),
    },
    rows: rankings.rows.map(({ name, type, organization, scores, ranks }) => ({
      name,
      type,
      organization,
      ...Object.fromEntries(hubMeasures.flatMap((measure) => [
        [measure, scores[measure]],
        [`${measure}Place`, ranks[measure]],
      ])),
    })),
    height: Math.max(table.height, right + key.height) + 6,
    panels: [
      { x: 0, y: 0, node: table.node },
      { x: 0, y: 0, node: measures.node },
      { x: 0, y: 0, node: graphs.node },
      { x, y: right, node: key.node },
    ],
  });
}

interface Part {
  node: SVGElement;
  height: number;
}

/** Dark for the first places, paper from the thirtieth on. */
function shade(place: number): string {
  const [light, dark] = theme.sequential;
  return interpolateRgb(light, dark)(Math.max(0, 1 - Math.log(place) / Math.log(30)) * 0.9);
}

function rankTable(rows: readonly HubRanks[]): Part {
  const top = 30;
  const nodes = hubMeasures.flatMap((measure, k) =>
    heads[measure].map((word, line) =>
      label(word, {
        x: names + (k + 0.5) * cell,
        y: 11 + line * 11,
        size: theme.size.small,
        anchor: "middle",
        fill: theme.muted,
      })
    )
  );
  nodes.push(label("Place in the ranking by", { y: 22, weight: 600 }));
  rows.forEach(({ name, type, scores, ranks }, i) => {
    const y = top + i * rowHeight;
    nodes.push(
      element("circle", { cx: 4, cy: y + rowHeight / 2, r: 3.5, fill: theme.assetType[type] }),
      label(fitText(name, { width: names - 20 }), { x: 12, y: y + rowHeight / 2 + 3.6 }),
    );
    hubMeasures.forEach((measure, k) => {
      const place = ranks[measure];
      const none = scores[measure] === 0;
      const fill = none ? theme.paper : shade(place);
      nodes.push(
        element("rect", {
          x: names + k * cell + 1,
          y: y + 0.5,
          width: cell - 2,
          height: rowHeight - 1,
          fill,
        }),
        label(none ? "–" : String(place), {
          x: names + (k + 0.5) * cell,
          y: y + rowHeight / 2 + 3.6,
          anchor: "middle",
          fill: none ? theme.muted : place < 6 ? theme.paper : theme.ink,
        }),
      );
    });
  });
  return {
    node: element("g", { "aria-label": "places" }, nodes),
    height: top + rows.length * rowHeight,
  };
}

const size = 36;

function tauCell(tau: number | null, { x, y, width }: { x: number; y: number; width: number }) {
  const strong = Math.max(0, tau ?? 0);
  const [light, dark] = theme.sequential;
  return [
    element("rect", {
      x: x + 0.5,
      y: y + 0.5,
      width: width - 1,
      height: rowHeight - 1,
      fill: tau === null ? theme.paper : interpolateRgb(light, dark)(strong * 0.9),
    }),
    label(tau === null ? "–" : decimal(tau), {
      x: x + width / 2,
      y: y + rowHeight / 2 + 3.6,
      anchor: "middle",
      fill: strong > 0.5 ? theme.paper : theme.ink,
    }),
  ];
}

/** Lower half of the matrix, each row after the measure that it compares with those above. */
function agreementMatrix(agreement: HubRankings["agreement"], { x }: { x: number }): Part {
  const room = theme.width.full - x - 4 * size;
  const nodes = [label("Agreement of the rankings, tau-b", { x, y: 22, weight: 600 })];
  const top = 30;
  hubMeasures.slice(1).forEach((b, i) => {
    const y = top + i * rowHeight;
    nodes.push(
      label(fitText(words[b], { width: room - 6 }), {
        x: x + room - 6,
        y: y + rowHeight / 2 + 3.6,
        anchor: "end",
      }),
    );
    hubMeasures.slice(0, i + 1).forEach((a, k) => {
      const tau = agreement.find((pair) => pair.a === a && pair.b === b)!.tau;
      nodes.push(...tauCell(tau, { x: x + room + k * size, y, width: size }));
    });
  });
  const y = top + 4 * rowHeight + 10;
  ["direct", "all", "PageR.", "betw."].forEach((word, k) =>
    nodes.push(label(word, {
      x: x + room + (k + 0.5) * size,
      y,
      size: theme.size.small,
      anchor: "middle",
      fill: theme.muted,
    }))
  );
  return { node: element("g", { "aria-label": "agreement of the rankings" }, nodes), height: y };
}

function variantTable(
  rows: readonly VariantAgreement[],
  { x, y }: { x: number; y: number },
): Part {
  const width = 48;
  const room = theme.width.full - x - 3 * width;
  const pairs = rows.filter(({ measure }) => measure === "direct").map(({ a, b }) => ({ a, b }));
  const nodes = [label("Agreement of the graph's variants, tau-b", { x, y: y + 11, weight: 600 })];
  pairs.forEach(({ a, b }, k) => {
    [variants[a], variants[b]].forEach((word, line) =>
      nodes.push(label(word, {
        x: x + room + (k + 0.5) * width,
        y: y + 27 + line * 11,
        size: theme.size.small,
        anchor: "middle",
        fill: theme.muted,
      }))
    );
  });
  const top = y + 44;
  hubMeasures.forEach((measure, i) => {
    nodes.push(
      label(fitText(words[measure], { width: room - 6 }), {
        x: x + room - 6,
        y: top + i * rowHeight + rowHeight / 2 + 3.6,
        anchor: "end",
      }),
    );
    pairs.forEach(({ a, b }, k) => {
      const row = rows.find((row) => row.measure === measure && row.a === a && row.b === b)!;
      nodes.push(
        ...tauCell(row.tau, { x: x + room + k * width, y: top + i * rowHeight, width }),
      );
    });
  });
  return {
    node: element("g", { "aria-label": "agreement of the variants" }, nodes),
    height: 44 + hubMeasures.length * rowHeight,
  };
}
