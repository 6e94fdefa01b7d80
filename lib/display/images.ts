import { Buffer } from "node:buffer";
import { fontFaces } from "../figure/embed_font.ts";
import { tag } from "./html.ts";

/** An SVG document as an image of a page. */
export function svgImage(
  svg: string,
  { width, alt, padding = 0 }: {
    /** Width in pixels. */
    width: number;
    alt: string;
    /** White around it in pixels, for dark pages. @default 0 */
    padding?: number;
  },
): string {
  const src = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  const style = "max-width:100%;height:auto" +
    (padding === 0 ? "" : `;background:#fff;padding:${padding}px;box-sizing:border-box`);
  return tag("img", { src, alt, width: width + 2 * padding, style }).replace("</img>", "");
}

/** The SVG with the glyphs of its font that it needs inside, each weight with those of its own texts. */
export async function withFont(svg: string): Promise<string> {
  const glyphs = { 400: "", 600: "" };
  // Below a group with a weight it is not known which texts have it.
  const grouped = /<(?!text\b)\w+ [^>]*font-weight="600"/.test(svg);
  for (const [, attributes, inside] of svg.matchAll(/<text\b([^>]*)>(.*?)<\/text>/gs)) {
    const words = inside.replace(/<[^>]*>/g, "")
      .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    const bold = /font-weight="600"/.test(attributes);
    if (!bold) glyphs[400] += words;
    if (bold || grouped) glyphs[600] += words;
  }
  const faces: string[] = [];
  for (const weight of [400, 600] as const) {
    if (glyphs[weight] !== "") faces.push(await fontFaces(glyphs[weight], { weights: [weight] }));
  }
  return svg.replace("<title>", () => `<defs><style>${faces.join("")}</style></defs>\n<title>`);
}
