import type { IssueCount } from "../../core/issues.ts";
import type { LoggedPage, PageLog } from "../page_log.ts";
import type { ModelPage, ModelPages } from "./model_pages.ts";

/** What the index keeps of a page of rows. */
export interface PageNote {
  /** Path and query of the page after it, null after the last. */
  next: string | null;
  /** Rows kept of it. */
  rows: number;
  /** Time of its first row and of its last, by the field that the pages are sorted by. */
  first: string | null;
  last: string | null;
  /** The Hub's clock. */
  date: string | null;
  /** What was odd about it. */
  issues?: IssueCount[];
}

/** Options of {@link followPages}. */
export interface FollowOptions<T extends PageNote> {
  pages: Pick<ModelPages, "firstPath" | "page">;
  /** Path of the page to begin with. */
  path: string;
  /** That page, where it was fetched already. */
  first?: ModelPage | null;
  /** Paths that were asked for before. */
  seen: Iterable<string | null>;
  /** What is kept of a page; its note's `next` says whether to go on. */
  take(page: ModelPage): { text: Uint8Array; note: T };
  /** Called when a page is on disk. */
  onPage?: (page: LoggedPage & T) => void;
}

/** Appends page after page to a log, the next one being fetched while one is written. When it ends, by an error too, no request is under way. */
export async function followPages<T extends PageNote>(
  log: PageLog<T>,
  { pages, path, first, seen, take, onPage }: FollowOptions<T>,
): Promise<void> {
  const met = new Set<string>([path]);
  for (const one of seen) if (one !== null) met.add(one);
  let pending: Promise<ModelPage> | null = first ? Promise.resolve(first) : pages.page(path, met);
  try {
    while (pending !== null) {
      const { text, note } = take(await pending);
      pending = null;
      if (note.next !== null) {
        met.add(note.next);
        pending = pages.page(note.next, met);
        // It is awaited after the page is on disk; an error until then must not be one that nobody waits for.
        pending.catch(() => {});
      }
      const page = await log.append(text, note);
      onPage?.(page);
    }
  } finally {
    await pending?.catch(() => {});
  }
}
