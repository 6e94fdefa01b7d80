import { cluster, type HierarchyNode, type HierarchyPointNode, linkHorizontal } from "d3";
import { count, plural } from "../../figure/format.ts";
import { fitId, printable as drawable, textWidth } from "../../figure/text.ts";
import { relationNames, theme } from "../../figure/theme.ts";
import type { Relation } from "../../graph/lineage.ts";
import { tag, textHtml } from "../html.ts";
import { printable } from "../text_table.ts";
import type { Picture } from "../picture_bundle.ts";
import { drawing, type Key, round, sizes, text } from "./drawing.ts";
import type { FamilyMember } from "./family_hierarchy.ts";
import type { ModelFamily } from "./family_of.ts";
import { familyWords } from "./family_words.ts";

/** Longest labels of models without models below them, which become as much shorter as the page wants. */
const leafLabel = { most: 200, least: 120 };
/** Longest label of the others and the gap from there to the dots of the next generation; the first that a page has room for. */
const spreads = [[170, 46], [150, 40], [130, 36], [110, 32], [95, 28], [80, 26]] as const;
const relationOrder = Object.keys(relationNames) as Relation[];

/** From one dot of several to the next. */
const dotStep = 9;

type Node = HierarchyPointNode<FamilyMember>;

/** A node with its place in the order of drawing and what is written beside it. */
interface Placed {
  node: Node;
  x: number;
  y: number;
  radius: number;
  label: string;
  /** From the middle of the dot to where edges begin. */
  reach: number;
}

/**
 * A family from left to right: the root at the left, a model a line, its colour the relation to the one before it, its size the
 * logarithm of its sub-tree.
 */
export function familySvg(
  root: HierarchyNode<FamilyMember>,
  { models, about, simulated }: Pick<ModelFamily, "models" | "about" | "simulated">,
): Picture {
  // Leaves one line apart, parents in the middle of their children; the page's script does the same when it collapses.
  const tree = cluster<FamilyMember>().nodeSize([sizes.row, 1]).separation(() => 1)(root);
  const placed = place(tree);
  const at = new Map(placed.map((item, i) => [item.node, i]));
  const link = linkHorizontal();
  const edges = placed.slice(1).map(({ node, x, y, radius }) => {
    const from = placed[at.get(node.parent!)!];
    const d = link({
      source: [round(from.x + from.reach), round(from.y)],
      target: [round(x - radius), round(y)],
    });
    return tag("path", {
      d: d!,
      stroke: inkOf(node.data),
      fill: "none",
      "stroke-opacity": .6,
      "stroke-width": round(widthOf(node.data)),
    });
  });
  const nodes = placed.map((item) => nodeSvg(item, { at, about }));
  const title = drawable(printable(root.data.id!));
  const said = familyWords(root, { models, simulated });
  return drawing({
    title,
    words: said,
    keys: keysOf(placed),
    body: `${tag("g", { class: "edges" }, edges.join("\n"))}\n${
      tag("g", { class: "nodes" }, nodes.join("\n"))
    }`,
    width: widthOfAll(placed),
    height: Math.max(...placed.map(({ y }) => y)) + sizes.row / 2,
    alt: `Family tree. ${said} ${altOf(placed)}`,
    kind: "tree",
  });
}

function place(tree: Node): Placed[] {
  let placed: Placed[] = [];
  for (const [longest, gap] of spreads) {
    placed = placeAs(tree, { longest, gap });
    if (widthOfAll(placed) <= sizes.room) break;
  }
  return placed;
}

function widthOfAll(placed: readonly Placed[]): number {
  return Math.max(...placed.map(({ x, reach }) => x + reach));
}

/** Places the nodes; right of those without children a line is empty, so that their labels do not widen the columns. */
function placeAs(tree: Node, { longest, gap }: { longest: number; gap: number }): Placed[] {
  const nodes: Node[] = [];
  tree.eachBefore((node) => nodes.push(node));
  const top = Math.min(...nodes.map(({ x }) => x));
  const wide: number[] = [];
  for (const { data, depth } of nodes) {
    const width = data.children.length === 0 ? 0 : labelOf(data, { longest }).width + 12;
    wide[depth] = Math.max(wide[depth] ?? 0, width);
  }
  const left = [12];
  wide.forEach((width, depth) => left[depth + 1] = left[depth] + width + gap);
  return nodes.map((node) => {
    const { data, depth } = node;
    const room = sizes.room - left[depth] - labelAt(data) - 6;
    const { label, width } = labelOf(data, {
      longest: data.children.length > 0
        ? longest
        : Math.max(leafLabel.least, Math.min(leafLabel.most, room)),
    });
    return {
      node,
      x: left[depth],
      y: node.x - top + sizes.row / 2,
      radius: radiusOf(data),
      label,
      reach: labelAt(data) + width + 6,
    };
  });
}

