import * as Plot from "@observablehq/plot";
import type { AssetEgo, EgoType } from "../../measure/assets/asset_hubs.ts";
import { chart, label, legend, pixels } from "../chart.ts";
import { element } from "../dom.ts";
import { type AssetFigureOptions, assetGraphs, type Figure, figure } from "../figure.ts";
import { count, plural } from "../format.ts";
import { fitText, printable, textWidth } from "../text.ts";
import { assetTypeNames, assetTypeOrder, theme } from "../theme.ts";

/** Most dependants drawn around one hub; the rest is counted. */
const most = 32;
const lineHeight = 12.5;
const gap = 20;
const panelWidth = (theme.width.full - gap) / 2;

/** A dependant and where it is drawn. */
interface Placed {
  name: string;
  type: EgoType;
  organization: string;
  dependants: number;
  x: number;
  y: number;
  side: "left" | "right";
}

/**
 * The neighbourhood of each of the largest hubs: the assets that are built directly on it, with their names, and the
 * dependencies among them.
 *
 * @throws {RangeError} when there is no hub
 *
 * @example
 * ```ts
 * import { assetHubsFigure } from "kindred";
 * const pile = {
 *   hub: { name: "The Pile", type: "dataset", organization: "EleutherAI" } as const,
 *   dependants: [
 *     { name: "GPT-J", type: "model", organization: "EleutherAI", dependants: 0 } as const,
 *   ],
 *   edges: [],
 *   transitive: 1,
 * };
 * const { values } = assetHubsFigure([pile], {
 *   source: { snapshot: "sample", sha256: null, simulated: false },
 *   variant: "aliased",
 * });
 * values.hubs; // 1
 * ```
 */
export function assetHubsFigure(
  data: readonly AssetEgo[],
  { source, variant }: AssetFigureOptions,
): Figure {
  if (data.length === 0) {
    throw new RangeError("Cannot draw the hubs of assets: found 0 hubs, expected at least 1");
  }
  const shown = assetTypeOrder.filter((type) =>
    data.some(({ hub, dependants }) =>
      hub.type === type || dependants.some((asset) => asset.type === type)
    )
  );
  const key = legend(
    shown.map((type) => ({ label: assetTypeNames[type], fill: theme.assetType[type] })),
  );
  const panels = [{ x: 0, y: 0, node: key.node as Element }];
  let y = key.height + 8;
  for (let i = 0; i < data.length; i += 2) {
    const pair = data.slice(i, i + 2).map(egoPanel);
    pair.forEach(({ node }, k) => panels.push({ x: k * (panelWidth + gap), y, node }));
    y += Math.max(...pair.map(({ height }) => height)) + 14;
  }
  const hidden = data.some(({ dependants }) => dependants.length > most);
  return figure({
    name: "01_asset_hubs",
    function: "assetHubsFigure",
    title: "The hubs of the asset graph",
    caption: `Assets that build directly on each of ${
      plural(data.length, "hub")
    }, named and coloured by type; arrows join dependants that also build on each other, and larger dots have more dependants of their own. ${
      data.map(({ hub, dependants, transitive }) =>
        `${printable(hub.name)}: ${count(dependants.length)} direct, ${count(transitive)} in all`
      ).join("; ")
    }.`,
    alt: data.map(({ hub, dependants }) =>
      `${printable(hub.name)} has ${plural(dependants.length, "direct dependant")}${
        dependants.length > 0
          ? `, such as ${
            dependants.slice(0, 3).map(({ name }) => printable(name)).join(", ")
          }`
          : ""
      }`
    ).join(". ") + ".",
    source,
    graph: `${assetGraphs[variant]}, edges from an asset to what is built on it`,
    remark: hidden ? `At most ${most} dependants of a hub are drawn.` : "",
    values: {
      hubs: data.length,
      ...Object.fromEntries(
        data.flatMap(({ hub, dependants, transitive }) => [
          [`${hub.name}: direct`, dependants.length],
          [`${hub.name}: transitive`, transitive],
        ]),
      ),
    },
    rows: data.flatMap(({ hub, dependants, edges }) => [
      ...dependants.map(({ name, type, organization, dependants }) => ({
        hub: hub.name,
        from: hub.name,
        to: name,
        type,
        organization,
        dependants,
      })),
      ...edges.map(({ from, to }) => {
        const asset = dependants.find(({ name }) => name === to);
        return {
          hub: hub.name,
          from,
          to,
          type: asset?.type ?? null,
          organization: asset?.organization ?? null,
          dependants: asset?.dependants ?? null,
        };
      }),
    ]),
    height: y,
    panels,
  });
}

