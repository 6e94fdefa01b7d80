const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  "#39": "'",
};

/**
 * The prose of a card (README, Markdown with YAML front matter): one string for each paragraph, heading and list item, in
 * their order. Left out are what no sentence is made of: the front matter, fenced code, code spans, tables, images, rules, HTML
 * tags and comments with `<style>`, `<script>` and `<pre>`, link targets and bare addresses. Of a link its text remains.
 *
 * @example
 * ```ts
 * import { cardProse } from "kindred";
 * cardProse("---\nlicense: mit\n---\n# Llama\nA **tiny** [model](https://a.b).\n- one\n\n| a |\n");
 * // ["Llama", "A tiny model.", "one"]
 * ```
 */
export function cardProse(card: string): string[] {
  const blocks: string[] = [];
  let paragraph = "";
  const flush = () => {
    const text = inline(paragraph);
    if (/[\p{L}\p{N}]/u.test(text)) blocks.push(text);
    paragraph = "";
  };
  let fence = "";
  for (const raw of withoutHtmlBlocks(withoutFrontMatter(card)).split(/\r\n?|\n/)) {
    const line = raw.trim();
    const marks = /^(?:`{3,}|~{3,})/.exec(line)?.[0] ?? "";
    if (fence !== "") {
      if (marks.startsWith(fence) && line === marks) fence = "";
      continue;
    }
    if (marks !== "") {
      flush();
      fence = marks;
      continue;
    }
    const bare = line.replace(/^(?:>\s?)+/, "");
    if (bare === "" || isFurniture(bare)) {
      flush();
      continue;
    }
    const heading = /^#{1,6}\s+/.exec(bare);
    const item = /^(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/.exec(bare);
    if (heading !== null || item !== null) flush();
    paragraph += ` ${bare.slice((heading ?? item)?.[0].length ?? 0)}`;
    if (heading !== null) flush();
  }
  flush();
  return blocks;
}

function withoutFrontMatter(card: string): string {
  const opening = /^\s*---[ \t]*(?:\r\n?|\n)/.exec(card);
  if (opening === null) return card;
  const rest = card.slice(opening[0].length);
  const closing = /^(?:---|\.\.\.)[ \t]*$/m.exec(rest);
  return closing === null ? card : rest.slice(closing.index + closing[0].length);
}

/** Elements without prose, and what ends each. */
const htmlBlocks: readonly [opening: RegExp, closing: RegExp][] = [
  [/<!--/g, /-->/g],
  [/<style\b[^<>]*>/gi, /<\/style\s*>/gi],
  [/<script\b[^<>]*>/gi, /<\/script\s*>/gi],
  [/<pre\b[^<>]*>/gi, /<\/pre\s*>/gi],
];

/** Drops comments and elements without prose; a fence inside them would open code that never ends. */
function withoutHtmlBlocks(card: string): string {
  if (!card.includes("<")) return card;
  let text = card;
  for (const [opening, closing] of htmlBlocks) {
    let kept = "";
    let from = 0;
    opening.lastIndex = 0;
    for (;;) {
      const start = opening.exec(text);
      if (start === null) break;
      closing.lastIndex = opening.lastIndex;
      // One that never ends is text, and so are all after it.
      if (closing.exec(text) === null) break;
      kept += `${text.slice(from, start.index)}\n`;
      from = opening.lastIndex = closing.lastIndex;
    }
    text = kept + text.slice(from);
  }
  return text;
}

/** Lines of tables, rules, underlines of headings and definitions of links. */
function isFurniture(line: string): boolean {
  return line.startsWith("|") || /^[-=*_|:\s]+$/.test(line) || /^\[[^\]]+\]:\s*\S+/.test(line);
}

/**
 * The text of a paragraph without the marks of Markdown and HTML. Marks are looked for within 1,000 characters, so that
 * openings without an end cost time in proportion to the text.
 */
function inline(markdown: string): string {
  let text = markdown;
  if (text.includes("`")) text = text.replace(/(?<!`)(`{1,8})(?!`)[^`]{1,1000}\1(?!`)/g, " ");
  if (text.includes("[")) {
    text = text
      .replace(/!\[[^\]]{0,1000}\](?:\([^)]{0,1000}\)|\[[^\]]{0,1000}\])/g, " ")
      .replace(/\[([^\][]{0,1000})\](?:\([^)]{0,1000}\)|\[[^\]]{0,1000}\])/g, "$1");
  }
  if (text.includes("<")) text = text.replace(/<\/?[a-zA-Z][^<>]*>/g, " ");
  if (text.includes("://")) text = text.replace(/<?\bhttps?:\/\/[^\s<>)\]]+>?/g, " ");
  if (text.includes("&")) {
    text = text.replace(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (_, name) => entities[name]);
  }
  if (text.includes("_")) {
    text = text.replace(/(?<=^|[\s(])_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?=[\s).,;:!?]|$)/g, "");
  }
  return text
    .replace(/\*+|~~+/g, "")
    .replace(/\s+/g, " ")
    .replace(/ ([.,;:!?])(?=\s|$)/g, "$1")
    .trim();
}
