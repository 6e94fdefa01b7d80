import { advance, type FontWeight, hasGlyph } from "./fonts.ts";
import { theme } from "./theme.ts";

/** Size and weight of a text. */
export interface TextStyle {
  /** Font size in pixels. @default theme.size.text */
  size?: number;
  /** @default 400 */
  weight?: FontWeight;
}

/** Control and formatting characters, among them those that turn the direction of what follows, and half surrogates. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\ufe0e\ufe0f]/gu;

/** Width of a text in pixels, the sum of its characters' advances: kerning would make it a little narrower. */
export function textWidth(
  text: string,
  { size = theme.size.text, weight = 400 }: TextStyle = {},
): number {
  let width = 0;
  for (const character of text) width += advance(character.codePointAt(0)!, weight);
  return width * size;
}

/**
 * A name as it can be printed in every output format: white space collapsed, control and direction characters dropped,
 * characters that the font does not have shown as an empty square, an empty name as "(no name)".
 */
export function printable(text: string): string {
  const plain = text.replace(/\s+/gu, " ").replace(invisible, "").trim();
  if (plain === "") return "(no name)";
  let shown = "";
  for (const character of plain) {
    shown += hasGlyph(character.codePointAt(0)!) ? character : "□";
  }
  return shown;
}

/** The longest beginning of a text, made printable, that is at most `width` pixels wide, with an ellipsis where it was cut. */
export function fitText(
  text: string,
  { width, ...style }: TextStyle & { /** Room in pixels. */ width: number },
): string {
  const whole = printable(text);
  if (textWidth(whole, style) <= width) return whole;
  const room = width - textWidth("…", style);
  let shown = "";
  let used = 0;
  for (const character of whole) {
    used += textWidth(character, style);
    if (used > room) break;
    shown += character;
  }
  return `${shown.trimEnd()}…`;
}

/** As {@link fitText}, but cut in the middle: names of relatives often differ at their ends. */
export function fitMiddle(
  text: string,
  { width, ...style }: TextStyle & { /** Room in pixels. */ width: number },
): string {
  const whole = printable(text);
  if (textWidth(whole, style) <= width) return whole;
  const characters = [...whole];
  const room = width - textWidth("…", style);
  let head = 0;
  let tail = 0;
  for (let used = 0; head + tail < characters.length;) {
    // Two characters at the beginning for each one at the end.
    const next = head < 2 * tail + 2 ? characters[head] : characters[characters.length - 1 - tail];
    used += textWidth(next, style);
    if (used > room) break;
    if (head < 2 * tail + 2) head++;
    else tail++;
  }
  const end = tail > 0 ? characters.slice(-tail).join("") : "";
  return `${characters.slice(0, head).join("")}…${end}`;
}

/**
 * A model id in at most `width` pixels: whole where it fits, else without its owner, else cut in the middle.
 */
export function fitId(
  id: string,
  options: TextStyle & { /** Room in pixels. */ width: number },
): string {
  const whole = printable(id);
  if (textWidth(whole, options) <= options.width) return whole;
  return fitMiddle(shortId(id), options);
}

/** A model id without its owner. */
export function shortId(id: string): string {
  const name = id.slice(id.indexOf("/") + 1);
  return printable(name === "" ? id : name);
}

/** Breaks a text at its spaces into lines of at most `width` pixels; a longer word is cut with an ellipsis. */
export function wrapText(
  text: string,
  { width, ...style }: TextStyle & { /** Room in pixels. */ width: number },
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text).split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer, style) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = fitText(word, { width, ...style });
  }
  if (line !== "") lines.push(line);
  return lines;
}

/**
 * Moves positions apart so that neighbours are at least `gap` from each other, as little as that takes, and within
 * least..most; the order is kept. Returns the new positions in the order of the given ones.
 */
export function dodge(
  positions: readonly number[],
  { gap, least, most }: { gap: number; least: number; most: number },
): number[] {
  const order = positions.map((_, i) => i).sort((i, j) => positions[i] - positions[j] || i - j);
  // Blocks of touching labels: each has the mean of what its members want, and merges with the block above it on contact.
  const blocks: { members: number[]; want: number; top: number }[] = [];
  for (const i of order) {
    let block = { members: [i], want: positions[i], top: positions[i] };
    for (;;) {
      block.top = Math.max(least, Math.min(most - gap * (block.members.length - 1), block.want));
      const above = blocks.at(-1);
      if (above === undefined || above.top + gap * above.members.length <= block.top) break;
      blocks.pop();
      const n = above.members.length;
      const m = block.members.length;
      block = {
        members: [...above.members, ...block.members],
        want: (above.want * n + (block.want - gap * n) * m) / (n + m),
        top: 0,
      };
    }
    blocks.push(block);
  }
  const moved = new Array<number>(positions.length);
  for (const { members, top } of blocks) {
    members.forEach((i, k) => moved[i] = top + gap * k);
  }
  return moved;
}
