import { curveBumpX, line } from "d3";
import { fitId, fitText, printable as drawable, textWidth } from "../../figure/text.ts";
import { assetTypeNames, assetTypeOrder, theme } from "../../figure/theme.ts";
import { tag, textHtml } from "../html.ts";
import { printable } from "../text_table.ts";
import type { Picture } from "../picture_bundle.ts";
import { arrange } from "./arrange.ts";
import { drawing, type Key, round, sizes, text } from "./drawing.ts";
import type { Network, NetworkNode, NodeType } from "./network.ts";

/** Longest label and the gap from there to the marks of the next layer, the widest that a page has room for. */
const spreads = [[190, 60], [165, 50], [140, 42], [115, 36], [90, 30]] as const;
/** From the middle of a mark to its label. */
const labelAt = 11;

/** A network from left to right: each node right of what it was built from, its mark and colour its type. */
export function networkSvg(network: Network): Picture {
  const { nodes, edges } = network;
  const { layer, y, passes, height } = arrange(nodes.length, edges);
  const { labels, wide, left, width } = spread(nodes, layer);
  const at = (l: number, level: number): [number, number] => [left[l], sizes.row * level];
  const isNear = (from: number, to: number) => nodes[from].steps === 0 || nodes[to].steps === 0;
  const curve = line().curve(curveBumpX).digits(1);
  const paths = edges.map(({ from, to, kind }, e) => {
    const back = layer[from] > layer[to];
    const [a, b] = back ? [to, from] : [from, to];
    const [x1, y1] = at(layer[a], y[a]);
    const [x2, y2] = at(layer[b], y[b]);
    const between = passes[e].flatMap(({ layer: l, y: level }): [number, number][] => {
      const [x, height] = at(l, level);
      return [[x, height], [x + labelAt + wide[l], height]];
    });
    const d = curve([[x1 + labelAt + labels[a].width + 5, y1], ...between, [x2 - 8, y2]])!;
    return tag("path", {
      d,
      fill: "none",
      stroke: kind?.ink ?? theme.muted,
      "stroke-opacity": isNear(from, to) || kind !== undefined ? 0.75 : 0.35,
      "stroke-width": isNear(from, to) ? 1.6 : 1,
      "stroke-dasharray": back ? "2 3" : undefined,
      "data-from": from,
      "data-to": to,
    });
  });
  const marks = nodes.map((node, i) => {
    const [x, height] = at(layer[i], y[i]);
    return nodeSvg(node, { x, y: height, ...labels[i], network });
  });
  const title = drawable(printable(network.title));
  return drawing({
    title,
    words: network.words,
    keys: keysOf(network),
    body: `${tag("g", { class: "edges" }, paths.join("\n"))}\n${
      tag("g", { class: "nodes" }, marks.join("\n"))
    }`,
    width,
    height: sizes.row * height,
    alt: `Node-link diagram. ${network.words} ${nearWords(network)}`,
    kind: "network",
  });
}

interface Label {
  label: string;
  width: number;
}

/** The labels, the width of each layer's longest, where each layer begins, and the width of all. */
function spread(nodes: readonly NetworkNode[], layer: readonly number[]) {
  let found = {
    labels: [] as Label[],
    wide: [] as number[],
    left: [] as number[],
    width: Infinity,
  };
  for (const [longest, gap] of spreads) {
    if (found.width <= sizes.room) break;
    const labels = nodes.map((node) => labelOf(node, { longest }));
    const wide: number[] = [];
    nodes.forEach((_, i) => wide[layer[i]] = Math.max(wide[layer[i]] ?? 0, labels[i].width));
    const left = [12];
    wide.forEach((width, l) => left[l + 1] = left[l] + labelAt + width + gap);
    const ends = nodes.map((_, i) => left[layer[i]] + labelAt + labels[i].width);
    found = { labels, wide, left, width: Math.max(...ends) };
  }
  return found;
}

function weightOf({ steps }: NetworkNode): 400 | 600 {
  return steps === 0 ? 600 : 400;
}

function labelOf(node: NetworkNode, { longest }: { longest: number }): Label {
  const style = { size: sizes.text, weight: weightOf(node) };
  const fit = node.name.includes("/") ? fitId : fitText;
  const label = fit(printable(node.name), { width: longest, ...style });
  return { label, width: textWidth(label, style) };
}

function markSvg(type: NodeType): string {
  const ink = theme.assetType[type];
  const style = { fill: ink, stroke: theme.paper, "stroke-width": 1 };
  switch (type) {
    case "dataset":
      return tag("rect", { x: -5, y: -5, width: 10, height: 10, ...style });
    case "application":
      return tag("path", { d: "M0,-6.5L6.5,0L0,6.5L-6.5,0Z", ...style });
    case "undocumented":
      return tag("circle", {
        r: 4.8,
        fill: theme.paper,
        stroke: theme.muted,
        "stroke-width": 1.4,
        "stroke-dasharray": "2.5 2",
      });
    default:
      return tag("circle", { r: 5.5, ...style });
  }
}

function nodeSvg(
  node: NetworkNode,
  { x, y, label, width, network }: {
    x: number;
    y: number;
    label: string;
    width: number;
    network: Network;
  },
): string {
  const own = network.nodes.indexOf(node);
  const made = network.edges.filter(({ to, kind }) => to === own && kind !== undefined)
    .map(({ from, kind }) => `${kind!.label} of ${network.nodes[from].name}`);
  const facts = node.facts.map(([name, value]) => `${name}: ${value}`);
  const tip = [node.name, assetTypeNames[node.type], ...made, ...facts].join("\n");
  return tag(
    "g",
    { class: "n", transform: `translate(${round(x)},${round(y)})` },
    tag("title", {}, textHtml(tip)) +
      // Edges that pass below a name fade there.
      tag("rect", {
        x: labelAt - 2,
        y: -7,
        width: Math.ceil(width) + 4,
        height: 14,
        fill: theme.paper,
        "fill-opacity": 0.75,
      }) +
      markSvg(node.type) +
      text(label, {
        x: labelAt,
        y: 4,
        weight: weightOf(node),
        fill: node.type === "undocumented" ? theme.muted : undefined,
      }),
  );
}

function keysOf({ nodes, edges }: Network): Key[] {
  const types = new Set(nodes.map(({ type }) => type));
  const kinds = new Map(
    edges.flatMap(({ kind }) => kind === undefined ? [] : [[kind.label, kind.ink]]),
  );
  return [
    ...assetTypeOrder.filter((type) => types.has(type))
      .map((type) => ({ label: assetTypeNames[type], mark: markSvg(type) })),
    ...[...kinds].map(([label, ink]) => ({
      label,
      mark: tag("path", { d: "M-6,0H6", stroke: ink, "stroke-width": 2 }),
    })),
  ];
}

/** The first direct neighbours in words. */
function nearWords({ nodes }: Network): string {
  const near = nodes.filter(({ steps }) => steps === 1).slice(0, 5).map(({ name }) =>
    drawable(printable(name))
  );
  return near.length === 0 ? "" : `Its neighbours are among others ${near.join(", ")}.`;
}
