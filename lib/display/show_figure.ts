import type { Figure } from "../figure/figure.ts";
import { tag, textHtml } from "./html.ts";
import { pictureBundle } from "./picture_bundle.ts";
import { Shown } from "./shown.ts";
import { printable } from "./text_table.ts";

/** Whether something is a figure. */
export function isFigure(what: unknown): what is Figure {
  const { svg, title, caption, alt } = Object(what) as Record<string, unknown>;
  return [svg, title, caption, alt].every((text) => typeof text === "string");
}

/** White around a figure, which on a dark page would end where its texts begin. */
const padding = 8;

/** A figure with its caption; the note on its source is in the picture. */
export function showFigure(figure: Figure): Shown {
  const { title, caption, alt, width } = figure;
  const text = [title, caption, alt].map(printable).join("\n\n");
  const words = tag(
    "figcaption",
    { style: "font-size:13px;line-height:1.45;margin-top:6px" },
    `<strong>${textHtml(title)}.</strong> ${textHtml(caption)}`,
  );
  const page = (image: string) =>
    tag("figure", { style: `margin:0;max-width:${width + 2 * padding}px` }, `${image}\n${words}`);
  return new Shown({
    text: () => text,
    bundle: () => pictureBundle(figure, { page, text, padding }),
  });
}
