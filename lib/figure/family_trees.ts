import * as Plot from "@observablehq/plot";
import type { FamilyTree } from "../measure/family_trees.ts";
import { chart, label, legend, pixels } from "./chart.ts";
import { element } from "./dom.ts";
import { type FamilyMark, summariseFamily } from "./family_summary.ts";
import { type Figure, figure, type FigureOptions, type Panel } from "./figure.ts";
import { count, plural } from "./format.ts";
import { fitId, printable } from "./text.ts";
import { relationNames, theme } from "./theme.ts";

const gap = 20;
const panelWidth = (theme.width.full - gap) / 2;
const levelHeight = 58;

/** A mark with its place in the panel. */
interface Placed {
  mark: FamilyMark;
  parent: Placed | null;
  x: number;
  y: number;
}

/** A mark and its generation. */
interface Layer {
  mark: FamilyMark;
  parent: Layer | null;
  depth: number;
}

/**
 * Family trees by layers, the root on top, edges coloured by relation. The largest branches are named; the other
 * children of a model are drawn as one dot a relation with their number, so nothing is left out of the counts.
 *
 * @throws {RangeError} when there is no family
 *
 * @example
 * ```ts
 * import { familyTreesFigure } from "kindred";
 * const family = {
 *   root: "a/base",
 *   models: 2,
 *   edges: [{ parent: "a/base", child: "b/tuned", relation: "finetune" } as const],
 * };
 * const { rows } = familyTreesFigure([family], {
 *   source: { snapshot: "sample", sha256: null, simulated: false },
 * });
 * rows.length; // 1
 * ```
 */
export function familyTreesFigure(data: readonly FamilyTree[], { source }: FigureOptions): Figure {
  if (data.length === 0) {
    throw new RangeError("Cannot draw family trees: found 0 families, expected at least 1");
  }
  const marks = data.map((family) => summariseFamily(family, { width: panelWidth }));
  const layers = marks.map((root) => layersOf(root));
  const shown = new Set(layers.flat().map(({ mark }) => mark.relation));
  const entries = (Object.keys(relationNames) as (keyof typeof relationNames)[])
    .filter((relation) => shown.has(relation))
    .map((relation) => ({ label: relationNames[relation], fill: theme.relation[relation] }));
  const key = legend(entries, { symbol: "line" });
  const more = label("+n: n further models, drawn as one dot", {
    x: theme.width.full,
    y: 10,
    anchor: "end",
    fill: theme.muted,
  });
  const panels: Panel[] = [key.node, more].map((node) => ({ x: 0, y: 0, node }));
  let y = key.height + 10;
  for (let i = 0; i < data.length; i += 2) {
    const pair = data.slice(i, i + 2).map((family, k) => treePanel(family, marks[i + k]));
    pair.forEach(({ node }, k) => panels.push({ x: k * (panelWidth + gap), y, node }));
    y += Math.max(...pair.map(({ height }) => height)) + 10;
  }
  const rows = layers.flatMap((below, i) =>
    below.slice(1).map(({ mark, parent, depth }) => ({
      family: data[i].root,
      parent: parent!.mark.id,
      child: mark.id,
      relation: mark.relation,
      generation: depth,
      models: mark.models,
    }))
  );
  const named = rows.filter(({ child }) => child !== null).length;
  return figure({
    name: "05_family_trees",
    function: "familyTreesFigure",
    title: "Family trees",
    caption: `${data.length} large ${
      data.length === 1 ? "family" : "families"
    } from the root downwards; the colour of an edge is the relation. The ${
      plural(named, "model")
    } with the largest branches are named; +n stands for n further models of that relation and their descendants (sizes and widths are logarithmic). ${
      data.map(({ root, models }) => `${printable(root)}: ${plural(models, "model")}`).join("; ")
    }.`,
    alt: data.map(({ root, models }, i) =>
      `${printable(root)}, ${plural(models, "model")}, ${
        plural(
          Math.max(...layers[i].map(({ depth }) => depth)),
          "generation",
        )
      } below it drawn`
    ).join(". ") + ".",
    source,
    graph: "lineage without merges",
    remark: "A model with several parents hangs below one of them.",
    values: {
      families: data.length,
      named,
      ...Object.fromEntries(data.map(({ root, models }) => [`${root}: models`, models])),
    },
    rows,
    height: y,
    panels,
  });
}

function treePanel({ root, models }: FamilyTree, mark: FamilyMark): {
  node: SVGElement;
  height: number;
} {
  const top = 44;
  const placed = place(mark, top);
  const height = Math.max(...placed.map(({ mark, y }) => y + mark.radius)) + 18;
  const edges = placed.flatMap((to) => to.parent === null ? [] : [{ from: to.parent, to }]);
  const elsewhere = models - mark.models;
  const node = chart({
    width: panelWidth,
    height,
    ...pixels,
    r: { type: "identity" },
    marks: [
      Plot.link(edges, {
        x1: ({ from }) => from.x,
        y1: ({ from }) => from.mark.relation === null ? from.y : from.y + from.mark.radius + 14,
        x2: ({ to }) => to.x,
        y2: ({ to }) => to.y,
        curve: "bump-y",
        stroke: ({ to }) => ink(to.mark),
        strokeWidth: ({ to }) => Math.min(4, 1 + 0.35 * Math.log2(to.mark.models)),
        strokeOpacity: 0.75,
      }),
      Plot.dot(placed, {
        x: "x",
        y: "y",
        r: ({ mark }) => mark.radius,
        fill: ({ mark }) => ink(mark),
        stroke: theme.paper,
        strokeWidth: 1,
      }),
    ],
  });
  const names = placed.filter(({ mark }) => mark.label !== "").map(({ mark, x, y }) =>
    label(mark.label, {
      x,
      y: y + mark.radius + 10.5,
      size: theme.size.small,
      anchor: "middle",
      fill: mark.id === null ? theme.muted : theme.ink,
    })
  );
  const title = fitId(root, { width: panelWidth, size: theme.size.title, weight: 600 });
  const detail = plural(models, "model") +
    (elsewhere > 0 ? `, ${count(elsewhere)} of them not below this root` : "");
  return {
    height,
    node: element("g", { "aria-label": printable(root) }, [
      label(title, { y: 11, size: theme.size.title, weight: 600 }),
      label(detail, { y: 25, fill: theme.muted }),
      node,
      ...names,
    ]),
  };
}

/** All marks of a family with their generation, in the order they are drawn. */
function layersOf(
  mark: FamilyMark,
  parent: Layer | null = null,
): Layer[] {
  const here = { mark, parent, depth: parent === null ? 0 : parent.depth + 1 };
  return [here, ...mark.children.flatMap((child) => layersOf(child, here))];
}

function ink({ relation }: FamilyMark): string {
  return relation === null ? theme.ink : theme.relation[relation];
}

/** Every mark gets its own stretch of the width, so that no two labels of a layer can meet; parents are centred. */
function place(root: FamilyMark, top: number): Placed[] {
  const placed: Placed[] = [];
  const visit = (mark: FamilyMark, parent: Placed | null, left: number, depth: number) => {
    const here: Placed = { mark, parent, x: left + mark.room / 2, y: top + depth * levelHeight };
    placed.push(here);
    const below = mark.children.reduce((sum, { room }) => sum + room, 0);
    let at = left + (mark.room - below) / 2;
    for (const child of mark.children) {
      visit(child, here, at, depth + 1);
      at += child.room;
    }
  };
  visit(root, null, (panelWidth - root.room) / 2, 0);
  return placed;
}
