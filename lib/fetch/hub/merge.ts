import { join } from "node:path";
import type { Issues } from "../../core/issues.ts";
import { paths } from "../../paths.ts";
import { openHub } from "../../source/hub_input.ts";
import { rowText } from "../../source/row_text.ts";
import { fileNumber, type PageLog } from "../page_log.ts";
import type { ChangedModels } from "./changed_models.ts";
import { cardLine, type CardsNote } from "./crawl_cards.ts";
import { hubRow, isRow, joinLines, rowLine } from "./hub_row.ts";

/** What the index keeps of a page of merged rows. */
export interface MergeNote {
  rows: number;
  /** Whether they are those of the base, unchanged, or those that were changed or created since. */
  part: "base" | "changed";
}

/** What became of the models of a base. */
export interface MergeCounts {
  /** Rows of the base that stay as they are. */
  kept: number;
  /** Models of the base with a newer row. */
  changed: number;
  /** Models that the base does not have. */
  added: number;
}

/** Options of {@link mergeChanges}. */
export interface MergeOptions {
  /** The raw snapshot that the changes continue; it is compared with its SHA-256. */
  base: { name: string; sha256: string };
  changes: ChangedModels;
  /** Where the cards of the base go, null where none are wanted. */
  cards: PageLog<CardsNote> | null;
  /** Counts what is odd about the base. */
  issues: Issues;
  /** Ends it between two pages. */
  signal?: AbortSignal;
  /** Called now and then with the rows so far. */
  onRows?: (rows: number) => void;
}

/** Most rows of a page. */
const pageRows = 1000;
/** A page ends with the line that makes its rows, or their cards, as many bytes. */
const pageBytes = 16 << 20;

/**
 * Writes the rows of a base whose models were not changed, in their order, then those that were changed or created by time of creation. The same
 * base and changes give the same pages: what a log has already is not written again.
 */
export async function mergeChanges(
  rows: PageLog<MergeNote>,
  { base, changes, cards, issues, signal, onRows = () => {} }: MergeOptions,
): Promise<MergeCounts> {
  const inBase = new Uint8Array(changes.size);
  let kept = 0;
  const pages = new Pages(rows, { cards, signal });
  for await (const line of linesOf(base, issues)) {
    const found = changes.find(line.id);
    if (found >= 0) {
      inBase[found] = 1;
      continue;
    }
    if (await pages.add(line, "base", issues)) kept++;
    if (kept % pageRows === 0) onRows(kept);
  }
  await pages.end("base");
  const changed = inBase.reduce((sum, met) => sum + met, 0);
  let done = kept;
  for await (const { id, row } of changes.rows({ signal, onPage: () => onRows(done) })) {
    await pages.add({ id, row, card: null }, "changed", issues);
    if (++done % pageRows === 0) onRows(done);
  }
  await pages.end("changed");
  return { kept, changed, added: changes.size - changed };
}

interface BaseRow {
  id: string;
  row: Record<string, unknown>;
  card: string | null;
}

/** The rows of a raw snapshot. */
async function* linesOf(
  { name, sha256 }: MergeOptions["base"],
  issues: Issues,
): AsyncGenerator<BaseRow> {
  const input = await openHub(join(paths.raw, name), { issues });
  const found = await input.sha256();
  if (found !== sha256) {
    throw new SyntaxError(
      `Cannot join the changes with "${name}": its sha256 is ${found.slice(0, 12)}…, expected ${
        sha256.slice(0, 12)
      }…; it was replaced since`,
    );
  }
  const decoder = new TextDecoder();
  for await (const block of input.blocks()) {
    for (let start = 0; start < block.length;) {
      const end = block.indexOf(10, start);
      const text = decoder.decode(block.subarray(start, end));
      start = end + 1;
      if (text.trim() === "") continue;
      let row: unknown;
      try {
        row = withId(JSON.parse(text));
      } catch {
        issues.add("notJson", "a line of the base that is not JSON; left out", text.slice(0, 200));
        continue;
      }
      if (!isRow(row, issues)) continue;
      yield { id: row.id, row: hubRow(row), card: rowText(row).card };
    }
  }
}

/** A row with its id by that name: older ones have it as `modelId` only. */
function withId(row: unknown): unknown {
  if (typeof row !== "object" || row === null || Object.hasOwn(row, "id")) return row;
  return Object.hasOwn(row, "modelId")
    ? { ...row, id: (row as { modelId: unknown }).modelId }
    : row;
}

/** Gathers rows and writes a page of them, and one of their cards, when there are enough. */
class Pages {
  #rows: PageLog<MergeNote>;
  #cards: PageLog<CardsNote> | null;
  #signal: AbortSignal | undefined;
  #lines: Uint8Array[] = [];
  #cardLines: Uint8Array[] = [];
  /** Bytes of the lines, and of those of cards. */
  #bytes = 0;
  #cardBytes = 0;
  #given = 0;
  /** Number of the page under way. */
  #page = 0;

  constructor(
    rows: PageLog<MergeNote>,
    { cards, signal }: { cards: PageLog<CardsNote> | null; signal?: AbortSignal },
  ) {
    this.#rows = rows;
    this.#cards = cards;
    this.#signal = signal;
  }

  /** Adds a row; returns whether it is taken. */
  async add({ id, row, card }: BaseRow, part: MergeNote["part"], issues: Issues): Promise<boolean> {
    const line = rowLine(row, issues);
    if (line === null) return false;
    this.#lines.push(line);
    this.#bytes += line.length;
    if (this.#cards !== null && part === "base") {
      const text = cardLine(id, card);
      this.#cardLines.push(text);
      this.#cardBytes += text.length;
      if (card !== null) this.#given++;
    }
    const full = this.#lines.length === pageRows || this.#bytes >= pageBytes ||
      this.#cardBytes >= pageBytes;
    if (full) await this.end(part);
    return true;
  }

  /** Writes what is there. */
  async end(part: MergeNote["part"]): Promise<void> {
    const count = this.#lines.length;
    if (count === 0) return;
    this.#signal?.throwIfAborted();
    const log = this.#rows;
    const page = log.pages[this.#page] ??
      await log.append(joinLines(this.#lines), { rows: count, part });
    const cards = this.#cards;
    if (cards !== null && part === "base" && cards.pages.length === this.#page) {
      const note = { rows: count, cards: this.#given, date: null };
      await cards.append(joinLines(this.#cardLines), note, { file: fileNumber(page.file) });
    }
    this.#lines = [];
    this.#cardLines = [];
    this.#bytes = 0;
    this.#cardBytes = 0;
    this.#given = 0;
    this.#page++;
  }
}
