import { byCodeUnits } from "../../core/compare.ts";
import { type IssueCount, Issues } from "../../core/issues.ts";
import type { PaperLine } from "../../source/fetched_categories.ts";
import type { PageLog } from "../page_log.ts";
import type { ArxivClient } from "./arxiv_client.ts";
import { askPapers, type AskPapersOptions } from "./ask_papers.ts";

/** What the index keeps of a batch. */
export interface CategoryPage {
  /** Papers that are settled with it: found, or asked for twice and not there. */
  papers: string[];
  /** Papers of which arXiv said nothing the first time; they are asked for once more at the end. */
  absent: string[];
  /** How many of `papers` were found. */
  found: number;
  answers: number;
  /** Times of the answers by arXiv's clock. */
  from: string | null;
  to: string | null;
  issues: IssueCount[];
}

/** How far a run is. */
export interface CategoriesProgress {
  /** Papers settled, those of earlier runs included. */
  done: number;
  /** Papers in all. */
  total: number;
  /** Requests that are due, as far as is known. */
  due: number;
  /** Answers of this run. */
  answers: number;
}

/** Options of {@link collectCategories}. */
export interface CollectCategoriesOptions {
  client: ArxivClient;
  log: PageLog<CategoryPage>;
  /**
   * Papers of one request.
   * @default 100
   */
  batch?: number;
  /** Called at the beginning, after each answer and after each batch. */
  onProgress?: (progress: CategoriesProgress) => void;
}

/**
 * Asks arXiv for papers in batches and appends each batch to a log as JSON Lines, see {@link PaperLine}; goes on after the papers that the
 * log has. arXiv at times answers without an entry that it has: a paper that is not there is asked for once more before that is
 * remembered.
 *
 * @param papers Canonical identifiers.
 */
export async function collectCategories(
  papers: readonly string[],
  { client, log, batch = 100, onProgress = () => {} }: CollectCategoriesOptions,
): Promise<void> {
  const settled = new Set(log.pages.flatMap((page) => page.papers));
  const absent = new Set(log.pages.flatMap((page) => page.absent).filter((id) => !settled.has(id)));
  const first = papers.filter((paper) => !settled.has(paper) && !absent.has(paper));
  const total = settled.size + absent.size + first.length;
  let left = Math.ceil(first.length / batch);
  let answers = 0;
  function tell(due: number): void {
    const second = Math.ceil(absent.size / batch);
    onProgress({ done: settled.size, total, due: due + left + second, answers });
  }
  async function ask(some: readonly string[], { last }: { last: boolean }): Promise<void> {
    const page = await append(some, {
      log,
      client,
      last,
      onAnswer(due) {
        answers++;
        tell(due);
      },
    });
    for (const paper of page.papers) {
      settled.add(paper);
      absent.delete(paper);
    }
    page.absent.forEach((paper) => absent.add(paper));
    tell(0);
  }
  tell(0);
  for (const some of chunks(first, batch)) {
    left--;
    await ask(some, { last: false });
  }
  for (const some of chunks([...absent].sort(byCodeUnits), batch)) await ask(some, { last: true });
}

/** Asks for a batch and appends it; `last`: what is not there now is remembered so. */
async function append(
  papers: readonly string[],
  { log, last, ...asking }: AskPapersOptions & { log: PageLog<CategoryPage>; last: boolean },
): Promise<CategoryPage> {
  const { found, absent, refused, answers, from, to, issues } = await askPapers(papers, asking);
  const missing = new Set(last ? [...refused, ...absent] : refused);
  const lines: PaperLine[] = papers.flatMap((paper): PaperLine[] => {
    const filing = found.get(paper);
    if (filing !== undefined) return [{ paper, ...filing }];
    return missing.has(paper) ? [{ paper, missing: true }] : [];
  });
  const page: CategoryPage = {
    papers: lines.map(({ paper }) => paper),
    absent: last ? [] : absent,
    found: found.size,
    answers,
    from,
    to,
    issues,
  };
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  await log.append(new TextEncoder().encode(text), page);
  return page;
}

/** What the pages of a log come to. */
export function sumPages(
  pages: readonly CategoryPage[],
): {
  counts: Record<string, number>;
  issues: IssueCount[];
  from: string | null;
  to: string | null;
} {
  const issues = new Issues();
  let [papers, found, answers] = [0, 0, 0];
  for (const page of pages) {
    papers += page.papers.length;
    found += page.found;
    answers += page.answers;
    issues.merge(page.issues);
  }
  return {
    counts: { papers, found, missing: papers - found, pages: pages.length, answers },
    issues: issues.list(),
    from: pages.find(({ from }) => from !== null)?.from ?? null,
    to: pages.findLast(({ to }) => to !== null)?.to ?? null,
  };
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from(
    { length: Math.ceil(all.length / size) },
    (_, i) => all.slice(i * size, (i + 1) * size),
  );
}
