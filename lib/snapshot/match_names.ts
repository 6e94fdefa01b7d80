import { Buffer } from "node:buffer";
import type { StringColumn } from "../core/string_column.ts";
import { type CleaningRule, ruleTest } from "./cleaning_rules.ts";

/** The names of some rows side by side, ASCII letters in lower case. */
export interface NameBlock {
  /** First row. */
  row: number;
  /** Number of rows. */
  rows: number;
  /** A line feed before each name and at the end; other control characters are spaces. */
  bytes: Uint8Array<ArrayBuffer>;
  /** First byte of each name, rows + 1 entries; the byte before the next is the line feed. */
  starts: Uint32Array;
}

const blockRows = 1 << 16;
const lineFeed = 10;
const slash = 47;

/** The name of each id, what follows its first slash, some tens of thousands at a time. */
export function* nameBlocks(ids: StringColumn): Generator<NameBlock> {
  for (let row = 0; row < ids.length; row += blockRows) {
    const rows = Math.min(blockRows, ids.length - row);
    let size = 1;
    for (let i = row; i < row + rows; i++) size += ids.ends[i] - ids.starts[i] + 1;
    const bytes = new Uint8Array(size);
    const starts = new Uint32Array(rows + 1);
    bytes[0] = lineFeed;
    let q = 1;
    for (let i = 0; i < rows; i++) {
      starts[i] = q;
      const end = ids.ends[row + i];
      let p = nameStart(ids, row + i);
      for (; p < end; p++) {
        const c = ids.bytes[p];
        bytes[q++] = c >= 65 && c <= 90 ? c | 32 : c < 32 ? 32 : c;
      }
      bytes[q++] = lineFeed;
    }
    starts[rows] = q;
    yield { row, rows, bytes: bytes.subarray(0, q), starts };
  }
}

/** Where the name begins in the bytes of an id: after the first slash, at the beginning where there is none. */
function nameStart({ bytes, starts, ends }: StringColumn, row: number): number {
  for (let p = starts[row]; p < ends[row]; p++) if (bytes[p] === slash) return p + 1;
  return starts[row];
}

/** The name of one id, ASCII letters in lower case. */
export function nameOf(ids: StringColumn, row: number): string {
  const id = ids.at(row);
  return id.slice(id.indexOf("/") + 1).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * Finds the first rule that matches each name of a block. All patterns are tried at once, only where a word begins;
 * the few names that one of them matches are then looked at rule by rule.
 */
export class NameMatcher {
  #any: RegExp;
  #tests: { rule: number; test: RegExp }[] = [];

  /** @param rules The table; its entries that look at rows or at ends are passed over. */
  constructor(rules: readonly CleaningRule[]) {
    const patterns = { name: [] as string[], word: [] as string[] };
    rules.forEach((rule, i) => {
      if (rule.pattern === null || (rule.where !== "name" && rule.where !== "word")) return;
      patterns[rule.where].push(`(?:${rule.pattern})`);
      this.#tests.push({ rule: i, test: ruleTest(rule) });
    });
    const starts = [
      ...(patterns.word.length > 0 ? [`[-_\\n](?:${patterns.word.join("|")})`] : []),
      ...(patterns.name.length > 0 ? [`\\n(?:${patterns.name.join("|")})`] : []),
    ];
    this.#any = new RegExp(starts.length > 0 ? starts.join("|") : "(?!)", "gm");
  }

  /** Calls `onMatch` with each row of the block that a rule matches, and the number of the first such rule. */
  match({ row, rows, bytes, starts }: NameBlock, onMatch: (row: number, rule: number) => void) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
    const any = this.#any;
    any.lastIndex = 0;
    for (let i = 0, found = any.exec(text); found !== null; found = any.exec(text)) {
      // A match begins with the separator before it: the line feed before a name belongs to that name.
      while (i + 1 < rows && starts[i + 1] <= found.index + 1) i++;
      const name = text.slice(starts[i], starts[i + 1] - 1);
      const first = this.#tests.find(({ test }) => test.test(name));
      if (first !== undefined) onMatch(row + i, first.rule);
      any.lastIndex = starts[i + 1] - 1;
    }
  }
}
