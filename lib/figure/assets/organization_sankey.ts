import { byCodeUnits } from "../../core/compare.ts";
import type { OrganizationFlow } from "../../measure/assets/organizations/organizations.ts";
import { label } from "../chart.ts";
import { element } from "../dom.ts";
import { type AssetFigureOptions, assetGraphs, type Figure, figure } from "../figure.ts";
import { brief, count, percent, plural } from "../format.ts";
import { fitText, printable, textWidth } from "../text.ts";
import { theme } from "../theme.ts";
import { ownersInWords } from "./organization_flows.ts";

/** Options of {@link organizationSankeyFigure}. */
export interface OrganizationSankeyOptions extends AssetFigureOptions {
  /** How many organisations have a bar of their own on each side. @default 14 */
  top?: number;
  /** Whether the flows are between organisations of the table of organisations, not as the data spells them. @default false */
  resolved?: boolean;
}

/** An organisation on one side, or all the smaller ones there as one. */
interface Bar {
  /** Name, null for the smaller ones. */
  name: string | null;
  text: string;
  edges: number;
  fill: string;
  y: number;
  height: number;
  /** Where the next band begins. */
  next: number;
}

const line = 13.5;
const gap = 3;
const bar = 10;
/** Most that a name takes. */
const longest = 205;
/** Least room for names: the words above the bars need it. */
const headRoom = 50;
const grey = theme.assetType.undocumented;

/**
 * Bands from the organisations that provide (left) to those that build on them (right), as wide as there are dependencies; the smaller
 * ones of each side are one bar. A band has the colour of its provider; a provider that builds on others keeps its colour on the right.
 *
 * @throws {RangeError} when there is no flow between two organisations, or `top` is no whole number above 0
 *
 * @example
 * ```ts
 * import { organizationSankeyFigure } from "kindred";
 * const flows = [{ from: "EleutherAI", to: "Meta", edges: 3 }];
 * const { values } = organizationSankeyFigure({ flows }, {
 *   source: { snapshot: "sample", sha256: null, simulated: false },
 *   variant: "aliased",
 * });
 * values.edges; // 3
 * ```
 */
export function organizationSankeyFigure(
  { flows }: { flows: readonly OrganizationFlow[] },
  { source, variant, top = 14, resolved = false }: OrganizationSankeyOptions,
): Figure {
  if (!Number.isSafeInteger(top) || top < 1) {
    throw new RangeError(
      `Cannot draw the flows of ${top} organisations: expected a whole number above 0`,
    );
  }
  const between = flows.filter(({ from, to, edges }) => from !== to && edges > 0);
  if (between.length === 0) {
    throw new RangeError(
      "Cannot draw the flows between organisations: found 0 flows, expected at least 1",
    );
  }
  const edges = between.reduce((sum, flow) => sum + flow.edges, 0);
  const scale = Math.min(16, 400 / edges);
  const givers = ranked(between, "from");
  const takers = ranked(between, "to");
  const colours = new Map(
    givers.slice(0, Math.min(top, theme.lines.length - 1)).map((
      [name],
      i,
    ) => [name, theme.lines[i]]),
  );
  const left = bars(givers, { top, scale, colours });
  const right = bars(takers, { top, scale, colours });
  const height = Math.max(...[left, right].map((side) => bottomOf(side.at(-1)!)));
  for (const side of [left, right]) shift(side, (height - bottomOf(side.at(-1)!)) / 2);

  const width = theme.width.full;
  const digits = Math.max(...[...left, ...right].map((each) => textWidth(brief(each.edges))));
  const margins = [left, right].map((side) =>
    digits + 14 +
    Math.max(
      headRoom,
      ...side.map((each) =>
        textWidth(fitText(each.text, { width: longest, weight: weightOf(each) }), {
          weight: weightOf(each),
        })
      ),
    )
  );
  const x = { left: margins[0], right: width - margins[1] - bar };
  const bands = bandsOf(between, { left, right });
  const drawn = bands.map(({ from, to, edges }) => {
    const thick = edges * scale;
    const [y1, y2] = [from.next, to.next];
    from.next += thick;
    to.next += thick;
    return {
      from,
      to,
      edges,
      thick,
      path: band({ x1: x.left + bar, x2: x.right, y1, y2, thick }),
      y1,
    };
  });
  const paths = drawn.toSorted((a, b) => b.thick - a.thick).map(({ from, path }) =>
    element("path", { d: path, fill: from.fill, "fill-opacity": from.name === null ? 0.3 : 0.42 })
  );
  const counts = drawn.filter(({ thick }) => thick >= line).map(({ edges, thick, y1 }) =>
    label(brief(edges), { x: x.left + bar + 5, y: y1 + thick / 2 + 3.4, size: theme.size.small })
  );
  const ends = ([[left, "left"], [right, "right"]] as const).flatMap(([side, where]) =>
    side.flatMap((each) => barAndLabels(each, { x: x[where], where, digits }))
  );
  const heads = [
    label("provides", { x: x.left + bar, y: -8, anchor: "end", fill: theme.muted }),
    label("builds on it", { x: x.right, y: -8, fill: theme.muted }),
  ];
  const own = (side: readonly Bar[]) =>
    side.reduce((sum, each) => sum + (each.name === null ? 0 : each.edges), 0);
  const named = (side: readonly Bar[]) => side.filter((each) => each.name !== null).length;
  const [most] = givers;
  return figure({
    name: "22_organization_sankey",
    function: "organizationSankeyFigure",
    title: "From providers to users",
    caption:
      `Dependencies between assets of different organisations: left the owners of what is built on, right the owners of what is built, bands as wide as the number of edges, in the colours of the largest providers; all others are grey. ${
        printable(most[0])
      } provides ${count(most[1])} of ${count(edges)} (${percent(most[1] / edges)}); the ${
        named(left)
      } largest of ${plural(givers.length, "provider")} give ${count(own(left))}, the ${
        named(right)
      } largest of ${plural(takers.length, "user")} take ${count(own(right))}.${
        resolved ? " An edge counts for each pair of its owners." : ""
      }`,
    alt: `Bands from ${named(left)} providers to ${named(right)} users. Most provided: ${
      givers.slice(0, 4).map(([name, sum]) => `${printable(name)} ${count(sum)}`).join(", ")
    }. Most used: ${
      takers.slice(0, 4).map(([name, sum]) => `${printable(name)} ${count(sum)}`).join(", ")
    }.`,
    source,
    graph: `${assetGraphs[variant]}, ${ownersInWords(resolved)}`,
    values: {
      edges,
      providers: givers.length,
      users: takers.length,
      shownProviders: named(left),
      shownUsers: named(right),
      givenByShown: own(left),
      takenByShown: own(right),
      first: most[0],
      firstGives: most[1],
      firstShare: percent(most[1] / edges),
    },
    rows: drawn.map(({ from, to, edges }) => ({ from: from.name, to: to.name, edges })),
    height: height + 24,
    panels: [{ x: 0, y: 22, node: element("g", {}, [...paths, ...counts, ...ends, ...heads]) }],
  });
}

