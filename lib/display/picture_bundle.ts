import { Buffer } from "node:buffer";
import { renderPdf } from "../figure/render.ts";
import { svgImage, withFont } from "./images.ts";
import type { MimeBundle } from "./shown.ts";

/** A picture to be shown; its font is named, not embedded. */
export interface Picture {
  svg: string;
  width: number;
  height: number;
  title: string;
  /** What it shows, for people who cannot see it. */
  alt: string;
}

/**
 * A picture for all front ends, each of which takes what it likes best:
 * - `text/html`: JupyterLab, the classic Notebook, VS Code, GitHub and nbconvert to HTML. The picture is in it as an image with a data
 *   address, for GitHub and JupyterLab (of a notebook that was not run there) drop scripts, style sheets and `<svg>`, but leave that.
 *   All that a reader needs is in it, as nothing else of the bundle is shown beside it.
 * - `application/pdf`: nbconvert to LaTeX and PDF, which for an SVG alone would need Inkscape, and fail without.
 * - `image/svg+xml`: programs that show no HTML, and people who take the picture out of the notebook.
 *
 * There is no PNG: it would be three times as large as all of these, which together are some 150 kB for a figure.
 *
 * @param options.page Makes the page of its image.
 */
export async function pictureBundle(
  picture: Picture,
  { page, text, padding }: {
    page: (image: string) => string;
    text: string;
    /** White around it in pixels, for dark pages. @default 0 */
    padding?: number;
  },
): Promise<MimeBundle> {
  const { width, title, alt } = picture;
  const svg = await withFont(picture.svg);
  return {
    "text/html": page(svgImage(svg, { width, padding, alt: `${title}. ${alt}` })),
    "application/pdf": Buffer.from(await renderPdf(picture)).toString("base64"),
    "image/svg+xml": svg,
    "text/plain": text,
  };
}
