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

/**
 * Looks for {@link stops} in four bytes at once: 0 where there is none, else bits of which the lowest is the top bit of the first.
 */
export function stopBits(word: number): number {
  // A byte of 128 or more has its top bit; of the others, what is below zero after a subtraction has it, and it may lend to the next.
  return (word | (word - 0x20202020) | ((word ^ 0x22222222) - 0x01010101) |
    ((word ^ 0x5c5c5c5c) - 0x01010101)) & topBits;
}

/** The top bit of each of four bytes. */
const topBits = 0x80808080 | 0;

/** How many bytes come before the first one that {@link stopBits} found. */
export function bytesBefore(bits: number): number {
  return (31 - Math.clz32(bits & -bits)) >> 3;
}

/** Where the plain run that begins at p ends: the place of the first of {@link stops}. There must be one. */
export function runEnd(b: Uint8Array, view: DataView, p: number): number {
  for (const last = b.length - 4; p <= last; p += 4) {
    const bits = stopBits(view.getInt32(p, true));
    if (bits !== 0) return p + bytesBefore(bits);
  }
  while (stops[b[p]] === 0) p++;
  return p;
}

/** Whether the bytes that begin at `from` are those of start..end; they must be within the view. */
export function sameBytes(view: DataView, start: number, end: number, from: number): boolean {
  let p = start;
  let q = from;
  for (; p + 4 <= end; p += 4, q += 4) {
    if (view.getInt32(p, true) !== view.getInt32(q, true)) return false;
  }
  for (; p < end; p++, q++) if (view.getUint8(p) !== view.getUint8(q)) return false;
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
