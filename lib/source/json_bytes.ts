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

/** Length of the literal `true` or `false` at p, 0 where neither is. */
export function truthLength(b: Uint8Array, p: number): number {
  if (b[p] === 116) return b[p + 1] === 114 && b[p + 2] === 117 && b[p + 3] === 101 ? 4 : 0;
  if (b[p] !== 102 || b[p + 1] !== 97) return 0;
  return b[p + 2] === 108 && b[p + 3] === 115 && b[p + 4] === 101 ? 5 : 0;
}

/** What stands for `\\` and this byte; 0 where that is no escape of one byte. */
const escapes = new Uint8Array(256);
for (const [letter, byte] of Object.entries({ b: 8, t: 9, n: 10, f: 12, r: 13 })) {
  escapes[letter.charCodeAt(0)] = byte;
}
for (const c of [quote, 47, backslash]) escapes[c] = c;

/**
 * Copies the inside of a JSON string, block[start..end], to bytes[at..] with its escapes undone; returns the end, or -1 where there is
 * an escape by number.
 */
export function copyUnescaped(
  bytes: Uint8Array,
  at: number,
  { block, start, end }: { block: Uint8Array; start: number; end: number },
): number {
  let to = at;
  for (let p = start; p < end; p++) {
    let byte = block[p];
    if (byte === backslash && (byte = escapes[block[++p]]) === 0) return -1;
    bytes[to++] = byte;
  }
  return to;
}
