import { BlockBuffer, blockBytes } from "./block_buffer.ts";
import { backslash, quote, space, uncurly } from "./json_bytes.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const cardKey = encoder.encode(',"modelCard":');
const cardStart = encoder.encode('{"id":"');
/** How rows begin: with the id, or with the Hub's number for the repository before it. */
const rowStarts = [cardStart, encoder.encode('{"_id":"')];
const nextId = encoder.encode(',"id":"');
const end = Uint8Array.of(uncurly, 10);
const nothing = encoder.encode("null");

/** Names of the two files, for errors. */
export interface JoinCardsOptions {
  rows: string;
  cards: string;
}

/**
 * Joins cards to rows: line i of the cards, `{"id","modelCard"}`, to line i of the rows, as its last key. The bytes are copied as they are;
 * where the card is null the row stays as it is.
 *
 * @param rows Blocks of complete lines.
 * @param cards The same.
 * @throws {SyntaxError} when a line of the cards is no card, or of another model than the row; when there are more of one than of the other
 */
export async function* joinCards(
  rows: AsyncIterable<Uint8Array>,
  cards: AsyncIterable<Uint8Array>,
  names: JoinCardsOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const fail = (what: string) =>
    new SyntaxError(`Cannot join "${names.cards}" to "${names.rows}": ${what}`);
  const buffer = new BlockBuffer(names.rows);
  const rowLines = new Lines(rows);
  const cardLines = new Lines(cards);
  try {
    for (let number = 1;; number++) {
      const row = rowLines.next() ?? await rowLines.more();
      const line = cardLines.next() ?? await cardLines.more();
      if (row === null) {
        if (line === null) break;
        throw fail(`it has more than ${number - 1} lines, one for each row`);
      }
      if (line === null) throw fail(`it has ${number - 1} lines, fewer than there are rows`);
      const card = readCard(line);
      if (card === null) throw fail(`line ${number} of it is no {"id","modelCard"}`);
      if (!isOf(row, card.id)) {
        const id = rowId(row);
        throw fail(
          `line ${number} of it is of ${JSON.stringify(idText(card.id))}, that of the rows of ${
            id === undefined ? "no model" : JSON.stringify(id)
          }`,
        );
      }
      let length = row.length;
      while (space[row[length - 1]] === 1) length--;
      if (card.value.length === 0) {
        buffer.append(row.subarray(0, length));
        buffer.append(end.subarray(1));
      } else {
        buffer.append(row.subarray(0, length - 1));
        buffer.append(cardKey);
        buffer.append(card.value);
        buffer.append(end);
      }
      if (buffer.length >= blockBytes) yield buffer.take(buffer.length);
    }
  } finally {
    await rowLines.end();
    await cardLines.end();
  }
  if (buffer.length > 0) yield buffer.take(buffer.length);
}

/** The lines of blocks, without their newlines; awaited once a block and not once a line. */
class Lines {
  #blocks: AsyncIterator<Uint8Array>;
  #block: Uint8Array = new Uint8Array(0);
  #start = 0;

  constructor(blocks: AsyncIterable<Uint8Array>) {
    this.#blocks = blocks[Symbol.asyncIterator]();
  }

  /** The next line of the block, null where it has none. */
  next(): Uint8Array | null {
    if (this.#start >= this.#block.length) return null;
    const newline = this.#block.indexOf(10, this.#start);
    const stop = newline < 0 ? this.#block.length : newline;
    const line = this.#block.subarray(this.#start, stop);
    this.#start = stop + 1;
    return line;
  }

  /** The first line of the next block, null where there is none. */
  async more(): Promise<Uint8Array | null> {
    const { done, value } = await this.#blocks.next();
    if (done) return null;
    this.#block = value;
    this.#start = 0;
    return this.next();
  }

  async end(): Promise<void> {
    await this.#blocks.return?.();
  }
}

/** A line of cards: the id and the card, both as they stand in JSON; no bytes where the card is null. */
interface CardLine {
  id: Uint8Array;
  value: Uint8Array;
}

/** Takes a line of cards apart, null where it is none. */
function readCard(line: Uint8Array): CardLine | null {
  if (startsWith(line, cardStart, 0)) {
    const idEnd = stringEnd(line, cardStart.length);
    const at = idEnd + 1 + cardKey.length;
    const last = line.length - 1;
    if (idEnd > 0 && startsWith(line, cardKey, idEnd + 1) && line[last] === uncurly) {
      const id = line.subarray(cardStart.length, idEnd);
      const value = line.subarray(at, last);
      if (value.length === 4 && startsWith(value, nothing, 0)) {
        return { id, value: value.subarray(4) };
      }
      if (value[0] === quote && stringEnd(value, 1) === value.length - 1) return { id, value };
    }
  }
  const card = parsed(line);
  if (typeof card?.id !== "string") return null;
  const { id, modelCard = null } = card;
  if (modelCard !== null && typeof modelCard !== "string") return null;
  return {
    id: encoder.encode(JSON.stringify(id).slice(1, -1)),
    value: encoder.encode(modelCard === null ? "" : JSON.stringify(modelCard)),
  };
}

/** Whether a row is that of an id, given as it stands in JSON. */
function isOf(row: Uint8Array, id: Uint8Array): boolean {
  for (const [i, start] of rowStarts.entries()) {
    if (!startsWith(row, start, 0)) continue;
    let at = start.length;
    if (i === 1) {
      const stop = stringEnd(row, at);
      if (stop < 0 || !startsWith(row, nextId, stop + 1)) break;
      at = stop + 1 + nextId.length;
    }
    if (startsWith(row, id, at) && row[at + id.length] === quote && row.at(-1) === uncurly) {
      return true;
    }
  }
  return rowId(row) === idText(id);
}

function rowId(row: Uint8Array): string | undefined {
  const { id, modelId } = parsed(row) ?? {};
  const found = id ?? modelId;
  return typeof found === "string" ? found : undefined;
}

function idText(id: Uint8Array): string {
  return JSON.parse(`"${decoder.decode(id)}"`);
}

/** The object that a line is, null where it is none. */
function parsed(line: Uint8Array): Record<"id" | "modelId" | "modelCard", unknown> | null {
  try {
    const value = JSON.parse(decoder.decode(line));
    return typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** Place of the quote that ends a string whose first byte is at `from`, -1 where none does. */
function stringEnd(line: Uint8Array, from: number): number {
  for (let at = line.indexOf(quote, from); at >= 0; at = line.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (at - 1 - slashes >= from && line[at - 1 - slashes] === backslash) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

function startsWith(line: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < bytes.length; i++) if (line[at + i] !== bytes[i]) return false;
  return true;
}
