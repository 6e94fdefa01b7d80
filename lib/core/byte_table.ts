import { grown, zeros } from "./grow.ts";
import { StringColumn } from "./string_column.ts";

/** Sets the bit that tells ASCII letters' cases apart in four bytes at once. */
const fold = 0x20202020;

/** Hash of no bytes; {@link hashWord} and {@link endHash} make of it what {@link hashBytes} says. */
export const hashSeed = 0x9e3779b9 | 0;

/** A hash with four bytes more, little endian; zeros stand in for those that the last, which comes always, has too few. */
export function hashWord(hash: number, word: number): number {
  const h = Math.imul(hash ^ (word | fold), 0x85ebca6b);
  return h ^ (h >>> 15);
}

/** The hash when all words of `length` bytes have been added. */
export function endHash(hash: number, length: number): number {
  let h = hash ^ length;
  h ^= h >>> 16;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 13)) >>> 0;
}

/**
 * Hash of the bytes start..end, 32 bits, blind to the case of ASCII letters, so that strings that differ only by case
 * meet in a table's probe sequence. `view` must look at the same memory as the bytes.
 */
export function hashBytes(view: DataView, start: number, end: number): number {
  let h = hashSeed;
  let p = start;
  for (; p + 4 <= end; p += 4) h = hashWord(h, view.getInt32(p, true));
  let last = 0;
  for (let shift = 0; p < end; p++, shift += 8) last |= view.getUint8(p) << shift;
  return endHash(hashWord(h, last), end - start);
}

/** A DataView of exactly the bytes of an array. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function lower(c: number): number {
  return c >= 65 && c <= 90 ? c | 0x20 : c;
}

/** Bytes of a string, no fewer than most have; memory that is not used costs nothing, growing does. */
const usualString = 48;

/** Strings that are looked for at a time: few enough that their places stay in the cache. */
const looksAhead = 512;

/**
 * Dictionary of byte strings: each distinct string gets the next code, 0, 1, 2 ... Open addressing with linear probing over
 * (hash, code) pairs, strings side by side in one arena: no JavaScript object per entry, half the time of `JSON.parse`
 * followed by a `Map` on millions of ids.
 */
export class ByteTable {
  /** Number of distinct strings. */
  size = 0;
  #bytes: Uint8Array;
  #view: DataView;
  #offsets: Uint32Array;
  #slots: Uint32Array<ArrayBuffer>;
  #mask: number;
  #encoder = new TextEncoder();
  /** Code of a string that differs by case only from the one that was looked up last, -1 where none was met. */
  #twin = -1;
  /** What {@link ByteTable.internAll} saw ahead of its time: kept, or the compiler would leave out the looking. */
  #seen = 0;

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
    // Memory that is looked at before it is written is mapped twice, the second time while all other threads wait.
    this.#slots = new Uint32Array(2 * capacity).fill(0);
    this.#mask = capacity - 1;
    this.#offsets = new Uint32Array(
      zeros(4 * (Math.max(1024, Math.ceil(expected)) + 1), { shared }),
    );
    this.#bytes = new Uint8Array(
      zeros(Math.max(16384, Math.ceil(expected) * usualString), { shared }),
    );
    this.#view = viewOf(this.#bytes);
  }

  /** Code of the bytes start..end of a view, added when it is new; `hash` is their {@link hashBytes}. */
  intern(source: DataView, start: number, end: number, hash: number): number {
    const found = this.#lookUp(source, start, end, hash);
    if (found >= 0) return found;
    const to = this.#reserve(end - start);
    const view = this.#view;
    let p = start;
    let q = to - (end - start);
    for (; p + 4 <= end; p += 4, q += 4) view.setUint32(q, source.getUint32(p, true), true);
    for (; p < end; p++, q++) view.setUint8(q, source.getUint8(p));
    return this.#add(~found, hash, to);
  }

  /**
   * Codes of strings that stand side by side in `bytes`, each added when it is new; when most are new, about half of the time of
   * `intern`.
   *
   * @param strings.ends One past the last byte of each.
   * @param strings.hashes The {@link hashBytes} of each.
   * @returns the codes and, for the strings that are new but differ from an earlier one by case only, that one's code by place in the list
   */
  internAll(
    { bytes, ends, hashes }: { bytes: Uint8Array; ends: Uint32Array; hashes: Uint32Array },
  ): {
    codes: Uint32Array;
    twins: Map<number, number>;
  } {
    const source = viewOf(bytes);
    const codes = new Uint32Array(ends.length);
    const twins = new Map<number, number>();
    // All are copied at a stroke as if they were new; what comes after one that is not moves down.
    const first = this.#reserve(bytes.length) - bytes.length;
    this.#bytes.set(bytes, first);
    let gap = 0;
    for (let i = 0, start = 0; i < ends.length; i++) {
      if (i % looksAhead === 0) this.#look(hashes, i, Math.min(i + looksAhead, ends.length));
      const end = ends[i];
      const found = this.#lookUp(source, start, end, hashes[i]);
      if (found >= 0) {
        codes[i] = found;
        gap += end - start;
      } else {
        if (gap > 0) this.#bytes.copyWithin(first + start - gap, first + start, first + end);
        codes[i] = this.#add(~found, hashes[i], first + end - gap);
        if (this.#twin >= 0) twins.set(i, this.#twin);
      }
      start = end;
    }
    return { codes, twins };
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

  /** Code of the bytes start..end of a view; where they are not in the table, `~` of the slot that they would take. */
  #lookUp(source: DataView, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = this.#mask;
    this.#twin = -1;
    for (let slot = hash & mask;; slot = (slot + 1) & mask) {
      const code = slots[2 * slot + 1];
      if (code === 0) return ~slot;
      if (slots[2 * slot] !== hash) continue;
      if (this.#equals(code - 1, source, start, end)) return code - 1;
      if (this.#differsByCase(code - 1, source, start, end)) this.#twin = code - 1;
    }
  }

  /** Looks where the strings of some hashes would be, all at a time: one after the other, each would have to wait for the memory. */
  #look(hashes: Uint32Array, from: number, to: number): void {
    const slots = this.#slots;
    const mask = this.#mask;
    let sum = 0;
    for (let i = from; i < to; i++) sum += slots[2 * (hashes[i] & mask) + 1];
    this.#seen = sum;
  }

  /** Makes room for `more` bytes; returns where they end. */
  #reserve(more: number): number {
    const needed = this.#offsets[this.size] + more;
    if (needed > 0xffffffff) {
      throw new RangeError(
        `Cannot intern more strings: ${needed} bytes are over the limit of 4 GiB`,
      );
    }
    if (needed > this.#bytes.length) {
      this.#bytes = grown(this.#bytes, needed);
      this.#view = viewOf(this.#bytes);
    }
    return needed;
  }

  /** Gives the string that ends at `end` of the bytes the next code. */
  #add(slot: number, hash: number, end: number): number {
    const code = this.size++;
    this.#slots[2 * slot] = hash;
    this.#slots[2 * slot + 1] = code + 1;
    if (this.size >= this.#offsets.length) this.#offsets = grown(this.#offsets, this.size + 1);
    this.#offsets[this.size] = end;
    if (this.size * 3 > this.#mask * 2) this.#grow();
    return code;
  }

  #grow(): void {
    const old = this.#slots;
    const capacity = 2 * (this.#mask + 1);
    const mask = capacity - 1;
    const slots = new Uint32Array(2 * capacity).fill(0);
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
