import { BlockBuffer, blockBytes } from "./block_buffer.ts";
import { withoutMark } from "./line_blocks.ts";

const newline = 10,
  quote = 34,
  comma = 44,
  open = 91,
  backslash = 92,
  close = 93,
  curly = 123,
  uncurly = 125;

/** Where the splitter is: before the array, inside it, behind it. */
const BEFORE = 0, INSIDE = 1, BEHIND = 2;

/** Classes of bytes outside strings; 0 is whatever a number, a name or a colon is made of. */
const BLANK = 1, BREAK = 2, QUOTE = 3, OPEN = 4, SHUT = 5, COMMA = 6;
const kinds = new Uint8Array(256);
for (const c of [9, 13, 32]) kinds[c] = BLANK;
kinds[newline] = BREAK;
kinds[quote] = QUOTE;
kinds[open] = kinds[curly] = OPEN;
kinds[close] = kinds[uncurly] = SHUT;
kinds[comma] = COMMA;

/** 1 for the bytes inside a string that matter. */
const stops = new Uint8Array(256);
for (const c of [newline, quote, backslash]) stops[c] = 1;

/**
 * Splits a JSON array into its top-level elements; see {@link jsonArrayBlocks}. Pieces are copied whole, then the few bytes
 * that must change are patched in place: commas between elements become newlines, line breaks blanks.
 */
class ArraySplitter {
  readonly #buffer: BlockBuffer;
  /** Where the element under way begins in the buffer: what lies before are whole lines. */
  elementStart = 0;
  /** Elements ended so far. */
  #elements = 0;
  #source: string;
  #onEmpty: (element: number) => void;
  #state = BEFORE;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #afterComma = false;
  /** Whether the element under way has anything in it. */
  #filled = false;

  constructor(
    source: string,
    { longest, onEmpty }: { longest?: number; onEmpty: (element: number) => void },
  ) {
    this.#source = source;
    this.#onEmpty = onEmpty;
    this.#buffer = new BlockBuffer(source, { longest });
  }

  push(chunk: Uint8Array): void {
    const base = this.#buffer.length;
    this.#buffer.append(chunk);
    const out = this.#buffer.bytes;
    let i = 0;
    while (i < chunk.length) {
      if (this.#inString) i = this.#inside(chunk, i, { out, base });
      else if (this.#state === INSIDE) i = this.#between(chunk, i, { out, base });
      else {
        if (kinds[chunk[i]] !== BLANK && chunk[i] !== newline) this.#outside(chunk[i]);
        out[base + i++] = 32;
      }
    }
    if (this.#state === BEHIND) this.#buffer.length = this.elementStart;
  }

  /** Reads on inside a string; returns where it stopped. */
  #inside(chunk: Uint8Array, i: number, { out, base }: { out: Uint8Array; base: number }): number {
    const n = chunk.length;
    if (!this.#escaped) { while (i < n && stops[chunk[i]] === 0) i++; }
    if (i === n) return n;
    const c = chunk[i];
    // A raw line break is no JSON: a control character keeps the row invalid without breaking the line in two.
    if (c === newline) out[base + i] = 1;
    if (this.#escaped) this.#escaped = false;
    else if (c === backslash) this.#escaped = true;
    else if (c === quote) this.#inString = false;
    return i + 1;
  }

  /** Reads on between strings, up to the next one or the array's end; returns where it stopped. */
  #between(chunk: Uint8Array, i: number, { out, base }: { out: Uint8Array; base: number }): number {
    for (; i < chunk.length; i++) {
      const kind = kinds[chunk[i]];
      if (kind === BLANK) continue;
      if (kind === BREAK) out[base + i] = 32;
      else if (this.#depth === 0 && (kind === COMMA || chunk[i] === close)) {
        out[base + i] = this.#endElement(base + i + 1, kind === COMMA);
        if (kind !== COMMA) return i + 1;
      } else {
        this.#filled = true;
        if (kind === QUOTE) {
          this.#inString = true;
          return i + 1;
        }
        if (kind === OPEN) this.#depth++;
        else if (kind === SHUT && --this.#depth < 0) {
          throw this.#broken(`a "}" that closes nothing after element ${this.#elements}`);
        }
      }
    }
    return i;
  }

  #outside(c: number): void {
    if (this.#state === BEFORE && c === open) this.#state = INSIDE;
    else if (this.#state === BEFORE) throw this.#broken("it does not begin with [");
    else throw this.#broken(`more follows after the array's end (element ${this.#elements})`);
  }

  /** Ends an element before `end`; returns the byte that stands for what ended it. */
  #endElement(end: number, comma: boolean): number {
    const filled = this.#filled;
    if (filled) {
      this.elementStart = end;
      this.#elements++;
    } else if (comma || this.#afterComma) this.#onEmpty(this.#elements + 1);
    this.#filled = false;
    this.#afterComma = comma;
    if (!comma) this.#state = BEHIND;
    return filled ? newline : 32;
  }

  #broken(what: string): SyntaxError {
    return new SyntaxError(`Cannot read "${this.#source}" as a JSON array: ${what}`);
  }

  take(): Uint8Array<ArrayBuffer> {
    const block = this.#buffer.take(this.elementStart);
    this.elementStart = 0;
    return block;
  }

  /** @throws {SyntaxError} when the array has not ended */
  end(): void {
    if (this.#state === BEHIND) return;
    throw this.#broken(`it is truncated, the file ends after element ${this.#elements}`);
  }
}

/**
 * A JSON array as blocks of JSON Lines: a line for each top-level element, its bytes as they are but for line breaks
 * between tokens. Whether an element is valid is left to who parses it.
 *
 * @param options.onEmpty Called with the number, from 1, of each element with nothing in it.
 * @throws {SyntaxError} when the array does not end, or more follows after it
 * @throws {RangeError} when an element is longer than 512 MB
 */
export async function* jsonArrayBlocks(
  chunks: AsyncIterable<Uint8Array>,
  options: { source: string; longest?: number; onEmpty: (element: number) => void },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const splitter = new ArraySplitter(options.source, options);
  for await (const chunk of withoutMark(chunks)) {
    splitter.push(chunk);
    if (splitter.elementStart >= blockBytes) yield splitter.take();
  }
  splitter.end();
  if (splitter.elementStart > 0) yield splitter.take();
}
