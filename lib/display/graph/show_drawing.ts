import { tag } from "../html.ts";
import { pageScript } from "../page_script.ts";
import { type Picture, pictureBundle } from "../picture_bundle.ts";
import { Shown } from "../shown.ts";
import { graphStyle } from "./graph_style.ts";
import { liveGraph } from "./live_graph.ts";

/** A drawing whose page puts the drawing itself in place of its image where scripts run, and makes it live. */
export function showDrawing(draw: () => Picture, text: () => string): Shown {
  const page = (image: string) => {
    const box = tag(
      "div",
      { class: "kindred-graph", "data-lm-suppress-shortcuts": "true" },
      image,
    );
    return `<style>${graphStyle}</style>\n${box}\n${pageScript(liveGraph)}`;
  };
  return new Shown({ text, bundle: () => pictureBundle(draw(), { page, text: text() }) });
}
