import type { LinkedCategories } from "../measure/linked_categories.ts";
import { templatePaper } from "../source/arxiv.ts";
import type { Cell } from "./figure.ts";
import { count, percent } from "./format.ts";

/** Links to papers, and how far their categories are known, for the caption. */
export function aboutLinks({ links, reporting, template }: LinkedCategories): string {
  if (links === 0) return "No model links a paper.";
  const known = reporting === links
    ? `All ${count(links)} links to papers have known categories`
    : `Of ${count(links)} links to papers ${count(reporting)} have known categories (${
      percent(reporting / links)
    })`;
  return `${known}; ${
    count(template)
  } links are to the one paper that the Hub's card template names (arXiv ${templatePaper}, cs.CY and cs.LG).`;
}

/** Where the categories come from, for the note. */
export function aboutTables({ reporting, tables }: LinkedCategories): string {
  if (reporting === 0) return "";
  const names = tables.map(({ name, sha256 }) => `${name} (sha256 ${sha256.slice(0, 8)})`);
  return `Categories: ${names.join(", ")}.`;
}

/** The counts behind the caption. */
export function linkValues(
  { links, reporting, notFound, template, papers, known }: LinkedCategories,
): Record<string, Cell> {
  return {
    "categories: links": links,
    ...(links > 0 ? { "categories: share known": reporting / links } : {}),
    "categories: links not found": notFound,
    "categories: paper of the card template": templatePaper,
    "categories: links to it": template,
    "categories: papers": papers,
    "categories: papers known": known,
  };
}
