import { type Count, top } from "../core/top.ts";
import { categoryColumn } from "../snapshot/category_column.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { prefixColumn } from "../snapshot/traits.ts";
import { arxivId, templatePaper } from "../source/arxiv.ts";
import type { PaperCategories } from "../source/paper_categories.ts";
import { valueCounts } from "./transitions.ts";

/** The arXiv categories of the papers that models link. */
export interface LinkedCategories {
  /** Links to papers whose categories are known; what shares refer to. */
  reporting: number;
  /** Links in each category, most frequent first, ties by code-unit order; a link counts in all categories of its paper. */
  rows: Count[];
  /** Links from a model to a paper: `arxiv:` tags. */
  links: number;
  /** Of those, links to what arXiv was asked for and does not have, or could not have. */
  notFound: number;
  /** Links to the paper that the Hub's card template names, arXiv 1910.09700. */
  template: number;
  /** Different papers linked; versions are one paper. */
  papers: number;
  /** Of those, papers whose categories are known. */
  known: number;
  /** The tables that say something of these papers. */
  tables: PaperCategories["tables"];
}

/**
 * Counts links from models to papers by the arXiv categories of the paper, each under all its categories, as Laufer, Oderinwale and
 * Kleinberg (2025) do in their summary figure. Links to papers that the table does not have are counted beside.
 *
 * @param categories See `readPaperCategories`.
 * @param options.n Categories at most.
 *
 * @example
 * ```ts
 * import { linkedCategories, readModelBlocks, readPaperCategories } from "kindred";
 * const rows = '{"id":"a","tags":["arxiv:1910.09700"]}\n{"id":"b","tags":["arxiv:1707.06347v2"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * linkedCategories(snapshot, await readPaperCategories()).rows;
 * // [{ value: "cs.LG", count: 2 }, { value: "cs.CY", count: 1 }]
 * ```
 */
export function linkedCategories(
  snapshot: ModelSnapshot,
  categories: PaperCategories,
  { n = 10 }: { /** @default 10 */ n?: number } = {},
): LinkedCategories {
  const column = categoryColumn(snapshot, categories);
  const papers = prefixColumn(snapshot, "arxiv:");
  const counts = valueCounts(papers);
  const known = new Set<string>();
  const others = new Set<string>();
  const tables = new Set<number>();
  let [reporting, links, notFound, template] = [0, 0, 0, 0];
  for (let value = 0; value < papers.values.length; value++) {
    const written = papers.values.at(value);
    const id = arxivId(written);
    const filed = categories.papers.get(id ?? "");
    links += counts[value];
    if (filed !== undefined) tables.add(filed.table);
    if (id === templatePaper) template += counts[value];
    if (filed !== undefined && filed.primary !== null) {
      reporting += counts[value];
      known.add(id!);
    } else {
      if (id === null || filed !== undefined) notFound += counts[value];
      others.add(id ?? written);
    }
  }
  return {
    reporting,
    rows: top(column.values, valueCounts(column), { n }),
    links,
    notFound,
    template,
    papers: known.size + others.size,
    known: known.size,
    tables: categories.tables.filter((_, place) => tables.has(place)),
  };
}
