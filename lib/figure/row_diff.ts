import {
  type Change,
  type RowDifference,
  type RowPart,
  rowParts,
} from "../measure/compare/row_diff.ts";
import type { Relation } from "../graph/lineage.ts";
import { label } from "./chart.ts";
import { element } from "./dom.ts";
import { type Figure, figure, type FigureOptions } from "./figure.ts";
import { count, plural } from "./format.ts";
import { languageTitle } from "./languages.ts";
import { fitMiddle, fitText, printable, shortId } from "./text.ts";
import { relationNames, theme } from "./theme.ts";

/** Two models behind {@link rowDiffFigure}. */
export interface RowDiffData {
  /** Id of the first model. */
  parent: string;
  /** Id of the second model. */
  child: string;
  /** How the second was made from the first, null where it was not. */
  relation: Relation | null;
  /** Why these two are shown, a full sentence for the caption. @default "" */
  choice?: string;
  /** What the two rows say; see `rowDiff`. */
  differences: readonly RowDifference[];
}

const width = theme.width.column;
const lineHeight = 15;
const head = 44;
/** Room for the names of the parts, and where the two strands stand. */
const strands = { left: 56, right: width - 2 };
const middle = (strands.left + strands.right) / 2;
const gap = 3;
/** Most values of one part that are listed on each side. */
const listed = 8;

const titles: Readonly<Record<RowPart, string>> = {
  license: "License",
  task: "Task",
  library: "Library",
  language: "Language",
  parent: "Parent",
  dataset: "Dataset",
  paper: "Paper",
  region: "Region",
  tag: "Tags",
};

function ink(part: RowPart): string {
  return part in theme.trait ? theme.trait[part as keyof typeof theme.trait] : theme.muted;
}

/** One rung of the ladder: a text on one side, on both, or one on each. */
interface Rung {
  part: RowPart;
  shared: string | null;
  lost: string | null;
  gained: string | null;
}

/**
 * The "DNA" of two models: a ladder between two strands with one rung for each value that both rows have, half a rung at the left
 * for what only the first has, at the right for what only the second has. Eight values of each kind at most.
 *
 * @param data The two rows, null where a snapshot has no pair to show.
 * @throws {RangeError} when there is no pair, or neither row says anything
 *
 * @example
 * ```ts
 * import { rowDiffFigure } from "kindred";
 * const { values } = rowDiffFigure({
 *   parent: "lab/base",
 *   child: "user/tuned",
 *   relation: "finetune",
 *   differences: [
 *     { part: "license", value: "mit", change: "shared" },
 *     { part: "tag", value: "gguf", change: "gained" },
 *   ],
 * }, { source: { snapshot: "sample", sha256: null, simulated: false } });
 * values.shared; // 1
 * ```
 */
