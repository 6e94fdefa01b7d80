import { Issues } from "../../core/issues.ts";
import type { PageLog } from "../page_log.ts";
import { noted } from "./crawl.ts";
import { type FollowOptions, followPages, type PageNote } from "./follow_pages.ts";
import { hubRow, isRow, joinLines, rowLine } from "./hub_row.ts";
import type { ModelPage } from "./model_pages.ts";

/** What the index keeps of a page of changes. */
export interface ChangesNote extends PageNote {
  /** Which reading of the list it belongs to, from 1. */
  sweep: number;
  /** Models changed at this time or later are kept. */
  bound: string;
  /** Rows of it that are known to be changed: those with a time. */
  changed: number;
  /** Of the first page of a sweep: the latest change in it. */
  newest?: string;
  /** Of the last page: nothing can have been missed. */
  end?: true;
}

/**
 * Writes the models that were created or changed since a time to a log, latest first. A model that changes while the list is read moves to the
 * front, past what was read: the list is read again for what changed since its reading began, until one page holds all of that.
 *
 * @param options.since ISO time.
 */
export async function crawlChanges(
  log: PageLog<ChangesNote>,
  { pages, first, since, onPage }:
    & Pick<FollowOptions<ChangesNote>, "pages" | "first" | "onPage">
    & { since: string },
): Promise<void> {
  for (;;) {
    const last = log.pages.at(-1);
    if (last?.end) return;
    const before = log.pages.filter(({ sweep }) => sweep === last?.sweep);
    const goesOn = last !== undefined && last.next !== null;
    const sweep = goesOn ? last.sweep : (last?.sweep ?? 0) + 1;
    const bound = goesOn ? last.bound : before[0]?.newest ?? since;
    let read = goesOn ? before.length : 0;
    let beyond = goesOn ? sumOfChanged(before.slice(1)) : 0;
    await followPages(log, {
      pages,
      path: goesOn ? last.next! : pages.firstPath("changed"),
      first: last === undefined ? first : null,
      seen: goesOn ? before.map(({ next }) => next) : [],
      take(page) {
        const { text, note, changed, newest } = takeChanges(page, bound);
        if (read++ > 0) beyond += changed;
        // Rows may be out of order: the list ends with the first page that has no change.
        const next = changed === 0 ? null : note.next;
        return {
          text,
          note: {
            ...note,
            next,
            sweep,
            bound,
            changed,
            ...(read === 1 ? { newest: newest ?? bound } : {}),
            ...(next === null && beyond === 0 ? { end: true as const } : {}),
          },
        };
      },
      onPage,
    });
  }
}

function sumOfChanged(pages: readonly ChangesNote[]): number {
  return pages.reduce((sum, { changed }) => sum + changed, 0);
}

/** The rows of a page that were changed at a time or later; a row without a time counts as changed. */
function takeChanges(
  { elements, next, date }: ModelPage,
  bound: string,
): { text: Uint8Array; note: PageNote; changed: number; newest: string | null } {
  const issues = new Issues();
  const lines: Uint8Array[] = [];
  let first: string | null = null;
  let last: string | null = null;
  let newest: string | null = null;
  let changed = 0;
  for (const element of elements) {
    if (!isRow(element, issues)) continue;
    const { lastModified: stated, id } = element;
    const lastModified = typeof stated === "string" ? stated : null;
    if (lastModified === null) {
      issues.add("noTimeOfChange", "no lastModified; the model counts as changed", id);
    } else if (lastModified < bound) continue;
    const line = rowLine({ ...hubRow(element), lastModified }, issues);
    if (line === null) continue;
    lines.push(line);
    last = lastModified ?? last;
    first ??= last;
    if (lastModified === null) continue;
    changed++;
    if (newest === null || lastModified > newest) newest = lastModified;
  }
  const note = { next, rows: lines.length, first, last, date };
  return { text: joinLines(lines), note: noted(note, issues), changed, newest };
}
