import * as Plot from "@observablehq/plot";
import { byCodeUnits } from "../../core/compare.ts";
import type { MediatedPair } from "../../measure/assets/organizations/mediated_pairs.ts";
import type { MediatingModel, Mediation } from "../../measure/assets/organizations/mediation.ts";
import { chart, label, legend, pixels } from "../chart.ts";
import { element } from "../dom.ts";
import { count, fitCount, plural } from "../format.ts";
import { fitText, printable, textWidth } from "../text.ts";
import { theme } from "../theme.ts";

/** A way from data to a product; those of third parties apart by whether one model is on every path. */
type Route = keyof Mediation["routes"] | "sole";

/** The routes in words, in the order they are drawn. */
export const routeNames: Readonly<Record<Route, string>> = {
  sole: "by a third party's model, on every path",
  thirdParty: "by a third party's model, with a way round",
  ownData: "only by models of the data's owner",
  ownProducts: "only by models of the product's owner",
  joint: "by models of both owners",
  none: "by no model",
};

const inks: Readonly<Record<Route, string>> = {
  sole: "#08306b",
  thirdParty: "#6b9ac4",
  ownData: "#e69f00",
  ownProducts: "#009e73",
  joint: "#cc79a7",
  none: "#c3c9d0",
};

/** How many connections go each way, those with none left out. */
export function routesOf({ routes, sole }: Mediation): { route: Route; connections: number }[] {
  const counts = { ...routes, sole, thirdParty: routes.thirdParty - sole };
  return (Object.keys(routeNames) as Route[])
    .map((route) => ({ route, connections: counts[route] }))
    .filter(({ connections }) => connections > 0);
}

/** One end of what a model carries. */
export interface End {
  /** How many assets. */
  counts: string;
  /** Their owners, those with most pairs first. */
  names: string[];
}

