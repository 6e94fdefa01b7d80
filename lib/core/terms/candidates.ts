/** Most tokens that can be candidates: their pairs are counted in a dense square table, some 12 MB for as many. */
export const mostCandidates = 1022;

/** 0 for bytes that are no part of an ASCII token, else the byte in lower case. */
export const wordBytes = new Uint8Array(256);
for (let c = 48; c < 58; c++) wordBytes[c] = c;
for (let c = 97; c < 123; c++) wordBytes[c] = wordBytes[c - 32] = c;
wordBytes[95] = 95;

/** Value of the running hash before the first byte of a token. */
export const hashSeed = 0x811c9dc5 | 0;
/** Factor of the running hash (FNV-1a): h = (h ^ byte) * prime. */
export const hashPrime = 0x01000193;
/** Number of counters for tokens that are no candidates. */
export const bucketCount = 1 << 18;

/** Counter of a token that is no candidate, by its running hash. */
export function bucketOf(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 14;
}

/**
 * The tokens whose occurrences and pairs are counted exactly, as a table over bytes. Codes follow the order given, from 2 up: in a
 * stream of codes 0 stands for any other token and 1 ends a document.
 */
export class Candidates {
  /** The tokens, lower case; token i has code i + 2. */
  readonly tokens: readonly string[];
  /** Number of codes, the two special ones included. */
  readonly codes: number;
  #bytes: Uint8Array;
  #ends: Uint32Array;
  #slots = new Int32Array(2 * 4096);

  /** @throws {RangeError} when there are more than {@link mostCandidates} */
  constructor(tokens: readonly string[]) {
    if (tokens.length > mostCandidates) {
      throw new RangeError(
        `Cannot count ${tokens.length} candidate tokens: expected at most ${mostCandidates}`,
      );
    }
    this.tokens = tokens;
    this.codes = tokens.length + 2;
    const encoder = new TextEncoder();
    const parts = tokens.map((token) => encoder.encode(token));
    this.#ends = new Uint32Array(parts.length + 1);
    for (let i = 0; i < parts.length; i++) this.#ends[i + 1] = this.#ends[i] + parts[i].length;
    this.#bytes = new Uint8Array(this.#ends[parts.length]);
    for (let i = 0; i < parts.length; i++) {
      this.#bytes.set(parts[i], this.#ends[i]);
      let hash = hashSeed;
      for (const byte of parts[i]) hash = Math.imul(hash ^ byte, hashPrime);
      let slot = bucketOf(hash) & 4095;
      while (this.#slots[2 * slot + 1] !== 0) slot = (slot + 1) & 4095;
      this.#slots[2 * slot] = hash;
      this.#slots[2 * slot + 1] = i + 2;
    }
  }

  /** Code of the token at start..end, whose running hash is `hash`; 0 where it is no candidate. ASCII letters match either case. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    for (let slot = bucketOf(hash) & 4095;; slot = (slot + 1) & 4095) {
      const code = slots[2 * slot + 1];
      if (code === 0) return 0;
      if (slots[2 * slot] === hash && this.#equals(code - 2, bytes, start, end)) return code;
    }
  }

  #equals(token: number, bytes: Uint8Array, start: number, end: number): boolean {
    let at = this.#ends[token];
    if (this.#ends[token + 1] - at !== end - start) return false;
    for (let p = start; p < end; p++, at++) {
      const byte = bytes[p];
      if (this.#bytes[at] !== byte && this.#bytes[at] !== wordBytes[byte]) return false;
    }
    return true;
  }
}