export function rowDiffFigure(
  data: RowDiffData | null,
  { source }: FigureOptions,
): Figure {
  if (data === null) {
    throw new RangeError("Cannot draw a row diff: the snapshot has no model with a child");
  }
  const { parent, child, relation, choice = "", differences } = data;
  if (differences.length === 0) {
    throw new RangeError(
      `Cannot draw what the rows of ${JSON.stringify(parent)} and ${
        JSON.stringify(child)
      } have in common: neither says anything`,
    );
  }
  const rungs = rowParts.flatMap((part) => rungsOf(part, differences));
  const total = (change: Change) => differences.filter((d) => d.change === change).length;
  const [shared, lost, gained] = [total("shared"), total("lost"), total("gained")];
  const bottom = head + rungs.length * lineHeight;
  const nodes: SVGElement[] = [];
  rungs.forEach((rung, i) => {
    if (i === 0 || rungs[i - 1].part !== rung.part) {
      nodes.push(label(titles[rung.part], {
        x: strands.left - 8,
        y: head + i * lineHeight + 11,
        size: theme.size.small,
        anchor: "end",
        weight: 600,
        fill: ink(rung.part),
      }));
    }
    nodes.push(...drawRung(rung, head + i * lineHeight));
  });
  const strand = (x: number) =>
    element("path", { d: `M${x},${head - 3}V${bottom + 1}`, stroke: theme.ink, "stroke-width": 2 });
  const names = `${printable(parent)} and ${printable(child)}`;
  const half = middle - strands.left - 8;
  return figure({
    name: "14_row_diff",
    function: "rowDiffFigure",
    title: "What two models share, lose and gain",
    caption:
      `The rows of two models side by side: whole rungs are values that both have, half rungs those of one. ${
        printable(parent)
      } (left) and ${printable(child)} (right${
        relation === null ? "" : `, relation: ${relationNames[relation]}`
      }) share ${plural(shared, "value")}; ${count(lost)} of the first ${
        lost === 1 ? "is" : "are"
      } lost, ${count(gained)} of the second ${gained === 1 ? "is" : "are"} gained. ${choice}`
        .trim(),
    alt: `A ladder between two strands, ${names}: ${count(shared)} whole rungs, ${
      count(lost)
    } half rungs at the left, ${count(gained)} at the right.`,
    source,
    graph: relation === null ? "two rows" : `two rows, one edge (${relationNames[relation]})`,
    remark: rungs.some(isMore)
      ? `At most ${listed} values of each kind are drawn; the CSV has all.`
      : "",
    values: { parent, child, relation, shared, lost, gained },
    rows: differences.map(({ part, value, change }) => ({ part, value, change })),
    width,
    height: bottom + 8,
    panels: [
      strand(strands.left),
      strand(strands.right),
      ...nodes,
      label(fitMiddle(shortId(parent), { width: half, weight: 600 }), {
        x: strands.left,
        y: 12,
        weight: 600,
      }),
      label(fitMiddle(shortId(child), { width: half, weight: 600 }), {
        x: strands.right,
        y: 12,
        weight: 600,
        anchor: "end",
      }),
      label(`lost: ${count(lost)}`, {
        x: strands.left,
        y: 27,
        size: theme.size.small,
        fill: theme.muted,
      }),
      label(`shared: ${count(shared)}`, {
        x: middle,
        y: 27,
        size: theme.size.small,
        anchor: "middle",
        fill: theme.muted,
      }),
      label(`gained: ${count(gained)}`, {
        x: strands.right,
        y: 27,
        size: theme.size.small,
        anchor: "end",
        fill: theme.muted,
      }),
    ].map((node) => ({ x: 0, y: 0, node })),
  });
}

/** Shared values first, then lost and gained ones side by side. */
function rungsOf(part: RowPart, differences: readonly RowDifference[]): Rung[] {
  const texts = (change: Change) => {
    const all = differences.filter((d) => d.part === part && d.change === change);
    const shown = all.slice(0, all.length > listed ? listed - 1 : listed).map(({ value }) =>
      part === "language" ? `${languageTitle(value)} (${printable(value)})` : value
    );
    return all.length > shown.length
      ? [...shown, `${more}${count(all.length - shown.length)} more`]
      : shown;
  };
  const [shared, lost, gained] = [texts("shared"), texts("lost"), texts("gained")];
  const none = { part, shared: null, lost: null, gained: null };
  return [
    ...shared.map((text) => ({ ...none, shared: text })),
    ...Array.from({ length: Math.max(lost.length, gained.length) }, (_, i) => ({
      ...none,
      lost: lost[i] ?? null,
      gained: gained[i] ?? null,
    })),
  ];
}

const more = "and ";

function isMore({ shared, lost, gained }: Rung): boolean {
  return [shared, lost, gained].some((text) => text !== null && /^and [\d,]+ more$/.test(text));
}

function drawRung({ part, shared, lost, gained }: Rung, y: number): SVGElement[] {
  const bar = (x1: number, x2: number) =>
    element("rect", {
      x: x1,
      y: y + 1,
      width: x2 - x1,
      height: lineHeight - 2,
      fill: ink(part),
      "fill-opacity": 0.16,
    });
  const text = (value: string, at: { x: number; anchor: "start" | "middle" | "end" }) =>
    label(
      (part === "parent" ? fitMiddle : fitText)(value, {
        width: (at.anchor === "middle" ? 2 : 1) * (middle - gap - strands.left) - 12,
        size: theme.size.small,
      }),
      { ...at, y: y + 11, size: theme.size.small },
    );
  const nodes: SVGElement[] = [];
  if (shared !== null) {
    nodes.push(bar(strands.left, strands.right), text(shared, { x: middle, anchor: "middle" }));
  }
  if (lost !== null) {
    nodes.push(
      bar(strands.left, middle - gap),
      text(lost, { x: strands.left + 7, anchor: "start" }),
    );
  }
  if (gained !== null) {
    nodes.push(
      bar(middle + gap, strands.right),
      text(gained, { x: strands.right - 7, anchor: "end" }),
    );
  }
  return nodes;
}
