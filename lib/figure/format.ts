import { format } from "d3";
import { type TextStyle, textWidth } from "./text.ts";

/** A count with thousands separators: 12,345. */
export const count: (value: number) => string = format(",");

/** A share with one decimal: 12.3%. */
export const percent: (value: number) => string = format(".1%");

/** A number with two decimals: 0.83. */
export const decimal: (value: number) => string = format(".2f");

/** A count in at most five characters: 950, 12.3k, 3.4M. */
export function brief(value: number): string {
  if (Math.abs(value) < 1000) return String(value);
  return format(Math.abs(value) < 9950 ? ".2~s" : ".3~s")(value);
}

/** A count and its noun: "1 model", "2 models". */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A count of at most `width` pixels: all its digits, else thousands or millions, else nothing. */
export function fitCount(
  value: number,
  { width, ...style }: TextStyle & { /** Room in pixels. */ width: number },
): string {
  const texts = [count(value), `${Math.round(value / 1e3)}k`, `${Math.round(value / 1e6)}M`];
  return texts.find((text, i) =>
    textWidth(text, style) <= width && (i === 0 || value >= 1000 ** i)
  ) ?? "";
}
