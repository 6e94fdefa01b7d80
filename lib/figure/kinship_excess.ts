import type { Weighting } from "../core/term_vectors.ts";
import type { Kinship, SiblingExcess } from "../measure/report.ts";
import { label } from "./chart.ts";
import { element } from "./dom.ts";
import type { Cell } from "./figure.ts";
import { count, plural } from "./format.ts";
import { generationShades } from "./kinship_glyph.ts";
import { fitId } from "./text.ts";
import { theme } from "./theme.ts";

const size = theme.size.small;
const titles: Readonly<Record<Weighting, string>> = { tfidf: "tf-idf", bagOfWords: "bag of words" };
/** Left edges of the three panels. */
const left = { distance: 0, excess: 158, influence: 456 };
const lineHeight = 30;
const top = 24;
const bottom = 120;
const listed = 5;

/** The panels below the bars and what the caption says of them. */
export interface ExcessPanel {
  /** Drawn at its place. */
  node: SVGElement;
  /** Height in pixels. */
  height: number;
  /** Every number shown. */
  values: Record<string, Cell>;
  /** A sentence, or nothing. */
  caption: string;
}

/**
 * Edit similarity of parent and child; siblings less parent and child, with its interval beside the band of the permutation null; and the
 * families that drive the difference.
 */
export function excessPanel(data: Kinship, { y }: { y: number }): ExcessPanel {
  const { mean, edges, interval = null } = data.levenshtein.parentChild;
  const values: Record<string, Cell> = {
    "levenshtein: mean": mean,
    "levenshtein: edges": edges,
    "levenshtein: low": interval?.[0] ?? null,
    "levenshtein: high": interval?.[1] ?? null,
  };
  const nodes = distance({ mean, edges, interval });
  const { siblingExcess } = data;
  if (siblingExcess === undefined) return { ...panel(nodes, y), values, caption: "" };
  for (const weighting of ["tfidf", "bagOfWords"] as const) {
    const excess = siblingExcess[weighting];
    values[`excess, ${weighting}`] = excess.difference;
    values[`excess, ${weighting}: low`] = excess.interval?.[0] ?? null;
    values[`excess, ${weighting}: high`] = excess.interval?.[1] ?? null;
    values[`excess, ${weighting}: null low`] = excess.permutation?.low ?? null;
    values[`excess, ${weighting}: null high`] = excess.permutation?.high ?? null;
    values[`excess, ${weighting}: p`] = excess.permutation?.p ?? null;
    values[`excess, ${weighting}: deals`] = excess.permutation?.replicates ?? 0;
  }
  for (const { root, without } of siblingExcess.tfidf.influence.slice(0, listed)) {
    values[`excess, tfidf: without ${root}`] = without;
  }
  nodes.push(...differences(siblingExcess), ...influences(siblingExcess.tfidf));
  const { difference, permutation } = siblingExcess.tfidf;
  return {
    ...panel(nodes, y),
    values,
    caption: difference === null
      ? ""
      : ` The difference by tf-idf is ${signed(difference, 2)}${
        permutation === null
          ? ""
          : `, p ${permutation.p.toFixed(2)} after ${plural(permutation.replicates, "deal")}`
      }.`,
  };
}

function panel(nodes: SVGElement[], y: number): { node: SVGElement; height: number } {
  return { node: element("g", { transform: `translate(0,${y})` }, nodes), height: bottom };
}

/** A number with its sign, a true minus among them. */
function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return `${value < 0 && Number(text) > 0 ? "−" : "+"}${text}`;
}

function heading(text: string, x: number): SVGElement {
  return label(text, { x, y: 10, size, weight: 600 });
}

/** The edge's mean Levenshtein similarity as a bar on its side. */
function distance({ mean, edges, interval }: {
  mean: number | null;
  edges: number;
  interval: readonly [number, number] | null;
}): SVGElement[] {
  const width = 126;
  const x = left.distance;
  const nodes = [
    heading("Levenshtein similarity", x),
    label(`parent and child, ${plural(edges, "edge")}`, { x, y: top, size, fill: theme.muted }),
    element("rect", { x, y: top + 10, width, height: 15, fill: theme.grid }),
  ];
  if (mean === null) return [...nodes, label("no pair counts", { x, y: top + 40, size })];
  nodes.push(
    element("rect", {
      x,
      y: top + 10,
      width: width * mean,
      height: 15,
      fill: generationShades[1],
    }),
  );
  if (interval !== null) {
    nodes.push(...line(x + width * interval[0], x + width * interval[1], top + 17.5));
  }
  const range = interval === null ? "" : ` [${interval.map((v) => v.toFixed(3)).join(", ")}]`;
  nodes.push(label(`${mean.toFixed(3)}${range}`, { x, y: top + 40, size }));
  return nodes;
}

