import { Issues } from "../../core/issues.ts";
import type { IssueCount } from "../../core/issues.ts";
import { fileNumber, type LoggedPage, type PageLog } from "../page_log.ts";
import { noted } from "./crawl.ts";
import { joinLines } from "./hub_row.ts";
import { inOrder } from "./in_order.ts";
import type { FetchedCard, ModelCards } from "./model_card.ts";

/** What the index keeps of a page of cards. */
export interface CardsNote {
  /** Rows that it has lines for. */
  rows: number;
  /** Those of them that have a card. */
  cards: number;
  /** The Hub's clock when it gave the last of them, null where it was not asked. */
  date: string | null;
  /** What was odd about them. */
  issues?: IssueCount[];
}

/** Most cards of a page. */
const pageRows = 256;
/** A page ends with the line that makes it as many bytes. Lines that wait for theirs hold no more either. */
const pageBytes = 16 << 20;
/** Cards that are asked for at a time. */
const atOnce = 16;

/** Options of {@link crawlCards}. */
export interface CrawlCardsOptions<T extends { rows: number }> {
  /** The rows, one page after the other. */
  rows: PageLog<T>;
  /** Index of the page of rows to begin with: earlier ones have their cards. */
  from: number;
  cards: Pick<ModelCards, "of">;
  /** Called when a page is on disk, and with the number of lines of the log. */
  onPage?: (lines: number) => void;
}

/**
 * Writes the cards of rows to a log, line by line: `{"id","modelCard"}`, null where there is none. A file of cards covers the rows of the file
 * of that number; where a page ends depends on the rows and cards alone.
 */
export async function crawlCards<T extends { rows: number }>(
  log: PageLog<CardsNote>,
  { rows, from, cards, onPage }: CrawlCardsOptions<T>,
): Promise<void> {
  let lines = log.pages.reduce((sum, page) => sum + page.rows, 0);
  const fetched = inOrder(rowsWithoutLine(rows, { from, lines }), {
    async task({ id, file }): Promise<FetchedLine> {
      const { text, issue, date } = await cards.of(id);
      return { line: cardLine(id, text), given: text !== null, issue, date, file };
    },
    bytesOf: ({ line }) => line.length,
    atOnce,
    most: pageRows,
    mostBytes: pageBytes,
  });
  let page: FetchedLine[] = [];
  let bytes = 0;
  const write = async () => {
    if (page.length === 0) return;
    const [{ file }] = page;
    const text = joinLines(page.map(({ line }) => line));
    const note = noteOf(page);
    page = [];
    bytes = 0;
    await log.append(text, note, { file });
    lines += note.rows;
    onPage?.(lines);
  };
  for await (const one of fetched) {
    if (page.length > 0 && one.file !== page[0].file) await write();
    page.push(one);
    bytes += one.line.length;
    if (page.length === pageRows || bytes >= pageBytes) await write();
  }
  await write();
}

/** A line to be written. */
interface FetchedLine extends Pick<FetchedCard, "issue" | "date"> {
  line: Uint8Array;
  /** Whether there is a card in it. */
  given: boolean;
  /** Number of the file that it goes to. */
  file: number;
}

function noteOf(page: readonly FetchedLine[]): CardsNote {
  const issues = new Issues();
  let cards = 0;
  let date: string | null = null;
  for (const { given, issue, date: told } of page) {
    if (given) cards++;
    if (issue !== null) issues.add(issue.kind, issue.rule, issue.example);
    if (told !== null && (date === null || told > date)) date = told;
  }
  return noted({ rows: page.length, cards, date }, issues);
}

/** Ids of the rows that have no line yet, and the numbers of their files. */
async function* rowsWithoutLine<T extends { rows: number }>(
  rows: PageLog<T>,
  { from, lines }: { from: number; lines: number },
): AsyncGenerator<{ id: string; file: number }> {
  let before = rows.pages.slice(0, from).reduce((sum, page) => sum + page.rows, 0);
  for (const page of rows.pages.slice(from)) {
    const done = Math.max(0, lines - before);
    before += page.rows;
    if (done >= page.rows) continue;
    const file = fileNumber(page.file);
    for (const id of (await idsOf(rows, page)).slice(done)) yield { id, file };
  }
}

async function idsOf(
  rows: PageLog<{ rows: number }>,
  page: LoggedPage,
): Promise<string[]> {
  const text = new TextDecoder().decode(await rows.read(page));
  return text.split("\n").slice(0, -1).map((line) => JSON.parse(line).id);
}

/** A line of a file of cards. */
export function cardLine(id: string, modelCard: string | null): Uint8Array {
  return encoder.encode(`${JSON.stringify({ id, modelCard })}\n`);
}

const encoder = new TextEncoder();