/** The assets at one end of some pairs and their owners. */
export function endOf(
  pairs: readonly MediatedPair[],
  { noun, asset, owners }: {
    noun: string;
    asset: (pair: MediatedPair) => string;
    owners: (pair: MediatedPair) => readonly string[];
  },
): End {
  const counts = new Map<string, number>();
  for (const pair of pairs) {
    for (const owner of owners(pair)) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return {
    counts: plural(new Set(pairs.map(asset)).size, noun),
    names: [...counts.keys()]
      .sort((a, b) => counts.get(b)! - counts.get(a)! || byCodeUnits(a, b)),
  };
}

/** As many names as fit, the first one cut if it must be, and how many more there are. */
function fitNames(names: readonly string[], width: number): string {
  const size = theme.size.small;
  if (names.length === 0) return "owner not known";
  let text = fitText(names[0], { width: width - 24, size });
  let shown = 1;
  const more = (n: number) => n < names.length ? ` +${count(names.length - n)}` : "";
  while (shown < names.length) {
    const longer = `${text}, ${printable(names[shown])}`;
    if (textWidth(longer + more(shown + 1), { size }) > width) break;
    text = longer;
    shown++;
  }
  return text + more(shown);
}

/** One bar of all connections, by what carries them. */
export function routeStrip(mediation: Mediation): { node: SVGElement; height: number } {
  const size = theme.size.small;
  const width = theme.width.full;
  let before = 0;
  const parts = routesOf(mediation).map(({ route, connections }) => {
    const x1 = before / mediation.connections * width;
    before += connections;
    return { route, connections, x1, x2: before / mediation.connections * width };
  });
  const names = legend(
    parts.map(({ route, connections }) => ({
      label: `${routeNames[route]}: ${count(connections)}`,
      fill: inks[route],
    })),
    { width },
  );
  names.node.setAttribute("transform", "translate(0,42)");
  const node = chart({
    width,
    height: 40,
    ...pixels,
    marks: [
      Plot.rect(parts, {
        x1: "x1",
        x2: "x2",
        y1: 18,
        y2: 36,
        fill: ({ route }: { route: Route }) => inks[route],
      }),
      Plot.text(parts, {
        x: ({ x1, x2 }) => (x1 + x2) / 2,
        y: 27,
        text: ({ connections, x1, x2 }) => fitCount(connections, { width: x2 - x1 - 4, size }),
        fontSize: size,
        fill: ({ route }) => route === "sole" ? theme.paper : theme.ink,
      }),
    ],
  });
  return {
    node: element("g", { "aria-label": "routes" }, [
      label("How data reach the products of others", { y: 10, weight: 600 }),
      node,
      names.node,
    ]),
    height: 42 + names.height + 16,
  };
}

/** A model and the two ends of what it carries. */
export interface TableRow extends MediatingModel {
  data: End;
  products: End;
}

const rowHeight = 33;
/** Places of the columns: ends of the texts, middle of the boxes, beginning of the bars. */
const columns = { data: 172, box: [198, 356], products: 382, bars: 548 } as const;

/** A row for each model: whose data, the model, whose products, and how many pairs. */
export function modelTable(rows: readonly TableRow[]): { node: SVGElement; height: number } {
  const size = theme.size.small;
  const width = theme.width.full;
  const head = 24;
  const height = head + rowHeight * rows.length + 4;
  const [left, right] = columns.box;
  const centre = (left + right) / 2;
  const y = (i: number) => head + rowHeight * i;
  const totals = rows.map((row) => row.pairs + row.ownData + row.ownProducts + row.joint);
  const room = width - columns.bars - Math.max(...totals.map((all) => textWidth(count(all)))) - 8;
  const x = (value: number) => columns.bars + value / Math.max(...totals) * room;
  const parts = rows.flatMap((row, i) => {
    const counts = {
      sole: row.sole,
      thirdParty: row.pairs - row.sole,
      ownData: row.ownData,
      ownProducts: row.ownProducts,
      joint: row.joint,
    };
    let before = 0;
    return (Object.keys(counts) as (keyof typeof counts)[]).map((route) => {
      const x1 = x(before);
      before += counts[route];
      return { route, i, x1, x2: x(before) };
    }).filter(({ x1, x2 }) => x2 > x1);
  });
  const arrows = rows.flatMap((_, i) =>
    [columns.data + 5, right + 4].map((from) => ({ from, to: from + 17, y: y(i) + 14 }))
  );
  const node = chart({
    width,
    height,
    ...pixels,
    marks: [
      Plot.rect(rows, {
        x1: left,
        x2: right,
        y1: (_, i) => y(i),
        y2: (_, i) => y(i) + rowHeight - 5,
        fill: "#f3f5f8",
        stroke: theme.faint,
        strokeWidth: 0.6,
        rx: 3,
      }),
      Plot.arrow(arrows, {
        x1: "from",
        x2: "to",
        y1: "y",
        y2: "y",
        stroke: theme.muted,
        strokeWidth: 1,
        headLength: 5,
        headAngle: 50,
      }),
      Plot.rect(parts, {
        x1: "x1",
        x2: "x2",
        y1: ({ i }) => y(i) + 7,
        y2: ({ i }) => y(i) + 21,
        fill: ({ route }: { route: Route }) => inks[route],
      }),
    ],
  });
  const texts = rows.flatMap(({ name, owners, data, products }, i) => [
    label(data.counts, { x: columns.data, y: y(i) + 11, anchor: "end" }),
    label(fitNames(data.names, columns.data), {
      x: columns.data,
      y: y(i) + 23.5,
      size,
      anchor: "end",
      fill: theme.muted,
    }),
    label(fitText(name, { width: right - left - 8, weight: 600 }), {
      x: centre,
      y: y(i) + 11,
      weight: 600,
      anchor: "middle",
    }),
    label(fitNames(owners, right - left - 8), {
      x: centre,
      y: y(i) + 23.5,
      size,
      anchor: "middle",
      fill: theme.muted,
    }),
    label(products.counts, { x: columns.products, y: y(i) + 11 }),
    label(fitNames(products.names, columns.bars - columns.products - 10), {
      x: columns.products,
      y: y(i) + 23.5,
      size,
      fill: theme.muted,
    }),
    label(count(totals[i]), { x: x(totals[i]) + 5, y: y(i) + 17.5 }),
  ]);
  const heads = [
    label("Whose data", { x: columns.data, y: 10, weight: 600, anchor: "end" }),
    label("Model and its owner", { x: centre, y: 10, weight: 600, anchor: "middle" }),
    label("Whose products", { x: columns.products, y: 10, weight: 600 }),
    label("Pairs carried", { x: columns.bars, y: 10, weight: 600 }),
  ];
  return { node: element("g", { "aria-label": "models" }, [...heads, node, ...texts]), height };
}