function egoPanel({ hub, dependants, edges, transitive }: AssetEgo): {
  node: SVGElement;
  height: number;
} {
  const drawn = [...dependants]
    .sort((a, b) => b.dependants - a.dependants || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .sort((a, b) => assetTypeOrder.indexOf(a.type) - assetTypeOrder.indexOf(b.type));
  const perSide = Math.ceil(drawn.length / 2);
  const top = 38;
  const height = top + Math.max(perSide, 4) * lineHeight;
  const middle = { x: panelWidth / 2, y: top + (height - top) / 2 };
  const placed = ring(drawn, { middle, height: height - top });
  const at = new Map(placed.map((asset) => [asset.name, asset]));
  const among = edges.flatMap(({ from, to }) => {
    const [a, b] = [at.get(from), at.get(to)];
    return a && b && a !== b ? [{ a, b }] : [];
  });
  const node = chart({
    width: panelWidth,
    height,
    ...pixels,
    marks: [
      Plot.link(placed, {
        x1: middle.x,
        y1: middle.y,
        x2: "x",
        y2: "y",
        stroke: ({ type }) => theme.assetType[type as EgoType],
        strokeOpacity: 0.55,
        strokeWidth: 1,
      }),
      Plot.dot(placed, {
        x: "x",
        y: "y",
        r: ({ dependants }) => Math.min(6, 3 + Math.sqrt(dependants) * 0.8),
        fill: ({ type }) => theme.assetType[type as EgoType],
        stroke: theme.paper,
        strokeWidth: 0.8,
      }),
      Plot.dot([middle], {
        x: "x",
        y: "y",
        r: 9,
        fill: theme.assetType[hub.type],
        stroke: theme.paper,
        strokeWidth: 1.5,
      }),
      ...[1, -1].map((sign) =>
        Plot.arrow(among.filter(({ a, b }) => bow(a, b) === sign), {
          x1: ({ a }) => a.x,
          y1: ({ a }) => a.y,
          x2: ({ b }) => b.x,
          y2: ({ b }) => b.y,
          bend: sign * 35,
          inset: 5,
          headLength: 5,
          stroke: theme.ink,
          strokeOpacity: 0.7,
          strokeWidth: 0.8,
        })
      ),
    ],
    r: { type: "identity" },
  });
  const names = placed.map((asset) => {
    const right = asset.side === "right";
    const room = right ? panelWidth - asset.x - 9 : asset.x - 9;
    return label(fitText(asset.name, { width: room, size: theme.size.small }), {
      x: right ? asset.x + 9 : asset.x - 9,
      y: asset.y + 3.4,
      size: theme.size.small,
      anchor: right ? "start" : "end",
    });
  });
  const title = fitText(hub.name, { width: panelWidth, size: theme.size.title, weight: 600 });
  const owner = hub.organization === "" ? "" : `${printable(hub.organization)}; `;
  const hidden = dependants.length - drawn.length;
  const detail = `${owner}${count(dependants.length)} direct${
    hidden > 0 ? ` (${count(hidden)} not drawn)` : ""
  }, ${count(transitive)} in all`;
  return {
    height,
    node: element("g", { "aria-label": printable(hub.name) }, [
      label(title, { y: 11, size: theme.size.title, weight: 600 }),
      label(fitText(detail, { width: panelWidth }), { y: 25, fill: theme.muted }),
      node,
      ...names,
    ]),
  };
}

/** The side to which an arrow is bent so that it stays inside the ring: 1 left of its direction, -1 right of it. */
function bow(a: Placed, b: Placed): number {
  if (a.side !== b.side) return 1;
  return (a.side === "left") === (a.y < b.y) ? 1 : -1;
}

/** Places assets on the two halves of an ellipse, top to bottom, one line of text apart. */
function ring(
  assets: readonly Omit<Placed, "x" | "y" | "side">[],
  { middle, height }: { middle: { x: number; y: number }; height: number },
): Placed[] {
  const left = Math.ceil(assets.length / 2);
  // Long names get more of the width, the circle keeps at least 0.16 of it on each side.
  const radii = [assets.slice(0, left), assets.slice(left)].map((half) => {
    const widths = half.map(({ name }) => textWidth(printable(name), { size: theme.size.small }));
    return Math.max(
      panelWidth * 0.16,
      Math.min(panelWidth * 0.28, panelWidth / 2 - Math.max(0, ...widths) - 10),
    );
  });
  return assets.map((asset, i) => {
    const side = i < left ? "left" : "right";
    const n = side === "left" ? left : assets.length - left;
    const k = side === "left" ? i : i - left;
    const offset = (k - (n - 1) / 2) * lineHeight;
    const bend = Math.sqrt(Math.max(0, 1 - (offset / (height / 2 + 4)) ** 2));
    const reach = radii[side === "left" ? 0 : 1] * (0.45 + 0.55 * bend);
    return {
      ...asset,
      side,
      x: middle.x + (side === "left" ? -reach : reach),
      y: middle.y + offset,
    };
  });
}
