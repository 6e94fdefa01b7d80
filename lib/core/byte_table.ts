import { grown, zeros } from "./grow.ts";
import { StringColumn } from "./string_column.ts";

/** Sets the bit that tells ASCII letters' cases apart in four bytes at once. */
const fold = 0x20202020;

/**
 * Hash of the bytes start..end, 32 bits, blind to the case of ASCII letters, so that strings that differ only by case
 * meet in a table's probe sequence. `view` must look at the same memory as the bytes.
 */
export function hashBytes(view: DataView, start: number, end: number): number {
  let h = (end - start) ^ 0x9e3779b9;
  let p = start;
  for (; p + 4 <= end; p += 4) {
    h = Math.imul(h ^ (view.getUint32(p, true) | fold), 0x85ebca6b);
    h ^= h >>> 15;
  }
  for (; p < end; p++) h = Math.imul(h ^ (view.getUint8(p) | 0x20), 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 13)) >>> 0;
}

/** A DataView of exactly the bytes of an array. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function lower(c: number): number {
  return c >= 65 && c <= 90 ? c | 0x20 : c;
}

/**
 * Dictionary of byte strings: each distinct string gets the next code, 0, 1, 2 ... Open addressing with linear probing over
 * (hash, code) pairs, strings side by side in one arena: no JavaScript object per entry, half the time of `JSON.parse`
 * followed by a `Map` on millions of ids.
 */
export class ByteTable {
  /** Number of distinct strings. */
  size = 0;
  /** After `intern` of a new string: code of an earlier one that differs from it by case only, -1 where there is none. */
  caseTwin = -1;
  #bytes: Uint8Array;
  #view: DataView;
  #offsets: Uint32Array;
  #slots: Uint32Array<ArrayBuffer>;
  #mask: number;
  #encoder = new TextEncoder();
  /** What {@link ByteTable.touch} saw, so that it looks. */
  #touched = 0;

