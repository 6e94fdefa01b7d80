import { escapeXml } from "../figure/dom.ts";

/** A tag with attributes and with children that are HTML already; attributes that are undefined are left out. */
export function tag(
  name: string,
  attributes: Record<string, string | number | undefined>,
  children: string = "",
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join("");
  return `<${name}${written}>${children}</${name}>`;
}

/** A text as HTML: escaped, and characters that turn the direction of what follows kept inside it. */
export function textHtml(text: string): string {
  return escapeXml(text).replace(
    /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
