import type { PairName } from "../measure/report.ts";
import { element } from "./dom.ts";
import { theme } from "./theme.ts";

/** A node of a glyph: column and generation. */
type Place = readonly [column: number, generation: number];

/** A sub-tree: where its nodes stand, its edges, and which two nodes each of its pairs compares. */
export interface TreeShape {
  /** Name in a figure. */
  readonly title: string;
  /** Nodes by the letters of the definitions. */
  readonly nodes: Readonly<Record<string, Place>>;
  /** Edges, parent before child. */
  readonly edges: readonly string[];
  /** Two letters for each pair, keyed by its name. */
  readonly pairs: readonly (readonly [pair: PairName, nodes: string])[];
}

/** All sub-trees in the order of the figure: a pair of strangers, then trees of two, three and four models. */
export const treeShapes: readonly TreeShape[] = [
  {
    title: "Random",
    nodes: { a: [0, 0.5], b: [1, 0.5] },
    edges: [],
    pairs: [["random", "ab"]],
  },
  {
    title: "Edge",
    nodes: { u: [0, 0], v: [0, 1] },
    edges: ["uv"],
    pairs: [["edge.parentChild", "uv"]],
  },
  {
    title: "Fork",
    nodes: { u: [0.5, 0], v: [0, 1], w: [1, 1] },
    edges: ["uv", "uw"],
    pairs: [["fork.parentChild", "uv"], ["fork.siblings", "vw"]],
  },
  {
    title: "Chain",
    nodes: { u: [0, 0], v: [0, 1], w: [0, 2] },
    edges: ["uv", "vw"],
    pairs: [["chain.upper", "uv"], ["chain.lower", "vw"], ["chain.grandparent", "uw"]],
  },
  {
    title: "Star",
    nodes: { u: [1, 0], v: [0, 1], w: [1, 1], x: [2, 1] },
    edges: ["uv", "uw", "ux"],
    pairs: [["star.parentChild", "uv"], ["star.siblings", "vw"]],
  },
  {
    title: "Chain with fork",
    nodes: { u: [0.5, 0], v: [0.5, 1], w: [0, 2], x: [1, 2] },
    edges: ["uv", "vw", "vx"],
    pairs: [
      ["chainFork.upper", "uv"],
      ["chainFork.lower", "vw"],
      ["chainFork.siblings", "wx"],
      ["chainFork.grandparent", "uw"],
    ],
  },
  {
    title: "Fork with grandchild",
    nodes: { u: [0.5, 0], v: [0, 1], x: [1, 1], w: [0, 2] },
    edges: ["uv", "ux", "vw"],
    pairs: [
      ["forkChain.upper", "uv"],
      ["forkChain.lower", "vw"],
      ["forkChain.siblings", "vx"],
      ["forkChain.aunt", "xw"],
      ["forkChain.grandparent", "uw"],
    ],
  },
  {
    title: "Chain of four",
    nodes: { t: [0, 0], u: [0, 1], v: [0, 2], w: [0, 3] },
    edges: ["tu", "uv", "vw"],
    pairs: [
      ["longChain.upper", "tu"],
      ["longChain.middle", "uv"],
      ["longChain.lower", "vw"],
      ["longChain.upperGrandparent", "tv"],
      ["longChain.lowerGrandparent", "uw"],
      ["longChain.greatGrandparent", "tw"],
    ],
  },
];

/** Shades of 0, 1, 2 and 3 generations apart. */
export const generationShades = ["#0b3c6f", "#2f78b7", "#7db4dc", "#c4dcef"] as const;

/** Generations between the two models of a pair; null for strangers. */
export function generationsApart({ nodes, edges }: TreeShape, pair: string): number | null {
  if (edges.length === 0) return null;
  return Math.abs(nodes[pair[0]][1] - nodes[pair[1]][1]);
}

/** Shade of a pair. */
export function pairShade(shape: TreeShape, pair: string): string {
  const apart = generationsApart(shape, pair);
  return apart === null ? theme.muted : generationShades[apart];
}

const step = { x: 7.2, y: 8.6 };
const radius = 3;

/** A sub-tree whose top is at y and whose middle at x, with the two nodes of the pair filled. */
export function treeGlyph(
  shape: TreeShape,
  pair: string,
  { x, y }: { x: number; y: number },
): SVGElement {
  const { nodes, edges } = shape;
  const widest = Math.max(...Object.values(nodes).map(([column]) => column));
  const at = (node: string): Place => {
    const [column, generation] = nodes[node];
    return [x + (column - widest / 2) * step.x, y + radius + generation * step.y];
  };
  const lines = edges.map(([from, to]) => {
    const [[x1, y1], [x2, y2]] = [at(from), at(to)];
    return element("path", {
      d: `M${x1},${y1}L${x2},${y2}`,
      stroke: theme.muted,
      "stroke-width": 0.8,
    });
  });
  const dots = Object.keys(nodes).map((node) => {
    const [cx, cy] = at(node);
    const compared = pair.includes(node);
    return element("circle", {
      cx,
      cy,
      r: compared ? radius : radius - 0.7,
      fill: compared ? pairShade(shape, pair) : theme.paper,
      stroke: compared ? theme.ink : theme.muted,
      "stroke-width": compared ? 0.7 : 0.8,
    });
  });
  return element("g", {}, [...lines, ...dots]);
}
