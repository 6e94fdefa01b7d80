import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import subsetFont from "subset-font";
import { fontPath, type FontWeight } from "./fonts.ts";
import { theme } from "./theme.ts";

/** Style rules that hold the glyphs of `text` in the weights given, as WOFF2; some 10 kB a weight. */
export async function fontFaces(
  text: string,
  { weights = [400, 600] }: { /** @default [400, 600] */ weights?: readonly FontWeight[] } = {},
): Promise<string> {
  // In a fixed order, so that the same set of characters gives the same bytes.
  const glyphs = [...new Set(text)].sort().join("");
  const rules: string[] = [];
  for (const weight of weights) {
    const font = await subsetFont(Buffer.from(readFileSync(fontPath(weight))), glyphs, {
      targetFormat: "woff2",
    });
    rules.push(
      `@font-face{font-family:${theme.font};font-weight:${weight};` +
        `src:url(data:font/woff2;base64,${Buffer.from(font).toString("base64")}) format("woff2")}`,
    );
  }
  return rules.join("");
}

/** The SVG with its font inside, so that browsers show it as it was drawn wherever it is opened. */
export async function embedFont(svg: string): Promise<string> {
  const text = svg.replace(/<[^>]*>/g, "").replace(
    /&#(\d+);/g,
    (_, code) => String.fromCodePoint(Number(code)),
  );
  const weights: FontWeight[] = svg.includes('font-weight="600"') ? [400, 600] : [400];
  const style = `<defs><style>${await fontFaces(text, { weights })}</style></defs>\n`;
  return svg.replace("<title>", () => `${style}<title>`);
}