/** A horizontal interval. */
function line(x1: number, x2: number, y: number): SVGElement[] {
  const d = `M${x1},${y}H${x2}M${x1},${y - 2.5}v5M${x2},${y - 2.5}v5`;
  return [[theme.paper, 3.2], [theme.ink, 1.1]].map(([stroke, width]) =>
    element("path", { d, stroke, "stroke-width": width, fill: "none" })
  );
}

function differences(excess: Record<Weighting, SiblingExcess>): SVGElement[] {
  const weightings = ["tfidf", "bagOfWords"] as const;
  const ends = weightings.flatMap((weighting) => {
    const { difference, interval, permutation } = excess[weighting];
    return [difference, ...(interval ?? []), permutation?.low, permutation?.high];
  }).filter((value) => typeof value === "number");
  const reach = Math.max(0.05, Math.ceil(Math.max(...ends.map(Math.abs)) * 20) / 20);
  const x0 = left.excess + 66;
  const width = 108;
  const x = (value: number) => x0 + width * (value + reach) / (2 * reach);
  const foot = top + 2 * lineHeight;
  const nodes = [
    heading("Siblings less parent and child, in forks", left.excess),
    element("path", { d: `M${x(0)},${top - 6}V${foot}`, stroke: theme.faint, "stroke-width": 1 }),
    ...[-reach, 0, reach].map((value) =>
      label(value === 0 ? "0" : signed(value, 2), {
        x: x(value),
        y: foot + 11,
        anchor: "middle",
        size,
        fill: theme.muted,
      })
    ),
  ];
  weightings.forEach((weighting, i) => {
    const { difference, interval, permutation } = excess[weighting];
    const y = top + (i + 0.5) * lineHeight - 4;
    nodes.push(label(titles[weighting], { x: left.excess, y: y + 3.3, size }));
    if (permutation !== null) {
      nodes.push(element("rect", {
        x: x(permutation.low),
        y: y - 9,
        width: Math.max(1, x(permutation.high) - x(permutation.low)),
        height: 18,
        fill: theme.faint,
      }));
    }
    if (difference === null) {
      nodes.push(label("no forks count", { x: x0 + width + 12, y: y + 3.3, size }));
      return;
    }
    if (interval !== null) nodes.push(...line(x(interval[0]), x(interval[1]), y));
    nodes.push(
      element("circle", {
        cx: x(difference),
        cy: y,
        r: 3.6,
        fill: generationShades[0],
        stroke: theme.paper,
        "stroke-width": 1,
      }),
      label(signed(difference, 3), { x: x0 + width + 12, y: y - 1, size, weight: 600 }),
      label(
        permutation === null
          ? "no deals"
          : `p = ${permutation.p.toFixed(permutation.p < 0.01 ? 3 : 2)} of ${
            count(permutation.replicates)
          } deals`,
        { x: x0 + width + 12, y: y + 10, size, fill: theme.muted },
      ),
    );
  });
  if (weightings.some((weighting) => excess[weighting].permutation !== null)) {
    nodes.push(
      element("rect", {
        x: left.excess,
        y: foot + 19,
        width: 15,
        height: 9,
        fill: theme.faint,
      }),
      label("95% of deals of children within relation and month", {
        x: left.excess + 20,
        y: foot + 27,
        size,
      }),
    );
  }
  return nodes;
}

/** What the difference by tf-idf would be without each of the families that drive it most. */
function influences({ influence }: SiblingExcess): SVGElement[] {
  const x = left.influence;
  const right = theme.width.full;
  const nodes = [
    heading("Without the family of", x),
    label("models", { x: x + 164, y: 10, anchor: "end", size, fill: theme.muted }),
    label("tf-idf", { x: right, y: 10, anchor: "end", size, fill: theme.muted }),
  ];
  if (influence.length === 0) {
    nodes.push(label("no family has a fork", { x, y: top, size, fill: theme.muted }));
  }
  influence.slice(0, listed).forEach(({ root, models, without }, i) => {
    const y = top + 3 + i * 14;
    const number = without === null ? "none left" : signed(without, 3);
    nodes.push(
      label(fitId(root, { width: 112, size }), { x, y, size }),
      label(count(models), { x: x + 164, y, anchor: "end", size, fill: theme.muted }),
      label(number, { x: right, y, anchor: "end", size, weight: 600 }),
    );
  });
  return nodes;
}
