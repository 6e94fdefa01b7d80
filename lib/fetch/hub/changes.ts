import { createHash } from "node:crypto";
import { Issues } from "../../core/issues.ts";
import type { PageLog } from "../page_log.ts";
import { noted } from "./crawl.ts";
import { type FollowOptions, followPages, type PageNote } from "./follow_pages.ts";
import { hubRow, isRow, joinLines, rowLine, timeOf } from "./hub_row.ts";
import type { ModelPage } from "./model_pages.ts";

/** Time, in milliseconds, by which the list of changes may lag behind them. */
const lag = 300_000;

/** What the index keeps of a page of changes. */
export interface ChangesNote extends PageNote {
  /** Which reading of the list it belongs to, from 1. */
  sweep: number;
  /** Models changed at this time or later are kept. */
  bound: string;
  /** Rows of it that are known to be changed: those with a time. */
  changed: number;
  /** SHA-256 of their ids and times, hexadecimal. */
  changes: string;
  /** Of the first page of a sweep: bound of the sweep after it. */
  nextBound?: string;
  /** Of the last page: nothing can have been missed. */
  end?: true;
}

/**
 * Writes the models that were created or changed since a time to a log, latest first. A model that changes while the list is read moves to the
 * front, past what was read: the list is read again for what changed since its reading began, until one page holds all of that, or two
 * readings find the same.
 *
 * @param options.since ISO time.
 * @throws {Error} when the list does not tell when models changed
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
    const pagesOf = (sweep: number) => log.pages.filter((page) => page.sweep === sweep);
    const goesOn = last !== undefined && last.next !== null;
    const sweep = goesOn ? last.sweep : (last?.sweep ?? 0) + 1;
    const bound = goesOn ? last.bound : pagesOf(sweep - 1)[0]?.nextBound ?? since;
    const read = pagesOf(sweep);
    await followPages(log, {
      pages,
      path: goesOn ? last.next! : pages.firstPath("changed"),
      first: last === undefined ? first : null,
      seen: read.map(({ next }) => next),
      take(page) {
        const before = pagesOf(sweep);
        const { text, note, times, changes } = takeChanges(page, bound);
        const changed = times.length;
        if (before.length === 0) checkTimes(page);
        // Rows may be out of order: the list ends with the first page that has no change.
        const next = changed === 0 ? null : note.next;
        const fitsOne = before.length === 0 || changed + sumOfChanged(before.slice(1)) === 0;
        const sameAgain = sameChanges([...before, { changes }], pagesOf(sweep - 1));
        return {
          text,
          note: {
            ...note,
            next,
            sweep,
            bound,
            changed,
            changes,
            ...(before.length === 0 ? { nextBound: boundAfter(page, { bound, times }) } : {}),
            ...(next === null && (fitsOne || sameAgain) ? { end: true as const } : {}),
          },
        };
      },
      onPage,
    });
  }
}

/**
 * Since when the next sweep must read: the latest change on the first page of this one. A time that lies ahead of the Hub's own clock says
 * nothing of when that was; without that clock, half of the page's changes are read again.
 */
function boundAfter(
  { date }: ModelPage,
  { bound, times }: { bound: string; times: number[] },
): string {
  const sorted = times.toSorted((a, b) => a - b);
  const latest = date === null
    ? sorted[sorted.length >> 1]
    : Math.min(sorted.at(-1) ?? Infinity, Date.parse(date) - lag);
  return latest === undefined || latest <= Date.parse(bound)
    ? bound
    : new Date(latest).toISOString();
}

function sumOfChanged(pages: readonly ChangesNote[]): number {
  return pages.reduce((sum, { changed }) => sum + changed, 0);
}

/** Whether two sweeps found the same changes on the same pages: then no model moved between them. */
function sameChanges(
  some: readonly Pick<ChangesNote, "changes">[],
  others: readonly Pick<ChangesNote, "changes">[],
): boolean {
  return some.length === others.length &&
    some.every(({ changes }, i) => changes === others[i].changes);
}

/** @throws {Error} when no row of the first page has a time */
function checkTimes({ elements }: ModelPage): void {
  const issues = new Issues();
  const timed = elements.some((element) =>
    isRow(element, issues) && !Number.isNaN(timeOf(element.lastModified))
  );
  if (timed) return;
  throw new Error(
    `Cannot fetch what changed: none of the first ${elements.length} models of the Hub's list tells when it was changed (lastModified); run "deno task fetch hub" without --since`,
  );
}

/** The rows of a page that were changed at a time or later; a row without a time counts as changed. */
function takeChanges(
  { elements, next, date }: ModelPage,
  bound: string,
): { text: Uint8Array; note: PageNote; times: number[]; changes: string } {
  const issues = new Issues();
  const since = Date.parse(bound);
  const lines: Uint8Array[] = [];
  const times: number[] = [];
  const hash = createHash("sha256");
  let first: string | null = null;
  let last: string | null = null;
  for (const element of elements) {
    if (!isRow(element, issues)) continue;
    const time = timeOf(element.lastModified);
    const known = !Number.isNaN(time);
    if (known && time < since) continue;
    const lastModified = known ? element.lastModified as string : null;
    if (!known) {
      const rule = "no lastModified that is a time; the model counts as changed";
      issues.add("noTimeOfChange", rule, element.id);
    }
    const line = rowLine({ ...hubRow(element), lastModified }, issues);
    if (line === null) continue;
    lines.push(line);
    last = lastModified ?? last;
    first ??= last;
    if (!known) continue;
    times.push(time);
    hash.update(`${JSON.stringify([element.id, lastModified])}\n`);
  }
  const note = { next, rows: lines.length, first, last, date };
  return { text: joinLines(lines), note: noted(note, issues), times, changes: hash.digest("hex") };
}
