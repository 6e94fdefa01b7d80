import { grown } from "../core/grow.ts";

/**
 * Lists of a column by dictionary codes: a value is kept once, a list costs 4 bytes for each of its items. A row group of a
 * million lists as arrays would take several hundred megabytes.
 */
export class CompactLists {
  #codes = new Map<unknown, number>();
  #values: unknown[] = [];
  #items = new Uint32Array(1 << 12);
  #length = 0;
  #ends: Uint32Array;
  #present: Uint8Array;

  /** @param lists One entry per row; null and undefined stand for no list, what is no array for a list of one. */
  constructor(lists: ArrayLike<unknown>) {
    this.#ends = new Uint32Array(lists.length);
    this.#present = new Uint8Array(lists.length);
    for (let i = 0; i < lists.length; i++) {
      const list = lists[i] ?? null;
      if (list !== null) this.#add(Array.isArray(list) ? list : [list]);
      this.#present[i] = list === null ? 0 : 1;
      this.#ends[i] = this.#length;
    }
  }

  #add(list: unknown[]): void {
    this.#items = grown(this.#items, this.#length + list.length);
    for (const value of list) {
      let code = this.#codes.get(value);
      if (code === undefined) {
        code = this.#values.push(value) - 1;
        this.#codes.set(value, code);
      }
      this.#items[this.#length++] = code;
    }
  }

  /** List of row i as a new array, undefined where there is none. */
  at(i: number): unknown[] | undefined {
    if (this.#present[i] !== 1) return undefined;
    const list: unknown[] = [];
    for (let p = i > 0 ? this.#ends[i - 1] : 0; p < this.#ends[i]; p++) {
      list.push(this.#values[this.#items[p]]);
    }
    return list;
  }
}
