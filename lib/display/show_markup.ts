import { svgImage } from "./images.ts";
import { type MimeBundle, Shown } from "./shown.ts";

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
  const name = /^<([\w-]+)/.exec(outerHTML)?.[1].toLowerCase() ?? "element";
  const attribute = (key: string) => new RegExp(`^<[^>]*\\s${key}="([^"]*)"`).exec(outerHTML)?.[1];
  const label = attribute("aria-label");
  const text = label === undefined ? `<${name}>` : `<${name}> ${label}`;
  const svg = standalone(outerHTML);
  const width = Number(attribute("width")) || 640;
  return new Shown({
    text: () => text,
    bundle: (): MimeBundle =>
      name === "svg"
        ? {
          "text/html": svgImage(svg, { width, alt: label ?? "Drawing", padding: 8 }),
          "image/svg+xml": svg,
          "text/plain": text,
        }
        : { "text/html": outerHTML, "text/plain": text },
  });
}

/** Documents in HTML leave out the namespaces that an SVG of its own needs, and have names for characters that it does not know. */
function standalone(svg: string): string {
  const names = [
    ["xmlns", "http://www.w3.org/2000/svg"],
    ["xmlns:xlink", "http://www.w3.org/1999/xlink"],
  ]
    .filter(([name]) => !new RegExp(`^<svg[^>]*\\s${name}=`, "i").test(svg))
    .map(([name, uri]) => ` ${name}="${uri}"`);
  return svg.replace(/^<svg/i, (start) => start + names.join("")).replaceAll("&nbsp;", "&#160;");
}
