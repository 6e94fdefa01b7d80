import { escapeXml } from "../figure/dom.ts";
import { printable } from "./text_table.ts";

/** A tag with attributes and with children that are HTML already; attributes that are undefined are left out. */
export function tag(
  name: string,
  attributes: Record<string, string | number | undefined>,
  children: string = "",
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${textHtml(String(value))}"`)
    .join("");
  return `<${name}${written}>${children}</${name}>`;
}

/**
 * A text as HTML, between tags and in attributes: escaped, with control characters and those that turn the direction of what follows
 * visible as in a terminal. Lines and tabs stay.
 */
export function textHtml(text: string): string {
  return escapeXml(
    text.split(/([\t\n\r])/).map((part, i) => i % 2 === 0 ? printable(part) : part).join(""),
  );
}
