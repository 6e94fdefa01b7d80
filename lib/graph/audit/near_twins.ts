import { isNearTwin, isSpeltOut, shortestWord, wordsOf } from "./near_twin.ts";

/** Any odd number that mixes bits well. */
const base = 0x01000193;

/**
 * Names sorted so that the near twins of one are found without a look at all: by a hash of their words and of what is left of these
 * without a letter. What shares a hash is compared letter by letter (`isNearTwin`), so that hashes decide about time alone.
 */
export class NearTwins {
  #names: readonly string[];
  #whole = new Map<number, number[]>();
  #shortened = new Map<number, number[]>();

  /** Sorts names; time and memory grow with their letters. */
  constructor(names: readonly string[]) {
    this.#names = names;
    names.forEach((name, i) => {
      const hash = new HashedName(name);
      put(this.#whole, hash.whole, i);
      for (const less of new Set(hash.shortened())) put(this.#shortened, less, i);
    });
  }

  /** Near twins of a name, in the order of the names that were given. */
  of(name: string): string[] {
    const hash = new HashedName(name);
    const found = new Set(this.#shortened.get(hash.whole));
    for (const other of hash.others()) {
      for (const i of this.#whole.get(other) ?? []) found.add(i);
    }
    return [...found].sort((a, b) => a - b)
      .map((i) => this.#names[i])
      .filter((other) => isNearTwin(name, other));
  }
}

function put(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Hashes of a name and of what is one slip away from it, each in constant time. */
class HashedName {
  #words: string[];
  #text: string;
  /** Hash of the first `i` letters. */
  #head: Int32Array;
  /** Powers of the base. */
  #power: Int32Array;

  constructor(name: string) {
    this.#words = wordsOf(name);
    this.#text = this.#words.join(" ");
    const { length } = this.#text;
    this.#head = new Int32Array(length + 1);
    this.#power = new Int32Array(length + 1).fill(1);
    for (let i = 0; i < length; i++) {
      this.#head[i + 1] = next(this.#head[i], this.#text.charCodeAt(i));
      this.#power[i + 1] = Math.imul(this.#power[i], base);
    }
  }

  /** Hash of the whole name. */
  get whole(): number {
    return this.#head[this.#text.length];
  }

  /** Hash of the name with other letters in place of those from `from` to `to`. */
  #with(letters: string, from: number, to: number): number {
    let hash = this.#head[from];
    for (let i = 0; i < letters.length; i++) hash = next(hash, letters.charCodeAt(i));
    const after = this.#power[this.#text.length - to];
    const tail = this.whole - Math.imul(this.#head[to], after);
    return Math.imul(hash, after) + tail | 0;
  }

  /** Hashes of the name without a letter of a word of letters. */
  *shortened(): Generator<number> {
    for (const at of this.#letters(shortestWord + 1)) yield this.#with("", at, at + 1);
  }

  /** Hashes of names as long or shorter that may be near twins, and of the one with the word "model" at its end. */
  *others(): Generator<number> {
    yield* this.shortened();
    const text = this.#text;
    for (const at of this.#letters(shortestWord)) {
      // Beyond the word stands a space or nothing, which no letter changes places with.
      if (at + 1 === text.length || text[at + 1] === " " || text[at] === text[at + 1]) continue;
      yield this.#with(text[at + 1] + text[at], at, at + 2);
    }
    yield this.#with(" model", text.length, text.length);
    if (this.#words.at(-1) === "model") {
      yield this.#head[Math.max(0, text.length - " model".length)];
    }
  }

  /** Places of the letters of words of at least so many letters. */
  *#letters(least: number): Generator<number> {
    let start = 0;
    for (const word of this.#words) {
      if (word.length >= least && isSpeltOut(word)) {
        for (let i = 0; i < word.length; i++) yield start + i;
      }
      start += word.length + 1;
    }
  }
}

function next(hash: number, letter: number): number {
  return Math.imul(hash, base) + letter | 0;
}
