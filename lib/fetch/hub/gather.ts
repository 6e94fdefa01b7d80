import { Issues } from "../../core/issues.ts";
import { PageLog } from "../page_log.ts";
import type { RawFolder } from "../raw_folder.ts";
import { ChangedModels } from "./changed_models.ts";
import { type ChangesNote, crawlChanges } from "./changes.ts";
import { crawlModels } from "./crawl.ts";
import { type CardsNote, crawlCards } from "./crawl_cards.ts";
import type { PageNote } from "./follow_pages.ts";
import type { FetchHubOptions } from "./hub_options.ts";
import type { HubRequest } from "./hub_request.ts";
import { mergeChanges, type MergeNote } from "./merge.ts";
import type { ModelCards } from "./model_card.ts";
import type { ModelPage, ModelPages } from "./model_pages.ts";

/** What is known when all pages are there. */
export interface Gathered {
  counts: Record<string, number>;
  issues: Issues;
  dates: (string | null)[];
}

/** What both ways of fetching need. */
export interface Work {
  folder: RawFolder;
  request: HubRequest;
  pages: ModelPages;
  first: ModelPage | null;
  cards: ModelCards | null;
  options: FetchHubOptions;
}

/** Fetches all models, and their cards where they are wanted. */
export async function fetchAll({ folder, pages, first, cards, options }: Work): Promise<Gathered> {
  const issues = new Issues();
  const rows = await PageLog.open<PageNote>(folder.path, { name: "rows" });
  try {
    let done = sumOf(rows, "rows");
    const tell = (at: string | null) =>
      options.onProgress?.({ stage: "models", done, total: null, at });
    tell(rows.pages.at(-1)?.last ?? null);
    await crawlModels(rows, {
      pages,
      first,
      onPage({ rows, last }) {
        done += rows;
        tell(last);
      },
    });
    for (const page of rows.pages) issues.merge(page.issues ?? []);
    const fetched = await withCards(folder, { rows, from: 0, cards, issues, options });
    return {
      counts: { rows: done, pages: rows.pages.length, ...fetched.counts },
      issues,
      dates: [...rows.pages.map(({ date }) => date), ...fetched.dates],
    };
  } finally {
    rows.close();
  }
}

/** Fetches what was changed since a day, and merges it into a base. */
export async function refresh(
  { folder, request, pages, first, cards, options }: Work,
): Promise<Gathered> {
  const issues = new Issues();
  const changes = await PageLog.open<ChangesNote>(folder.path, { name: "changes" });
  const rows = await PageLog.open<MergeNote>(folder.path, { name: "rows" });
  const { onProgress = () => {}, signal } = options;
  try {
    let done = sumOf(changes, "rows");
    await crawlChanges(changes, {
      pages,
      first,
      since: `${request.since}T00:00:00.000Z`,
      onPage({ rows, last }) {
        done += rows;
        onProgress({ stage: "changes", done, total: null, at: last });
      },
    });
    for (const page of changes.pages) issues.merge(page.issues ?? []);
    const log = cards === null
      ? null
      : await PageLog.open<CardsNote>(folder.path, { name: "cards" });
    let counts;
    try {
      counts = await mergeChanges(rows, {
        base: request.base!,
        changes: await ChangedModels.read(changes, { signal }),
        cards: log,
        issues,
        signal,
        onRows: (done) => onProgress({ stage: "merge", done, total: null, at: null }),
      });
    } finally {
      log?.close();
    }
    const from = rows.pages.findIndex(({ part }) => part === "changed");
    const fetched = await withCards(folder, {
      rows,
      from: from < 0 ? rows.pages.length : from,
      cards,
      issues,
      options,
    });
    return {
      counts: {
        rows: sumOf(rows, "rows"),
        pages: changes.pages.length,
        ...counts,
        ...fetched.counts,
      },
      issues,
      dates: [...changes.pages.map(({ date }) => date), ...fetched.dates],
    };
  } finally {
    changes.close();
    rows.close();
  }
}

/** Fetches the cards of the rows from a page on, where cards are wanted. */
async function withCards<T extends { rows: number }>(
  folder: RawFolder,
  { rows, from, cards, issues, options }: {
    rows: PageLog<T>;
    from: number;
    cards: ModelCards | null;
    issues: Issues;
    options: FetchHubOptions;
  },
): Promise<Pick<Gathered, "counts" | "dates">> {
  if (cards === null) return { counts: {}, dates: [] };
  const log = await PageLog.open<CardsNote>(folder.path, { name: "cards" });
  try {
    const total = sumOf(rows, "rows");
    await crawlCards(log, {
      rows,
      from,
      cards,
      onPage: (done) => options.onProgress?.({ stage: "cards", done, total, at: null }),
    });
    for (const page of log.pages) issues.merge(page.issues ?? []);
    return { counts: { cards: sumOf(log, "cards") }, dates: log.pages.map(({ date }) => date) };
  } finally {
    log.close();
  }
}

function sumOf<K extends string>(log: PageLog<Record<K, number>>, key: K): number {
  return log.pages.reduce((sum, page) => sum + page[key], 0);
}
