import type { AssetPattern } from "../../measure/assets/patterns/asset_patterns.ts";
import type { EgoType } from "../../measure/assets/asset_hubs.ts";
import { element } from "../dom.ts";
import { theme } from "../theme.ts";

/** A pattern as a drawing: where its nodes stand from left to right in a box of 1 by 1, its edges, and its name. */
export interface PatternShape {
  /** Name in a figure. */
  readonly title: string;
  /** What it is, in few words. */
  readonly words: string;
  /** Nodes in the order of the pattern. */
  readonly nodes: readonly (readonly [x: number, y: number])[];
  /** Places of the two nodes of each edge. */
  readonly edges: readonly (readonly [from: number, to: number])[];
  /** Whether the nodes belong to different organisations. */
  readonly apart: boolean;
}

const row = { nodes: [[0, 0.5], [0.5, 0.5], [1, 0.5]], edges: [[0, 1], [1, 2]] } as const;

/** The drawings of the patterns. */
export const patternShapes: Readonly<Record<AssetPattern, PatternShape>> = {
  broadcast: {
    title: "Broadcast",
    words: "one asset feeds three",
    nodes: [[0, 0.5], [1, 0], [1, 0.5], [1, 1]],
    edges: [[0, 1], [0, 2], [0, 3]],
    apart: false,
  },
  funnel: {
    title: "Funnel",
    words: "three assets feed one",
    nodes: [[0, 0], [0, 0.5], [0, 1], [1, 0.5]],
    edges: [[0, 3], [1, 3], [2, 3]],
    apart: false,
  },
  chain: { title: "Chain", words: "two steps", ...row, apart: false },
  typedChain: {
    title: "Pipeline",
    words: "dataset, model, application",
    ...row,
    apart: false,
  },
  triangle: {
    title: "Triangle",
    words: "two steps, and straight",
    nodes: [[0, 1], [0.5, 0], [1, 1]],
    edges: [[0, 1], [1, 2], [0, 2]],
    apart: false,
  },
  diamond: {
    title: "Diamond",
    words: "two ways of two steps",
    nodes: [[0, 0.5], [0.5, 0], [0.5, 1], [1, 0.5]],
    edges: [[0, 1], [0, 2], [1, 3], [2, 3]],
    apart: false,
  },
  crossOrganizationChain: {
    title: "Chain across three",
    words: "of three organisations",
    ...row,
    apart: true,
  },
  crossOrganizationTypedChain: {
    title: "Pipeline across three",
    words: "of three organisations",
    ...row,
    apart: true,
  },
};

const radius = 4;

/**
 * Draws a pattern into a box.
 *
 * @param types Types of its nodes, which give their colours.
 */
export function patternGlyph(
  { nodes, edges, apart }: PatternShape,
  types: readonly EgoType[],
  { width, height }: { width: number; height: number },
): SVGElement {
  const at = (node: number) => [
    radius + nodes[node][0] * (width - 2 * radius),
    radius + nodes[node][1] * (height - 2 * radius),
  ];
  const arrows = edges.flatMap(([from, to]) => {
    const [[x1, y1], [x2, y2]] = [at(from), at(to)];
    const length = Math.hypot(x2 - x1, y2 - y1);
    const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
    const [tipX, tipY] = [x2 - dx * (radius + 1), y2 - dy * (radius + 1)];
    const wing = (side: number) =>
      `${tipX - 4 * dx + side * 2.2 * dy},${tipY - 4 * dy - side * 2.2 * dx}`;
    return [
      element("path", {
        d: `M${x1},${y1}L${tipX},${tipY}`,
        stroke: theme.muted,
        "stroke-width": 0.9,
      }),
      element("path", { d: `M${tipX},${tipY}L${wing(1)}L${wing(-1)}Z`, fill: theme.muted }),
    ];
  });
  const borders = apart
    ? edges.map(([from, to]) => {
      const x = (at(from)[0] + at(to)[0]) / 2 - 1;
      return element("path", {
        d: `M${x},0V${height}`,
        stroke: theme.muted,
        "stroke-width": 0.8,
        "stroke-dasharray": "2 2",
      });
    })
    : [];
  const dots = nodes.map((_, node) => {
    const [cx, cy] = at(node);
    return element("circle", {
      cx,
      cy,
      r: radius,
      fill: theme.assetType[types[node]],
      stroke: theme.paper,
      "stroke-width": 0.8,
    });
  });
  return element("g", {}, [...arrows, ...borders, ...dots]);
}
