import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import type { Figure } from "./figure.ts";
import { fontPath } from "./fonts.ts";
import { theme } from "./theme.ts";

/** PDF points a CSS pixel. */
const points = 0.75;

/**
 * PNG of a figure at `zoom` times its size in pixels.
 *
 * Loads a native library: needs `--allow-ffi`, `--allow-env` and `--allow-sys`.
 */
export async function renderPng(
  { svg }: Figure,
  { zoom = 2 }: { /** @default 2 */ zoom?: number } = {},
): Promise<Uint8Array> {
  // Imported here, so that drawing alone does not ask for the permissions of the native library.
  const { Resvg } = await import("@resvg/resvg-js");
  const image = new Resvg(svg, {
    fitTo: { mode: "zoom", value: zoom },
    font: {
      fontFiles: [fontPath(400), fontPath(600)],
      loadSystemFonts: false,
      defaultFontFamily: theme.font,
    },
  });
  return image.render().asPng();
}

/** Vector PDF of a figure, one page of its size, fonts embedded; the same figure gives the same bytes. */
export async function renderPdf(
  { svg, width, height, title }: Pick<Figure, "svg" | "width" | "height" | "title">,
): Promise<Uint8Array> {
  // Imported here, since they take a third of the time that it takes to load all else.
  const [{ default: PDFDocument }, { default: svgToPdf }] = await Promise.all([
    import("pdfkit"),
    import("svg-to-pdfkit"),
  ]);
  const size: [number, number] = [width * points, height * points];
  const pdf = new PDFDocument({
    size,
    margin: 0,
    lang: "en",
    displayTitle: true,
    // The file's id is made from these, and the clock would change it.
    info: { Title: title, Creator: "kindred", Producer: "kindred", CreationDate: new Date(0) },
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pdf.on("error", reject);
  });
  pdf.registerFont("regular", readFileSync(fontPath(400)));
  pdf.registerFont("semibold", readFileSync(fontPath(600)));
  svgToPdf(pdf, svg, 0, 0, {
    width: size[0],
    height: size[1],
    fontCallback: (_family: string, bold: boolean) => bold ? "semibold" : "regular",
  });
  pdf.end();
  return await done;
}
