import { tag } from "../html.ts";
import { pageScript } from "../page_script.ts";
import { type Picture, pictureBundle } from "../picture_bundle.ts";
import { Shown } from "../shown.ts";
import { sizes } from "./drawing.ts";
import { graphStyle } from "./graph_style.ts";
import { liveGraph } from "./live_graph.ts";

/**
 * A drawing whose page puts the drawing itself in place of its image where scripts run, and makes it live. One that is wider than pages are is
 * then scrolled, for scaled down it could not be read.
 */
export function showDrawing(draw: () => Picture, text: () => string): Shown {
  const page = (image: string, width: number) => {
    const wide = width > 1.15 * (sizes.room + 2 * sizes.margin);
    const box = tag(
      "div",
      {
        class: wide ? "kindred-graph wide" : "kindred-graph",
        style: wide ? `--kindred-width:${width}px` : undefined,
        "data-lm-suppress-shortcuts": "true",
      },
      image,
    );
    return `<style>${graphStyle}</style>\n${box}\n${pageScript(liveGraph)}`;
  };
  return new Shown({
    text,
    bundle: () => {
      const picture = draw();
      return pictureBundle(picture, { page: (image) => page(image, picture.width), text: text() });
    },
  });
}
