/**
 * Finds edges by their ends: a hash table of edge numbers with open addressing and linear probing, over arrays that it does not own.
 * An edge must be removed before its ends change and inserted after.
 */
export class EdgeIndex {
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;
  readonly #slots: Int32Array;
  readonly #mask: number;

  /** Makes an empty index that can hold all edges of the two arrays at once. */
  constructor(from: Uint32Array, to: Uint32Array) {
    let size = 8;
    while (size < 2 * from.length) size *= 2;
    this.#from = from;
    this.#to = to;
    this.#slots = new Int32Array(size).fill(-1);
    this.#mask = size - 1;
  }

  /** Number of an edge u -> v, -1 where there is none. O(1). */
  find(u: number, v: number): number {
    for (let at = this.#home(u, v);; at = (at + 1) & this.#mask) {
      const edge = this.#slots[at];
      if (edge < 0 || (this.#from[edge] === u && this.#to[edge] === v)) return edge;
    }
  }

  /** Adds an edge by its number. O(1). */
  insert(edge: number): void {
    let at = this.#home(this.#from[edge], this.#to[edge]);
    while (this.#slots[at] >= 0) at = (at + 1) & this.#mask;
    this.#slots[at] = edge;
  }

  /** Takes out an edge that is in it. O(1). */
  remove(edge: number): void {
    let hole = this.#home(this.#from[edge], this.#to[edge]);
    while (this.#slots[hole] !== edge) hole = (hole + 1) & this.#mask;
    // What follows moves up into the hole unless it would come before its home.
    for (let at = (hole + 1) & this.#mask;; at = (at + 1) & this.#mask) {
      const other = this.#slots[at];
      if (other < 0) break;
      const home = this.#home(this.#from[other], this.#to[other]);
      if (((at - home) & this.#mask) < ((at - hole) & this.#mask)) continue;
      this.#slots[hole] = other;
      hole = at;
    }
    this.#slots[hole] = -1;
  }

  #home(u: number, v: number): number {
    const mixed = Math.imul(u, 0x9e3779b1) ^ Math.imul(v + 1, 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & this.#mask;
  }
}
