import { svgImage } from "./images.ts";
import { type MimeBundle, Shown } from "./shown.ts";
import { printable } from "./text_table.ts";

/** An element of any document, such as a drawing of Plot. */
export interface Markup {
  /** The element as text. */
  readonly outerHTML: string;
}

/** Whether something is an element. */
export function isMarkup(what: unknown): what is Markup {
  return typeof Object(what).outerHTML === "string";
}

/**
 * An element as it is. An SVG is put into the page as an image, which sanitisers leave, on white, for drawings are black unless they
 * say otherwise; other elements lose on GitHub what is drawn in them.
 */
export function showMarkup({ outerHTML }: Markup): Shown {
  const { name, attributes } = startOf(outerHTML);
  const label = attributes.get("aria-label");
  const text = label === undefined ? `<${name}>` : `<${name}> ${printable(label)}`;
  const width = Number(attributes.get("width")) || 640;
  return new Shown({
    text: () => text,
    bundle: (): MimeBundle => {
      if (name !== "svg") return { "text/html": outerHTML, "text/plain": text };
      const svg = standalone(outerHTML, attributes);
      return {
        "text/html": svgImage(svg, { width, alt: label ?? "Drawing", padding: 8 }),
        "image/svg+xml": svg,
        "text/plain": text,
      };
    },
  });
}

/** Name and attributes of an element's first tag, whose values may hold all but the quotes around them. */
function startOf(html: string): { name: string; attributes: Map<string, string> } {
  const attribute = /\s+([^\s=>"'/]+)(?:=(?:"([^"]*)"|'([^']*)'))?/;
  const tag = new RegExp(`^<([\\w-]+)((?:${attribute.source})*)`).exec(html);
  const found = (tag?.[2] ?? "").matchAll(new RegExp(attribute, "g"));
  return {
    name: tag?.[1].toLowerCase() ?? "element",
    attributes: new Map([...found].map(([, key, double, single]) => [
      key.toLowerCase(),
      decoded(double ?? single ?? ""),
    ])),
  };
}

const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

/** A text without the references that stand for characters in markup. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(entities, name) ? entities[name] : whole;
    const code = decimal === undefined ? parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Documents in HTML leave out the namespaces that an SVG of its own needs, and have names for characters that it does not know. */
function standalone(svg: string, attributes: ReadonlyMap<string, string>): string {
  const names = [
    ["xmlns", "http://www.w3.org/2000/svg"],
    ["xmlns:xlink", "http://www.w3.org/1999/xlink"],
  ]
    .filter(([name]) => !attributes.has(name))
    .map(([name, uri]) => ` ${name}="${uri}"`);
  return svg.replace(/^<svg/i, (start) => start + names.join("")).replaceAll("&nbsp;", "&#160;");
}
