import { numberText, percent, table } from "../display/text_table.ts";
import type { LinkedCategories } from "../measure/linked_categories.ts";
import { templatePaper } from "../source/arxiv.ts";

/** arXiv categories of the linked papers, and how far they are known. */
export function printCategories(
  { reporting, rows, links, notFound, template, papers, known }: LinkedCategories,
): string {
  const lines = [
    "",
    "arXiv categories of linked papers (share of the links whose categories are known)",
    table([
      ...rows.map(({ value, count }) => [value, numberText(count), percent(count, reporting)]),
      ["links to papers", numberText(links), `${numberText(papers)} papers`],
      ["  categories known", numberText(reporting), `${numberText(known)} papers`],
      ["  not at arXiv", numberText(notFound), ""],
      [`  to ${templatePaper}, of the card template`, numberText(template), ""],
    ], { numbers: [false, true, true] }),
  ];
  if (reporting + notFound < links) {
    lines.push("  The others are not known here: deno task fetch arxiv-categories");
  }
  return lines.join("\n");
}