function labelOf(
  { id, models }: FamilyMember,
  { longest }: { longest: number },
): { label: string; width: number } {
  const style = { size: sizes.text };
  const label = id === null
    ? `+ ${count(models)} more`
    : fitId(printable(id), { width: longest, ...style });
  return { label, width: textWidth(label, style) };
}

function radiusOf({ id, models }: FamilyMember): number {
  return id === null ? 3 : Math.min(9, 3.5 + Math.log2(models) * .6);
}

function widthOf({ models }: FamilyMember): number {
  return Math.min(4, 1.2 + Math.log2(models) * .25);
}

function inkOf({ id, relation }: FamilyMember): string {
  if (relation !== null) return theme.relation[relation];
  return id === null ? theme.muted : theme.ink;
}

function nodeSvg(
  { node, x, y, radius, label, reach }: Placed,
  { at, about }: { at: ReadonlyMap<Node, number>; about: ModelFamily["about"] },
): string {
  const { data } = node;
  const marks = data.id === null
    ? kindsOf(data).map((kind, i) => severalMark(theme.relation[kind], i * dotStep))
    : [tag("circle", { r: round(radius), fill: inkOf(data), stroke: theme.paper })];
  return tag(
    "g",
    {
      class: "n",
      transform: `translate(${round(x)},${round(y)})`,
      "data-p": node.parent === null ? -1 : at.get(node.parent),
      "data-r": round(radius),
      "data-w": round(reach),
      "data-m": data.models,
    },
    tag("title", {}, textHtml(tipOf(data, about))) + marks.join("") +
      text(label, {
        x: labelAt(data),
        y: 4,
        fill: data.id === null ? theme.muted : undefined,
      }),
  );
}

/** The relations of several, in the order of the legend. */
function kindsOf({ kinds }: FamilyMember): Relation[] {
  return relationOrder.filter((relation) => kinds.has(relation));
}

function severalMark(ink: string, x: number): string {
  return tag("circle", { cx: x, r: 3, fill: theme.paper, stroke: ink, "stroke-width": 1.5 });
}

/** Where a label begins: behind the dots, of which several have one a relation. */
function labelAt({ kinds }: FamilyMember): number {
  return 12 + dotStep * Math.max(0, kinds.size - 1);
}

/** What is said of a node when the pointer is on it, a fact a line. */
function tipOf(member: FamilyMember, about: ModelFamily["about"]): string {
  const { id, relation, models, kinds, others } = member;
  if (id === null) {
    const direct = kindsOf(member).map((kind) =>
      `${relationNames[kind]}: ${count(kinds.get(kind)!)}`
    );
    const below = models - [...kinds.values()].reduce((sum, some) => sum + some, 0);
    return [
      `${plural(models, "model")} not named`,
      ...direct,
      ...below === 0 ? [] : [`made from those: ${count(below)}`],
    ].join("\n");
  }
  const made = relation === null ? [] : [`relation: ${relationNames[relation]}`];
  const more = others.length === 0 ? [] : [`other parents: ${others.join(", ")}`];
  const facts = about(id).map(([name, value]) => `${name}: ${value}`);
  const below = models === 1 ? [] : [`models below it: ${count(models - 1)}`];
  return [id, ...made, ...more, ...facts, ...below].join("\n");
}

function keysOf(placed: readonly Placed[]): Key[] {
  const shown = new Set(
    placed.flatMap(({ node: { data } }) => data.id === null ? kindsOf(data) : [data.relation]),
  );
  const keys = relationOrder.filter((relation) => shown.has(relation)).map((relation) => ({
    label: relationNames[relation],
    mark: tag("circle", { r: 4.5, fill: theme.relation[relation] }),
  }));
  if (placed.some(({ node }) => node.data.id === null)) {
    keys.push({
      label: "more models, not named",
      mark: severalMark(theme.muted, 0),
    });
  }
  return keys;
}

function altOf(placed: readonly Placed[]): string {
  const first =
    placed[0].node.children?.slice(0, 3).flatMap(({ data: { id } }) =>
      id === null ? [] : [drawable(printable(id))]
    ) ?? [];
  return first.length === 0 ? "" : `The largest branches begin with ${first.join(", ")}.`;
}
