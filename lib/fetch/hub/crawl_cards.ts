import { Issues } from "../../core/issues.ts";
import type { IssueCount } from "../../core/issues.ts";
import { fileNumber, type LoggedPage, type PageLog } from "../page_log.ts";
import { atATime } from "./at_a_time.ts";
import { noted } from "./crawl.ts";
import { joinLines } from "./hub_row.ts";
import type { ModelCards } from "./model_card.ts";

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

/** Cards of a page. */
const pageRows = 256;
/** Cards that are asked for at a time. */
const atOnce = 16;

/** Options of {@link crawlCards}. */
export interface CrawlCardsOptions<T extends { rows: number }> {
  /** The rows, one page after the other. */
  rows: PageLog<T>;
  /** Index of the page of rows to begin with: earlier ones have their cards. */
  from: number;
  cards: ModelCards;
  /** Called when a page is on disk, and with the number of lines of the log. */
  onPage?: (lines: number) => void;
}

/**
 * Writes the cards of rows to a log, line by line: `{"id","modelCard"}`, null where there is none. A file of cards covers the rows of the file
 * of that number.
 */
export async function crawlCards<T extends { rows: number }>(
  log: PageLog<CardsNote>,
  { rows, from, cards, onPage }: CrawlCardsOptions<T>,
): Promise<void> {
  let lines = log.pages.reduce((sum, page) => sum + page.rows, 0);
  const turn = atATime(atOnce);
  let pending: Promise<FetchedPage> | null = null;
  const write = async () => {
    if (pending === null) return;
    const { text, note, file } = await pending;
    await log.append(text, note, { file });
    lines += note.rows;
    onPage?.(lines);
  };
  for await (const { ids, file } of batches(rows, { from, lines })) {
    // The next page's cards are asked for as soon as this one's last ones are under way.
    const next: Promise<FetchedPage> = fetchPage(ids, { cards, turn, file });
    next.catch(() => {});
    await write();
    pending = next;
  }
  await write();
}

/** A page of cards to be written. */
interface FetchedPage {
  text: Uint8Array;
  note: CardsNote;
  file: number;
}

async function fetchPage(
  ids: readonly string[],
  { cards, turn, file }: {
    cards: ModelCards;
    turn: ReturnType<typeof atATime>;
    file: number;
  },
): Promise<FetchedPage> {
  const fetched = await Promise.all(ids.map((id) => turn(() => cards.of(id))));
  const issues = new Issues();
  let given = 0;
  let date: string | null = null;
  const lines = fetched.map(({ text, issue, date: told }, i) => {
    if (text !== null) given++;
    if (issue !== null) issues.add(issue.kind, issue.rule, issue.example);
    if (told !== null && (date === null || told > date)) date = told;
    return cardLine(ids[i], text);
  });
  const note = noted({ rows: ids.length, cards: given, date }, issues);
  return { text: joinLines(lines), note, file };
}

/** Ids of the rows that have no line yet, a page of cards at a time; none of them spans two files of rows. */
async function* batches<T extends { rows: number }>(
  rows: PageLog<T>,
  { from, lines }: { from: number; lines: number },
): AsyncGenerator<{ ids: string[]; file: number }> {
  let before = rows.pages.slice(0, from).reduce((sum, page) => sum + page.rows, 0);
  let ids: string[] = [];
  let file = 0;
  for (const page of rows.pages.slice(from)) {
    const done = Math.max(0, lines - before);
    before += page.rows;
    if (done >= page.rows) continue;
    if (fileNumber(page.file) !== file) {
      if (ids.length > 0) yield { ids, file };
      ids = [];
      file = fileNumber(page.file);
    }
    ids.push(...(await idsOf(rows, page)).slice(done));
    for (; ids.length >= pageRows; ids = ids.slice(pageRows)) {
      yield { ids: ids.slice(0, pageRows), file };
    }
  }
  if (ids.length > 0) yield { ids, file };
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
