import { scaleSqrt } from "d3";
import type { TaskGroup } from "../measure/task_groups.ts";
import type { TrafficEdge, TraitOrdering } from "../measure/trait_ordering.ts";
import type { Trait } from "../snapshot/traits.ts";
import type { LicenseFamily } from "../source/license_terms.ts";
import { label, legend } from "./chart.ts";
import { element } from "./dom.ts";
import { count, percent, plural } from "./format.ts";
import { languageTitle } from "./languages.ts";
import { fitMiddle, printable, textWidth } from "./text.ts";
import { theme, traitTitles } from "./theme.ts";
import { groupColours, groupNames } from "./trait_groups.ts";

/** The most frequent values of a trait in their optimal order, at most twenty. */
export interface TransitionGraph {
  /** The trait whose values move. */
  trait: Trait;
  /** Their order, and net traffic between them. */
  ordering: TraitOrdering;
  /** License family or task group of each value, in the order of `ordering.traits`; null for one colour. */
  groups: readonly (LicenseFamily | TaskGroup)[] | null;
}

const rowHeight = 17;
const top = 62;
const largestDot = 7.5;
const widestName = 148;

/** One trait: its values from top to bottom in their order, arcs to the right for traffic down, to the left for traffic up. */
export function arcPanel(
  graph: TransitionGraph,
  { width }: { /** Room in pixels. */ width: number },
): { node: SVGElement; height: number } {
  const { trait, ordering, groups } = graph;
  const { traits, frequency, edges } = ordering;
  const head = label(traitTitles[trait], { y: 11, size: theme.size.title, weight: 600 });
  if (traits.length === 0) {
    const none = label("none in this snapshot", { y: 26, fill: theme.muted });
    return { node: element("g", { "aria-label": traitTitles[trait] }, [head, none]), height: 34 };
  }
  const mostNet = Math.max(1, ...edges.map(({ net }) => net));
  const mostModels = Math.max(1, ...frequency);
  const widestArc = traits.length > 12 ? 4.5 : 7;
  const thickness = scaleSqrt([0, mostNet], [0, widestArc]);
  const radius = scaleSqrt([0, mostModels], [0, largestDot]);
  const place = new Map(traits.map((value, at) => [value, at]));
  const names = traits.map((value) => fitMiddle(shown(trait, value), { width: widestName }));
  const reach = Math.max(...names.map((name) => textWidth(name)));
  const back = edges.filter(({ forward }) => !forward);
  const left = back.length > 0 ? 46 : 8;
  const x = reach + left + largestDot + 4;
  const y = (at: number) => top + (at + 0.5) * rowHeight;
  // A few values make a flat arc if it takes all the room.
  const room = {
    forward: Math.min(width - x - widestArc / 2 - 2, 22 * traits.length),
    back: left - 6,
  };
  const bulge = (edge: TrafficEdge) => {
    const apart = Math.abs(place.get(edge.to)! - place.get(edge.from)!);
    const most = edge.forward ? room.forward : room.back;
    const longest = Math.max(2, traits.length - 1);
    return most * (0.16 + 0.84 * (apart - 1) / (longest - 1));
  };
  const colour = (at: number) =>
    groups === null ? theme.bar : groupColours[groups[at]] ?? groupColours.other;
  const arcs = [...edges].reverse().map((edge) => {
    const [a, b] = [y(place.get(edge.from)!), y(place.get(edge.to)!)];
    const rx = bulge(edge).toFixed(2);
    return element("path", {
      d: `M${x.toFixed(2)},${a}A${rx},${Math.abs(b - a) / 2} 0 0 1 ${x.toFixed(2)},${b}`,
      fill: "none",
      stroke: edge.forward ? colour(place.get(edge.from)!) : theme.alert,
      "stroke-opacity": edge.forward ? 0.5 : 1,
      "stroke-width": Math.max(0.5, thickness(edge.net)).toFixed(2),
    });
  });
  const heads = back.map((edge) =>
    arrow(x - radius(frequency[place.get(edge.to)!]), y(place.get(edge.to)!))
  );
  // Where arcs go up, the names stand off; a faint line leads from each to its dot.
  const leaders = back.length === 0 ? [] : traits.map((_, at) =>
    element("path", {
      d: `M${(reach + 4).toFixed(2)},${y(at)}H${x.toFixed(2)}`,
      stroke: theme.grid,
      "stroke-width": 1,
      fill: "none",
    })
  );
  const dots = traits.map((_, at) =>
    element("circle", {
      cx: x.toFixed(2),
      cy: y(at),
      r: Math.max(1.5, radius(frequency[at])).toFixed(2),
      fill: colour(at),
      stroke: theme.paper,
      "stroke-width": 1,
    })
  );
  const texts = names.map((name, at) => label(name, { x: reach, y: y(at) + 3.5, anchor: "end" }));
  const details = describe(graph).map((line, i) =>
    label(line, { y: 25 + 13 * i, fill: theme.muted })
  );
  const bottom = top + traits.length * rowHeight + 8;
  const key = groups === null ? null : groupKey(groups, width);
  if (key !== null) key.node.setAttribute("transform", `translate(0,${bottom})`);
  return {
    height: bottom + (key?.height ?? 0),
    node: element("g", { "aria-label": traitTitles[trait] }, [
      head,
      ...details,
      ...leaders,
      ...arcs,
      ...dots,
      ...heads,
      ...texts,
      ...(key === null ? [] : [key.node]),
    ]),
  };
}

/** A value as the figure prints it. */
export function shown(trait: Trait, value: string): string {
  return trait === "language" ? languageTitle(value) : printable(value);
}

/** How good the order is, whether there are others as good, and what the largest marks stand for. */
function describe({ ordering }: TransitionGraph): string[] {
  const { netTraffic, forward, edges, frequency } = ordering;
  const along = edges.filter((edge) => edge.forward).length;
  const all = forward === netTraffic;
  const share = percent(forward / netTraffic);
  return [
    all
      ? `all ${count(netTraffic)} net transitions go down`
      : `${count(forward)} of ${count(netTraffic)} net transitions go down${
        // A share that is nearly all would be printed as all.
        share === "100.0%" ? "" : ` (${share})`}`,
    `${all ? "" : `${along} of `}${plural(edges.length, "arc")}; ${optimality(ordering)}`,
    `widest arc: ${count(Math.max(0, ...edges.map(({ net }) => net)))}; largest dot: ${
      plural(Math.max(...frequency), "model")
    }`,
  ];
}

/** What is known of the order, in a few words. */
function optimality({ optimal, unique, orders }: TraitOrdering): string {
  if (!optimal) return "best order found, not proven";
  if (unique === true) return "the only optimal order";
  if (unique === null) return "an optimal order";
  if (orders === null) return "one of several optimal orders";
  return `one of ${orders > 1e6 ? "over a million" : count(orders)} optimal orders`;
}

/** Head of an arc that arrives at a node from the left. */
function arrow(x: number, y: number): SVGElement {
  return element("path", {
    d: `M${x.toFixed(2)},${y}l-6,-3v6z`,
    fill: theme.alert,
  });
}

/** The groups that occur, in the order of their table. */
function groupKey(
  groups: NonNullable<TransitionGraph["groups"]>,
  width: number,
): { node: SVGElement; height: number } {
  const present = (Object.keys(groupNames) as (keyof typeof groupNames)[])
    .filter((group) => groups.includes(group));
  return legend(present.map((group) => ({ label: groupNames[group], fill: groupColours[group] })), {
    width,
  });
}
