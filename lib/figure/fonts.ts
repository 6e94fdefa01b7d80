import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import * as fontkit from "fontkit";
// The import puts the package into the module graph, so that the files beside it can be resolved.
import inter from "@expo-google-fonts/inter/package.json" with { type: "json" };

/** The two weights that figures use. */
export type FontWeight = 400 | 600;

/** What of fontkit's fonts is used here. */
interface Face {
  unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): { advanceWidth: number };
}

const names = { 400: "400Regular/Inter_400Regular", 600: "600SemiBold/Inter_600SemiBold" };
const faces = new Map<FontWeight, Face>();
const advances: Record<FontWeight, Map<number, number>> = { 400: new Map(), 600: new Map() };

/** Package and version that the font comes from, for the manifest. */
export const fontOrigin = `${inter.name} ${inter.version}`;

/** Path of the TrueType file of a weight. */
export function fontPath(weight: FontWeight): string {
  return createRequire(import.meta.url).resolve(`${inter.name}/${names[weight]}.ttf`);
}

function face(weight: FontWeight): Face {
  let found = faces.get(weight);
  if (found === undefined) {
    found = fontkit.create(readFileSync(fontPath(weight))) as unknown as Face;
    faces.set(weight, found);
  }
  return found;
}

/** Whether the font can show a character. */
export function hasGlyph(codePoint: number): boolean {
  return face(400).hasGlyphForCodePoint(codePoint);
}

/** Width of one character at a size of 1 pixel. */
export function advance(codePoint: number, weight: FontWeight): number {
  const known = advances[weight].get(codePoint);
  if (known !== undefined) return known;
  const { unitsPerEm } = face(weight);
  const width = face(weight).glyphForCodePoint(codePoint).advanceWidth / unitsPerEm;
  advances[weight].set(codePoint, width);
  return width;
}
