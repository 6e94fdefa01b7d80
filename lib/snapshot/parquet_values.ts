import type { ByteWriter } from "hyparquet-writer";
import { viewOf } from "../core/byte_table.ts";
import type { StringColumn } from "../core/string_column.ts";

/** Bits that a dictionary's codes need. */
function codeWidth(size: number): number {
  return size <= 1 ? 1 : 32 - Math.clz32(size - 1);
}

/** Writes the codes of a dictionary of `size` strings, after the width of one. */
export function writeCodes(body: ByteWriter, codes: ArrayLike<number>, size: number): void {
  const width = codeWidth(size);
  body.appendUint8(width);
  writePacked(body, codes, width);
}

/** Writes levels, each 0 or 1, of which `ones` are 1. */
export function writeLevels(body: ByteWriter, levels: Uint8Array, ones: number): void {
  if (ones > 0 && ones < levels.length) return writePacked(body, levels, 1);
  body.appendVarInt(2 * levels.length);
  body.appendUint8(ones > 0 ? 1 : 0);
}

/** Writes numbers of `width` bits, at most 25, as one run: they seldom repeat, and to look for repetitions takes three times as long. */
function writePacked(body: ByteWriter, numbers: ArrayLike<number>, width: number): void {
  if (numbers.length === 0) return;
  const groups = Math.ceil(numbers.length / 8);
  body.appendVarInt(2 * groups + 1);
  const packed = new Uint8Array(groups * width);
  let bits = 0;
  let count = 0;
  let at = 0;
  for (let i = 0; i < numbers.length; i++) {
    bits |= numbers[i] << count;
    for (count += width; count >= 8; count -= 8, bits >>>= 8) packed[at++] = bits;
  }
  if (count > 0) packed[at] = bits;
  body.appendBytes(packed);
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
