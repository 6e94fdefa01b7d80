import { ByteWriter } from "hyparquet-writer";
import { viewOf } from "../core/byte_table.ts";
import type { StringColumn } from "../core/string_column.ts";

/** Bits that a dictionary's codes need. */
function codeWidth(size: number): number {
  return size <= 1 ? 1 : 32 - Math.clz32(size - 1);
}

/** The codes of a dictionary of `size` strings, after the width of one. */
export function packedCodes(codes: Uint32Array | Int32Array, size: number): Uint8Array {
  const width = codeWidth(size);
  const body = new ByteWriter(16);
  body.appendUint8(width);
  if (codes.length > 0) body.appendVarInt(2 * Math.ceil(codes.length / 8) + 1);
  const packed = new Uint8Array(body.offset + Math.ceil(codes.length / 8) * width + 4);
  packed.set(body.getBytes());
  pack(codes, { width, view: viewOf(packed), at: body.offset });
  return packed.subarray(0, -4);
}

/**
 * Packs numbers of `width` bits, at most 24, as one run: they seldom repeat, and to look for repetitions takes three times as long. Four
 * bytes are written at a time, of which the next number may overwrite some.
 */
function pack(
  numbers: Uint32Array | Int32Array,
  { width, view, at }: { width: number; view: DataView; at: number },
): void {
  let bits = 0;
  let count = 0;
  for (let i = 0; i < numbers.length; i++) {
    bits |= numbers[i] << count;
    count += width;
    view.setUint32(at, bits, true);
    at += count >>> 3;
    bits >>>= count & 24;
    count &= 7;
  }
}

/** Writes levels, each 0 or 1, of which `ones` are 1. */
export function writeLevels(body: ByteWriter, levels: Uint8Array, ones: number): void {
  const { length } = levels;
  if (ones === 0 || ones === length) {
    body.appendVarInt(2 * length);
    return body.appendUint8(ones > 0 ? 1 : 0);
  }
  const packed = new Uint8Array(Math.ceil(length / 8));
  body.appendVarInt(2 * packed.length + 1);
  packBits(levels, packed);
  body.appendBytes(packed);
}

/** Packs numbers 0 and 1 as bits. */
export function packBits(numbers: Uint8Array, packed: Uint8Array): void {
  const whole = numbers.length >> 3;
  for (let at = 0, i = 0; at < whole; at++, i += 8) {
    packed[at] = numbers[i] | numbers[i + 1] << 1 | numbers[i + 2] << 2 | numbers[i + 3] << 3 |
      numbers[i + 4] << 4 | numbers[i + 5] << 5 | numbers[i + 6] << 6 | numbers[i + 7] << 7;
  }
  for (let i = 8 * whole; i < numbers.length; i++) packed[whole] |= numbers[i] << (i & 7);
}

/** Levels of lists of required strings: an empty list is one undefined value. */
export function listLevels(offsets: Uint32Array, from: number, to: number) {
  let empty = 0;
  for (let row = from; row < to; row++) if (offsets[row] === offsets[row + 1]) empty++;
  const length = offsets[to] - offsets[from] + empty;
  const repeated = new Uint8Array(length).fill(1);
  const defined = new Uint8Array(length).fill(1);
  for (let row = from, at = 0; row < to; row++) {
    const count = offsets[row + 1] - offsets[row];
    repeated[at] = 0;
    if (count === 0) defined[at] = 0;
    at += Math.max(1, count);
  }
  return { repeated, defined, empty };
}

/** 1 for every number of a page that is not null, that is, NaN. */
export function presentFloats(values: Float64Array): { present: Uint8Array; count: number } {
  const present = new Uint8Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) count += present[i] = values[i] === values[i] ? 1 : 0;
  return { present, count };
}

/** 1 for every number of a page that is not null, that is, outside 0..most. */
export function presentIntegers(
  values: Int32Array | Uint8Array,
  most: number,
): { present: Uint8Array; count: number } {
  const present = new Uint8Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    count += present[i] = values[i] >= 0 && values[i] <= most ? 1 : 0;
  }
  return { present, count };
}

/** The numbers of a page that are present, as a copy of their own. */
export function presentOnly<T extends Float64Array | Int32Array | Uint8Array>(
  values: T,
  { present, count }: { present: Uint8Array; count: number },
): T {
  const kept = values.slice(0, count) as T;
  if (count === values.length) return kept;
  for (let i = 0, at = 0; at < count; i++) if (present[i] === 1) kept[at++] = values[i];
  return kept;
}

/** Whole numbers as 64-bit integers. */
export function wholeNumbers(values: Float64Array): Uint8Array {
  const halves = new Uint32Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    const whole = Math.trunc(values[i]);
    halves[2 * i] = whole;
    halves[2 * i + 1] = Math.floor(whole / 2 ** 32);
  }
  return new Uint8Array(halves.buffer);
}

/** Strings as PLAIN byte arrays: each with its length in four bytes before it. */
export function plainStrings(
  { bytes, starts, ends }: StringColumn,
  from: number,
  to: number,
): Uint8Array {
  let length = 0;
  for (let i = from; i < to; i++) length += 4 + ends[i] - starts[i];
  const out = new Uint8Array(length);
  const view = viewOf(out);
  const source = viewOf(bytes);
  let at = 0;
  for (let i = from; i < to; i++) {
    const end = ends[i];
    let p = starts[i];
    view.setUint32(at, end - p, true);
    at += 4;
    // Strings are short: a call for each takes longer than the bytes.
    for (; p + 4 <= end; p += 4, at += 4) view.setUint32(at, source.getUint32(p, true), true);
    for (; p < end; p++, at++) out[at] = bytes[p];
  }
  return out;
}
