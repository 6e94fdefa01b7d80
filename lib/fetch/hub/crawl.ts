import { Issues } from "../../core/issues.ts";
import type { PageLog } from "../page_log.ts";
import { type FollowOptions, followPages, type PageNote } from "./follow_pages.ts";
import { hubRow, isRow, joinLines, rowLine } from "./hub_row.ts";
import type { ModelPage } from "./model_pages.ts";

/**
 * Writes the Hub's models in the order of their creation to a log of rows, or goes on after its last page. Models that were created meanwhile
 * come last; rows are kept as they are served, a row that is served twice twice.
 *
 * @throws {Error} when the Hub has no models
 */
export async function crawlModels(
  log: PageLog<PageNote>,
  { pages, first, onPage }: Pick<FollowOptions<PageNote>, "pages" | "first" | "onPage">,
): Promise<void> {
  const last = log.pages.at(-1);
  const path = last === undefined ? pages.firstPath("created") : last.next;
  if (path !== null) {
    await followPages(log, {
      pages,
      path,
      first,
      seen: log.pages.map(({ next }) => next),
      take: takeRows,
      onPage,
    });
  }
  if (log.pages.some(({ rows }) => rows > 0)) return;
  throw new Error("Cannot fetch the Hub's models: the list has none");
}

/** The rows of a page. */
function takeRows({ elements, next, date }: ModelPage): { text: Uint8Array; note: PageNote } {
  const issues = new Issues();
  const lines: Uint8Array[] = [];
  let first: string | null = null;
  let last: string | null = null;
  for (const element of elements) {
    if (!isRow(element, issues)) continue;
    const line = rowLine(hubRow(element), issues);
    if (line === null) continue;
    lines.push(line);
    if (typeof element.createdAt === "string") last = element.createdAt;
    first ??= last;
  }
  return {
    text: joinLines(lines),
    note: noted({ next, rows: lines.length, first, last, date }, issues),
  };
}

/** A note with the issues of its page, where it has any. */
export function noted<T extends object>(note: T, issues: Issues): T {
  const list = issues.list();
  return list.length === 0 ? note : { ...note, issues: list };
}
