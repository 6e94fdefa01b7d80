import { parseHTML } from "linkedom";
import { byCodeUnits } from "../core/compare.ts";
import { theme } from "./theme.ts";

/** The document that Plot draws into; no browser is needed. */
export const document: Document = parseHTML("<!doctype html><html><body></body></html>")
  .document as unknown as Document;

const namespace = "http://www.w3.org/2000/svg";

/** An SVG element with attributes and children; strings become text nodes. */
export function element(
  tag: string,
  attributes: Record<string, string | number | undefined> = {},
  children: readonly (Element | string)[] = [],
): SVGElement {
  const node = document.createElementNS(namespace, tag) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(key, String(value));
  }
  for (const child of children) {
    node.append(typeof child === "string" ? document.createTextNode(child) : child);
  }
  return node;
}

/** Attributes that hold coordinates and lengths. */
const lengths = new Set(
  ("x y x1 x2 y1 y2 cx cy r rx ry dx dy d points transform width height viewBox offset opacity font-size " +
    "stroke-width stroke-dasharray stroke-opacity fill-opacity").split(" "),
);
/** Numbers with decimals or an exponent. */
const decimals = /-?\d*\.\d+(?:e[-+]?\d+)?|-?\d+e[-+]?\d+/gi;

function rounded(value: string): string {
  return value.replace(decimals, (number) => {
    const cut = Math.round(Number(number) * 100) / 100;
    return String(cut === 0 ? 0 : cut);
  });
}

/**
 * Rewrites a drawing in place so that two renders have the same bytes and every program reads it alike: coordinates cut
 * to two decimals, ids counted from 1 behind `prefix`, style sheets and classes of the page dropped, `currentColor` and
 * variables replaced by the theme's colours, offsets of text lines in pixels rather than em.
 */
export function normalise(root: Element, prefix: string): void {
  for (const style of [...root.querySelectorAll("style")]) style.remove();
  const ids = new Map<string, string>();
  const all = [root, ...root.querySelectorAll("*")];
  for (const node of all) {
    const id = node.getAttribute("id");
    if (id !== null) {
      ids.set(id, `${prefix}-${ids.size + 1}`);
      node.setAttribute("id", ids.get(id)!);
    }
  }
  for (const node of all) {
    for (const name of ["class", "font-variant", "style"]) node.removeAttribute(name);
    for (const { name, value } of [...node.attributes]) {
      if (name === "id" || name === "aria-label" || name.startsWith("xmlns")) continue;
      let text = value.replaceAll("currentColor", theme.ink)
        .replace(/var\(--plot-background\)/g, theme.paper)
        .replace(/url\(#([^)]+)\)/g, (whole, id) => ids.has(id) ? `url(#${ids.get(id)})` : whole);
      if (name === "href" && text.startsWith("#")) text = `#${ids.get(text.slice(1)) ?? text}`;
      if (lengths.has(name)) text = rounded(text);
      if (text !== value) node.setAttribute(name, text);
    }
  }
  inPixels(root, theme.size.text);
}

/** Writes `dx` and `dy` of texts in pixels: not every PDF or PNG writer knows em. */
function inPixels(node: Element, inherited: number): void {
  const size = Number(node.getAttribute("font-size") ?? inherited);
  for (const name of ["x", "y", "dx", "dy"]) {
    const value = node.getAttribute(name);
    if (value?.endsWith("em")) {
      node.setAttribute(name, rounded(String(Number.parseFloat(value) * size)));
    }
  }
  for (const child of node.children) inPixels(child, size);
}

/** Escapes a text for use in XML and HTML, between tags and in quoted attributes. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    // Characters that XML 1.0 forbids even as references.
    // deno-lint-ignore no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}

/** The text of an SVG element, one element a line except inside texts, so that two versions can be compared line by line. */
export function serialise(node: Element): string {
  const attributes = [...node.attributes].map(({ name, value }) => ` ${name}="${escapeXml(value)}"`)
    .sort(byCodeUnits).join("");
  const tag = node.localName;
  if (node.childNodes.length === 0) return `<${tag}${attributes}/>\n`;
  if (node.children.length === 0) {
    return `<${tag}${attributes}>${escapeXml(node.textContent ?? "")}</${tag}>\n`;
  }
  const inside = [...node.children].map(serialise).join("");
  return tag === "text"
    ? `<${tag}${attributes}>${inside.replaceAll("\n", "")}</${tag}>\n`
    : `<${tag}${attributes}>\n${inside}</${tag}>\n`;
}
