import assert from "node:assert/strict";
import { printCategories } from "../../lib/task/print_categories.ts";

const found = {
  reporting: 3_000,
  rows: [{ value: "cs.LG", count: 2_500 }, { value: "cs.CY", count: 1_000 }],
  links: 4_000,
  notFound: 100,
  template: 900,
  papers: 70,
  known: 50,
  tables: [],
};

Deno.test("printCategories() shows counts, what is known, and how to fetch the rest", () => {
  assert.equal(
    printCategories(found),
    `
arXiv categories of linked papers (share of the links whose categories are known)
  cs.LG                                  2,500      83.3%
  cs.CY                                  1,000      33.3%
  links to papers                        4,000  70 papers
    categories known                     3,000  50 papers
    not at arXiv                           100
    to 1910.09700, of the card template    900
  The others are not known here: deno task fetch arxiv-categories`,
  );
});

Deno.test("printCategories() names no command when every link is known or cannot be", () => {
  assert.doesNotMatch(printCategories({ ...found, reporting: 3_900 }), /fetch/);
});
