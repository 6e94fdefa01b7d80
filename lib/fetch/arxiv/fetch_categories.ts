import { type IssueCount, Issues } from "../../core/issues.ts";
import type { RawManifest, RawRole } from "../../source/raw_manifest.ts";
import { upstreamAddress } from "../hosts.ts";
import { indexName, PageLog } from "../page_log.ts";
import { hasRawSnapshot, RawFolder, unfinishedSnapshots } from "../raw_folder.ts";
import { ArxivClient, type ArxivClientOptions } from "./arxiv_client.ts";
import {
  type CategoriesProgress,
  type CategoryPage,
  collectCategories,
  sumPages,
} from "./collect_categories.ts";

/** What raw snapshots of categories come from. */
const upstream = "arxiv-categories";
const logName = "papers";

/** The address of arXiv's API; the environment variable KINDRED_ARXIV gives another server. */
export function arxivAddress(): URL {
  const address = upstreamAddress("https://export.arxiv.org/", { variable: "KINDRED_ARXIV" });
  return new URL("/api/query", address);
}

/** Options of {@link fetchCategories}. */
export interface FetchCategoriesOptions
  extends Pick<ArxivClientOptions, "pause" | "signal" | "onWait"> {
  /** Day of the snapshot's name, such as `2026-11-21`; an unfinished snapshot keeps the name that it has. */
  day: string;
  /** Snapshots whose papers are asked for, as the manifest shall say it; an unfinished snapshot goes on with the same only. */
  snapshots: readonly string[] | "all";
  /** What was found in the identifiers, for the manifest. */
  issues?: readonly IssueCount[];
  /**
   * Papers of one request.
   * @default 100
   */
  batch?: number;
  /** Called at the beginning, after each answer and after each batch. */
  onProgress?: (progress: CategoriesProgress) => void;
}

/**
 * Fetches the categories of papers from arXiv's API into a raw snapshot, or goes on with one that was interrupted: one connection, a pause
 * after each answer.
 *
 * @param papers Canonical identifiers, see `papersToAsk`.
 * @returns the manifest of the raw snapshot
 * @throws {HttpError} when arXiv cannot be reached
 * @throws {RangeError} when there is nothing to ask for
 */
export async function fetchCategories(
  papers: readonly string[],
  {
    day,
    snapshots,
    issues: before = [],
    pause,
    batch = 100,
    onProgress,
    onWait,
    signal,
  }: FetchCategoriesOptions,
): Promise<RawManifest> {
  if (papers.length === 0) {
    throw new RangeError("Cannot fetch categories: found no papers, expected at least one");
  }
  const folder = RawFolder.open(nameFor(day), { upstream, request: { snapshots, batch } });
  try {
    const client = new ArxivClient(arxivAddress(), {
      pause,
      resumed: folder.resumed,
      onWait,
      signal,
    });
    const log = await PageLog.open<CategoryPage>(folder.path, { name: logName });
    try {
      await collectCategories(papers, { log, batch, client, onProgress });
    } finally {
      log.close();
    }
    const { counts, issues, from, to } = sumPages(log.pages);
    const all = new Issues();
    all.merge(before);
    all.merge(issues);
    return await folder.finish({
      kind: "papers",
      origin: client.address.href,
      revision: null,
      from,
      to,
      base: null,
      counts,
      issues: all.list(),
      roleOf: (name): RawRole | null =>
        name === indexName(logName) ? "index" : name.startsWith(`${logName}-`) ? "papers" : null,
    });
  } finally {
    folder.close();
  }
}

/** The unfinished snapshot, else the first name of the day that is free. */
function nameFor(day: string): string {
  const [unfinished] = unfinishedSnapshots(upstream);
  if (unfinished !== undefined) return unfinished;
  for (let number = 1;; number++) {
    const name = number === 1 ? `${upstream}-${day}` : `${upstream}-${day}-${number}`;
    if (!hasRawSnapshot(name)) return name;
  }
}
