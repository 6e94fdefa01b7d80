import { byCodeUnits } from "../../core/compare.ts";
import { type IssueCount, Issues } from "../../core/issues.ts";
import { arxivId } from "../../source/arxiv.ts";
import type { PaperCategories } from "../../source/paper_categories.ts";

/** Papers that models link, and what arXiv shall be asked for. */
export interface PapersToAsk {
  /** Canonical identifiers that no table has, in code-unit order. */
  ask: string[];
  /** Papers that a table has. */
  known: number;
  /** What cannot be an identifier of arXiv, and is never sent. */
  issues: IssueCount[];
}

/**
 * The papers among the identifiers that models write in their `arxiv:` tags, each once whatever its version, without those that are
 * known.
 */
export function papersToAsk(
  written: Iterable<string>,
  { papers }: Pick<PaperCategories, "papers">,
): PapersToAsk {
  const issues = new Issues();
  const ask = new Set<string>();
  const known = new Set<string>();
  for (const text of new Set(written)) {
    const id = arxivId(text);
    if (id === null) {
      issues.add("noArxivId", "a tag that is no identifier of arXiv; not asked for", text);
    } else (papers.has(id) ? known : ask).add(id);
  }
  return { ask: [...ask].sort(byCodeUnits), known: known.size, issues: issues.list() };
}