/** Organisations of one side by their edges. */
function ranked(flows: readonly OrganizationFlow[], side: "from" | "to"): [string, number][] {
  const sums = new Map<string, number>();
  for (const flow of flows) sums.set(flow[side], (sums.get(flow[side]) ?? 0) + flow.edges);
  return [...sums].sort(([a, x], [b, y]) => y - x || byCodeUnits(a, b));
}

/** The bars of one side from top to bottom, each with room for a line of text. */
function bars(
  all: readonly [string, number][],
  { top, scale, colours }: { top: number; scale: number; colours: ReadonlyMap<string, string> },
): Bar[] {
  // One more than asked for is no reason for a bar of "others".
  const own = all.length === top + 1 ? all : all.slice(0, top);
  const others = all.slice(own.length);
  const entries = own.map(([name, edges]) => ({
    name: name as string | null,
    text: name,
    edges,
    fill: colours.get(name) ?? grey,
  }));
  if (others.length > 0) {
    entries.push({
      name: null,
      text: `${count(others.length)} others`,
      edges: others.reduce((sum, [, edges]) => sum + edges, 0),
      fill: grey,
    });
  }
  let y = 0;
  return entries.map((entry) => {
    const height = entry.edges * scale;
    const slack = Math.max(0, line - height) / 2;
    const at = y + slack;
    y += height + 2 * slack + gap;
    return { ...entry, y: at, height, next: at };
  });
}

function bottomOf({ y, height }: Bar): number {
  return y + height / 2 + Math.max(height, line) / 2;
}

function shift(side: readonly Bar[], by: number): void {
  for (const each of side) {
    each.y += by;
    each.next += by;
  }
}

/** Bands between two bars in the order in which they leave the left side; at each end they lie in the order of the other side. */
function bandsOf(
  flows: readonly OrganizationFlow[],
  { left, right }: { left: readonly Bar[]; right: readonly Bar[] },
): { from: Bar; to: Bar; edges: number }[] {
  const at = (side: readonly Bar[]) => {
    const rows = new Map(side.map(({ name }, i) => [name, i]));
    return (name: string) => rows.get(name) ?? side.length - 1;
  };
  const [row, column] = [at(left), at(right)];
  const sums = left.map(() => right.map(() => 0));
  for (const { from, to, edges } of flows) sums[row(from)][column(to)] += edges;
  return left.flatMap((from, i) =>
    right.map((to, j) => ({ from, to, edges: sums[i][j] })).filter(({ edges }) => edges > 0)
  );
}

/** Outline of a band: two curves that leave and arrive level. */
function band(
  { x1, x2, y1, y2, thick }: { x1: number; x2: number; y1: number; y2: number; thick: number },
): string {
  const middle = (x1 + x2) / 2;
  const n = (value: number) => String(Math.round(value * 100) / 100);
  const points = (values: number[]) => values.map(n).join(",");
  return `M${points([x1, y1])}C${points([middle, y1, middle, y2, x2, y2])}` +
    `V${n(y2 + thick)}C${points([middle, y2 + thick, middle, y1 + thick, x1, y1 + thick])}Z`;
}

function weightOf({ fill }: Bar): 400 | 600 {
  return fill === grey ? 400 : 600;
}

function barAndLabels(
  each: Bar,
  { x, where, digits }: { x: number; where: "left" | "right"; digits: number },
): SVGElement[] {
  const { name, text, edges, fill, y, height } = each;
  const middle = y + height / 2 + 3.5;
  const isLeft = where === "left";
  const style = { anchor: isLeft ? "end" : "start", y: middle } as const;
  const weight = weightOf(each);
  const shown = fitText(text, { width: longest, weight });
  return [
    element("rect", { x, y, width: bar, height, fill }),
    label(brief(edges), {
      x: isLeft ? x - 5 : x + bar + 5 + digits,
      y: middle,
      anchor: "end",
      fill: theme.muted,
    }),
    label(shown, {
      ...style,
      x: isLeft ? x - 10 - digits : x + bar + 10 + digits,
      weight,
      fill: name === null ? theme.muted : fill === grey ? theme.ink : fill,
    }),
  ];
}