  /**
   * @param options.expected About how many strings will come; only saves growing.
   * @param options.shared Whether other threads may look at the strings.
   */
  constructor({ expected = 1024, shared = false }: {
    /** @default 1024 */
    expected?: number;
    /** @default false */
    shared?: boolean;
  } = {}) {
    let capacity = 1024;
    while (capacity < expected * 1.5) capacity *= 2;
    this.#slots = new Uint32Array(2 * capacity);
    this.#mask = capacity - 1;
    this.#offsets = new Uint32Array(
      zeros(4 * (Math.max(1024, Math.ceil(expected)) + 1), { shared }),
    );
    this.#bytes = new Uint8Array(zeros(Math.max(16384, Math.ceil(expected) * 24), { shared }));
    this.#view = viewOf(this.#bytes);
  }

  /** Code of the bytes start..end of a view, added when it is new; `hash` is their {@link hashBytes}. */
  intern(source: DataView, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = this.#mask;
    let slot = hash & mask;
    this.caseTwin = -1;
    for (;;) {
      const code = slots[2 * slot + 1];
      if (code === 0) break;
      if (slots[2 * slot] === hash) {
        if (this.#equals(code - 1, source, start, end)) return code - 1;
        if (this.#differsByCase(code - 1, source, start, end)) this.caseTwin = code - 1;
      }
      slot = (slot + 1) & mask;
    }
    const code = this.size++;
    slots[2 * slot] = hash;
    slots[2 * slot + 1] = code + 1;
    this.#append(source, start, end);
    if (this.size * 3 > mask * 2) this.#grow();
    return code;
  }

  /** Looks where the strings of some hashes would be, all at a time: one after the other, each would have to wait for the memory. */
  touch(hashes: Uint32Array): void {
    const slots = this.#slots;
    const mask = this.#mask;
    let sum = 0;
    for (let i = 0; i < hashes.length; i++) sum += slots[2 * (hashes[i] & mask) + 1];
    this.#touched = sum;
  }

  /** Code of the bytes start..end of a view, -1 where they are not in the table. */
  find(source: DataView, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = this.#mask;
    for (let slot = hash & mask;; slot = (slot + 1) & mask) {
      const code = slots[2 * slot + 1];
      if (code === 0) return -1;
      if (slots[2 * slot] === hash && this.#equals(code - 1, source, start, end)) return code - 1;
    }
  }

  /** Code of a string, added when it is new. */
  internString(text: string): number {
    const view = viewOf(this.#encoder.encode(text));
    return this.intern(view, 0, view.byteLength, hashBytes(view, 0, view.byteLength));
  }

  /** Code of a string, or of a view of its bytes, -1 where it is not in the table. */
  findString(text: string | DataView): number {
    const view = typeof text === "string" ? viewOf(this.#encoder.encode(text)) : text;
    return this.find(view, 0, view.byteLength, hashBytes(view, 0, view.byteLength));
  }

  /** Lowest code of a string that differs from `text` by the case of ASCII letters only, -1 where there is none. */
  findCaseTwinOf(text: string): number {
    const source = viewOf(this.#encoder.encode(text));
    const hash = hashBytes(source, 0, source.byteLength);
    const slots = this.#slots;
    let twin = -1;
    for (let slot = hash & this.#mask;; slot = (slot + 1) & this.#mask) {
      const code = slots[2 * slot + 1];
      if (code === 0) return twin;
      if (slots[2 * slot] !== hash || (twin !== -1 && code - 1 > twin)) continue;
      if (this.#differsByCase(code - 1, source, 0, source.byteLength)) twin = code - 1;
    }
  }

  /** The strings so far as a column; it shares the table's memory and does not see later strings. */
  column(): StringColumn {
    const n = this.size;
    return new StringColumn(
      n,
      this.#bytes.subarray(0, this.#offsets[n]),
      this.#offsets.subarray(0, n),
      this.#offsets.subarray(1, n + 1),
    );
  }

  #equals(code: number, source: DataView, start: number, end: number): boolean {
    let at = this.#offsets[code];
    if (this.#offsets[code + 1] - at !== end - start) return false;
    const view = this.#view;
    let p = start;
    for (; p + 4 <= end; p += 4, at += 4) {
      if (view.getUint32(at, true) !== source.getUint32(p, true)) return false;
    }
    for (; p < end; p++, at++) if (view.getUint8(at) !== source.getUint8(p)) return false;
    return true;
  }

  #differsByCase(code: number, source: DataView, start: number, end: number): boolean {
    let at = this.#offsets[code];
    if (this.#offsets[code + 1] - at !== end - start) return false;
    let exact = true;
    for (let p = start; p < end; p++, at++) {
      const a = this.#bytes[at];
      const b = source.getUint8(p);
      if (a === b) continue;
      exact = false;
      if (lower(a) !== lower(b)) return false;
    }
    return !exact;
  }

  #append(source: DataView, start: number, end: number): void {
    const size = this.size;
    if (size + 2 > this.#offsets.length) this.#offsets = grown(this.#offsets, size + 2);
    const at = this.#offsets[size - 1];
    const needed = at + end - start;
    if (needed > 0xffffffff) {
      throw new RangeError(
        `Cannot intern more strings: ${needed} bytes are over the limit of 4 GiB`,
      );
    }
    if (needed > this.#bytes.length) {
      this.#bytes = grown(this.#bytes, needed);
      this.#view = viewOf(this.#bytes);
    }
    const view = this.#view;
    let p = start;
    let q = at;
    for (; p + 4 <= end; p += 4, q += 4) view.setUint32(q, source.getUint32(p, true), true);
    for (; p < end; p++, q++) view.setUint8(q, source.getUint8(p));
    this.#offsets[size] = needed;
  }

  #grow(): void {
    const old = this.#slots;
    const capacity = 2 * (this.#mask + 1);
    const mask = capacity - 1;
    const slots = new Uint32Array(2 * capacity);
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] === 0) continue;
      let slot = old[i] & mask;
      while (slots[2 * slot + 1] !== 0) slot = (slot + 1) & mask;
      slots[2 * slot] = old[i];
      slots[2 * slot + 1] = old[i + 1];
    }
    this.#slots = slots;
    this.#mask = mask;
  }
}
