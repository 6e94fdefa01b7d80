import * as Plot from "@observablehq/plot";
import { document, element } from "./dom.ts";
import { textWidth } from "./text.ts";
import { theme } from "./theme.ts";

/** What {@link chart} draws. */
export interface ChartOptions extends Plot.PlotOptions {
  /** Room on each side for axes and labels, in pixels. @default Plot's own */
  margins?: { top: number; right: number; bottom: number; left: number };
}

/** Options of a {@link chart} that is drawn in pixels, without axes. */
export const pixels = {
  margin: 0,
  x: { type: "identity", axis: null },
  y: { type: "identity", axis: null },
} as const;

/**
 * Draws a Plot without a browser and returns its marks as one group: no style sheet, no size of its own, so that groups
 * can be placed side by side in one figure. Colours are taken as they are unless the options give a scale.
 *
 * @throws {TypeError} when the options ask for a title, caption or HTML legend, which are no SVG
 */
export function chart({ margins, ...options }: ChartOptions): SVGElement {
  const room = margins && {
    marginTop: margins.top,
    marginRight: margins.right,
    marginBottom: margins.bottom,
    marginLeft: margins.left,
  };
  const drawn = Plot.plot({ color: { type: "identity" }, ...options, ...room, document });
  if (drawn.tagName.toLowerCase() !== "svg") {
    throw new TypeError(
      `Cannot place the chart: Plot drew a <${drawn.tagName}>, expected one <svg> without legends`,
    );
  }
  // Marks rely on this attribute of Plot's own <svg>.
  const anchor = { "text-anchor": "middle" };
  return element("g", anchor, [...drawn.children].filter((child) => child.tagName !== "style"));
}

/** A line of text with its baseline at y. */
export function label(
  text: string,
  { x = 0, y, size = theme.size.text, weight = 400, fill = theme.ink, anchor = "start" }: {
    /** @default 0 */
    x?: number;
    y: number;
    /** @default theme.size.text */
    size?: number;
    /** @default 400 */
    weight?: 400 | 600;
    /** @default theme.ink */
    fill?: string;
    /** @default "start" */
    anchor?: "start" | "middle" | "end";
  },
): SVGElement {
  return element("text", {
    x,
    y,
    "font-size": size,
    "font-weight": weight === 400 ? undefined : weight,
    "text-anchor": anchor === "start" ? undefined : anchor,
    fill,
  }, [text]);
}

/** A colour and what it means. */
export interface LegendEntry {
  /** What the colour means. */
  label: string;
  /** The colour. */
  fill: string;
  /** Outline of a dot. @default none */
  stroke?: string;
}

/** A row of dots or strokes with names, `width` pixels wide at most; what does not fit goes to the next line. */
export function legend(
  entries: readonly LegendEntry[],
  { symbol = "dot", width = theme.width.full as number }: {
    /** @default "dot" */
    symbol?: "dot" | "line";
    /** @default theme.width.full */
    width?: number;
  } = {},
): { node: SVGElement; height: number } {
  const lineHeight = 15;
  let x = 0;
  let y = 10;
  const nodes = entries.flatMap(({ label: name, fill, stroke }) => {
    const wide = 18 + textWidth(name) + 14;
    if (x > 0 && x + wide - 14 > width) {
      x = 0;
      y += lineHeight;
    }
    const mark = symbol === "dot"
      ? element("circle", { cx: x + 5, cy: y - 3.5, r: 4.5, fill, stroke })
      : element("path", {
        d: `M${x},${y - 3.5}H${x + 14}`,
        stroke: fill,
        "stroke-width": 2.5,
        fill: "none",
      });
    const text = label(name, { x: x + (symbol === "dot" ? 13 : 18), y });
    x += wide - (symbol === "dot" ? 5 : 0);
    return [mark, text];
  });
  return { node: element("g", { "aria-label": "legend" }, nodes), height: y + 5 };
}
