/**
 * Numbers distinct texts 0, 1, 2 ... by a 64-bit hash of their code units, without keeping the texts: 16 to 32 bytes for each, however
 * long they are. Two texts get one number with a chance of about n^2 / 2^65, one in 60,000 for 24 million texts.
 */
export class TextNumbers {
  /** Number of distinct texts. */
  size = 0;
  #high = new Uint32Array(1024);
  #low = new Uint32Array(1024);
  /** Number of the text of each slot, plus one; 0 for a free slot. */
  #slots = new Uint32Array(2048);

  /** Number of a text; a text that is new gets the next one. */
  of(text: string): number {
    let a = 0x243f6a88 ^ text.length;
    let b = 0x85a308d3;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      a = Math.imul(a ^ unit, 0x9e3779b1);
      b = Math.imul(b ^ unit, 0x5f356495);
      a ^= a >>> 15;
      b ^= b >>> 13;
    }
    return this.#number(mixed(a ^ Math.imul(b, 0x2545f491)), mixed(b ^ (a >>> 7)));
  }

  /** Number of a pair of whole numbers below 2^32; do not mix with texts in one object. */
  ofPair(first: number, second: number): number {
    return this.#number(first >>> 0, second >>> 0);
  }

  #number(high: number, low: number): number {
    if (2 * this.size >= this.#slots.length) this.#widen();
    const mask = this.#slots.length - 1;
    let slot = mixed(high ^ Math.imul(low, 0x85ebca6b)) & mask;
    for (let held = this.#slots[slot]; held !== 0; held = this.#slots[slot]) {
      if (this.#high[held - 1] === high && this.#low[held - 1] === low) return held - 1;
      slot = (slot + 1) & mask;
    }
    this.#high[this.size] = high;
    this.#low[this.size] = low;
    this.#slots[slot] = ++this.size;
    return this.size - 1;
  }

  #widen(): void {
    const slots = new Uint32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let i = 0; i < this.size; i++) {
      let slot = mixed(this.#high[i] ^ Math.imul(this.#low[i], 0x85ebca6b)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = i + 1;
    }
    this.#slots = slots;
    const half = slots.length / 2;
    const [high, low] = [new Uint32Array(half), new Uint32Array(half)];
    high.set(this.#high);
    low.set(this.#low);
    [this.#high, this.#low] = [high, low];
  }
}

/** Spreads every bit of a 32-bit number over all others. */
function mixed(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
