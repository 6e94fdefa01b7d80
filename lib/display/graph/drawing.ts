import { textWidth, wrapText } from "../../figure/text.ts";
import { theme } from "../../figure/theme.ts";
import { checkCount } from "../check_options.ts";
import { tag, textHtml } from "../html.ts";
import type { Picture } from "../picture_bundle.ts";

/** Most nodes of one drawing: more names can be neither drawn nor read. */
const mostNodes = 500;

/** Width of the buttons of the page's script, at the right end of the title; where it is scaled down they reach into the next line. */
const buttons = 110;

/** Sizes of a drawing in pixels. */
export const sizes = {
  text: 12,
  small: 12,
  title: 14,
  row: 20,
  margin: 12,
  /** Width that a page has for a drawing; wider ones are scaled down by it, their texts too. */
  room: 850,
} as const;

/** An entry of the legend. */
export interface Key {
  label: string;
  /** The mark before it, around (0, 0), at most 12 pixels wide. */
  mark: string;
}

/** What {@link drawing} puts together. */
export interface DrawingParts {
  title: string;
  /** A line under the title. */
  words: string;
  keys: readonly Key[];
  /** The nodes and edges, whose upper left corner is (0, 0). */
  body: string;
  width: number;
  height: number;
  /** What it shows, for people who cannot see it. */
  alt: string;
  /** For the page's script: which kind of drawing it is. */
  kind: "tree" | "network";
}

/**
 * Checks how many nodes are to be drawn.
 *
 * @throws {TypeError} when that is no number
 * @throws {RangeError} when it is not a whole number from 1 to 500
 */
export function checkNodes(nodes: number): void {
  checkCount("nodes", nodes, { action: "draw", least: 1, most: mostNodes });
}

/** A title, a legend and the nodes of a tree or a network as one SVG document. */
export function drawing(parts: DrawingParts): Picture {
  const { title, words, body, alt, kind } = parts;
  const { margin } = sizes;
  const width = Math.ceil(Math.max(parts.width + 2 * margin, 420));
  const room = width - 2 * margin;
  let y = margin - 6;
  const head: string[] = [];
  for (const line of wrapText(title, { width: room - buttons, size: sizes.title, weight: 600 })) {
    y += 18;
    head.push(text(line, { x: margin, y, size: sizes.title, weight: 600 }));
  }
  for (const line of wrapText(words, { width: room - buttons, size: sizes.small })) {
    y += 17;
    head.push(text(line, { x: margin, y, size: sizes.small, fill: theme.muted }));
  }
  let x = margin;
  y += 20;
  for (const { label, mark } of parts.keys) {
    const wide = 16 + textWidth(label, { size: sizes.small }) + 16;
    if (x > margin && x + wide > width) {
      x = margin;
      y += 17;
    }
    head.push(tag("g", { transform: `translate(${round(x + 6)},${y - 4})` }, mark));
    head.push(text(label, { x: x + 16, y, size: sizes.small }));
    x += wide;
  }
  const top = y + 14;
  const height = Math.ceil(top + parts.height + margin);
  const svg = tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": `${title}. ${alt}`,
      "font-family": theme.fontFamily,
      "font-size": sizes.text,
      fill: theme.ink,
      "data-kind": kind,
      "data-row": sizes.row,
    },
    `${tag("title", {}, textHtml(title))}\n${tag("desc", {}, textHtml(alt))}\n` +
      `${tag("rect", { width, height, fill: theme.paper })}\n` +
      `${tag("g", { class: "head" }, head.join("\n"))}\n` +
      tag("g", { class: "body", transform: `translate(${margin},${top})` }, body),
  );
  return { svg, width, height, title, alt };
}

/** A coordinate with one decimal. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A line of text with its baseline at y. */
export function text(
  words: string,
  { x, y, size = sizes.text, weight = 400, fill }: {
    x: number;
    y: number;
    /** @default 12 */
    size?: number;
    /** @default 400 */
    weight?: 400 | 600;
    /** @default the ink of the drawing */
    fill?: string;
  },
): string {
  return tag("text", {
    x: round(x),
    y: round(y),
    "font-size": size === sizes.text ? undefined : size,
    "font-weight": weight === 400 ? undefined : weight,
    fill,
  }, textHtml(words));
}
