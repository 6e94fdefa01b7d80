/**
 * The bytes that JSON is built from.
 *
 * @module
 */

/** `"` */
export const quote = 34;
/** `,` */
export const comma = 44;
/** `:` */
export const colon = 58;
/** `\` */
export const backslash = 92;
/** `[` */
export const open = 91;
/** `]` */
export const close = 93;
/** `{` */
export const curly = 123;
/** `}` */
export const uncurly = 125;

/** 1 for every byte that ends a plain run: quote, backslash, control characters and all outside ASCII. */
export const stops = new Uint8Array(256);
/** The same for cards, which may hold bytes outside ASCII. */
export const cardStops = new Uint8Array(256);
/** 1 for the white space of JSON within a line. */
export const space = new Uint8Array(256);
for (let c = 0; c < 256; c++) {
  stops[c] = c < 32 || c >= 128 || c === quote || c === backslash ? 1 : 0;
  cardStops[c] = c < 32 || c === quote || c === backslash ? 1 : 0;
  space[c] = c === 32 || c === 9 || c === 13 ? 1 : 0;
}

/** Whether bytes[start..end] are those of bytes[from..to]. */
export function sameBytes(
  b: Uint8Array,
  start: number,
  end: number,
  from: number,
  to: number,
): boolean {
  if (end - start !== to - from) return false;
  for (let p = start, q = from; p < end; p++, q++) if (b[p] !== b[q]) return false;
  return true;
}
