import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { linkedCategories } from "../../lib/measure/linked_categories.ts";
import { categoryColumn } from "../../lib/snapshot/category_column.ts";
import { noPaperCategories, type PaperCategories } from "../../lib/source/paper_categories.ts";
import type { Row } from "../oracle/model_rows.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";

/** A table by hand: arXiv does not have 2301.00009. */
const table: PaperCategories = {
  papers: new Map([
    ["1910.09700", { primary: "cs.CY", categories: ["cs.CY", "cs.LG"], table: 1 }],
    ["2301.00001", { primary: "cs.LG", categories: ["cs.LG"], table: 2 }],
    ["2301.00002", { primary: "cs.CL", categories: ["cs.CL", "cs.AI", "cs.LG"], table: 1 }],
    ["hep-th/9901001", { primary: "hep-th", categories: ["hep-th"], table: 1 }],
    ["2301.00009", { primary: null, categories: [], table: 1 }],
  ]),
  tables: ["unused", "first", "second"].map((name) => ({ name, sha256: "0".repeat(64) })),
};

const written = [
  "1910.09700",
  "1910.09700v2",
  "2301.00001",
  "2301.00002",
  "2301.00002v1",
  "hep-th/9901001",
  "HEP-TH/9901001",
  "2301.00009",
  "2301.00003",
  "2301.00003v4",
  "constructor",
  "__proto__",
  "<script>",
  "",
];

/** What a tag says, with strings and loops only: the paper, and its categories where they are known. */
function slowLink(tag: string): { paper: string; categories: readonly string[] | undefined } {
  const text = tag.slice("arxiv:".length).replace(/v\d+$/, "");
  const paper = text.includes("/9901001") ? text.toLowerCase() : text;
  for (const [id, filed] of table.papers) {
    if (id === paper) return { paper, categories: filed.categories };
  }
  return { paper, categories: undefined };
}

function slowCounts(rows: readonly Row[]) {
  const tags = rows.flatMap(({ tags = [] }) => tags)
    .filter((tag) => tag.startsWith("arxiv:") && tag !== "arxiv:");
  const links = tags.map(slowLink);
  const known = links.filter(({ categories = [] }) => categories.length > 0);
  const all = known.flatMap(({ categories }) => categories!);
  const unread = ["constructor", "__proto__", "<script>", "2301.00009"];
  return {
    reporting: known.length,
    rows: [...new Set(all)]
      .map((value) => ({ value, count: all.filter((other) => other === value).length }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
    links: links.length,
    notFound: links.filter(({ paper }) => unread.includes(paper)).length,
    template: links.filter(({ paper }) => paper === "1910.09700").length,
    papers: new Set(links.map(({ paper }) => paper)).size,
    known: new Set(known.map(({ paper }) => paper)).size,
    tables: table.tables.filter(({ name }) =>
      links.some(({ paper }) =>
        table.papers.has(paper) && name === (paper === "2301.00001" ? "second" : "first")
      )
    ),
  };
}

function randomLinks(seed: number): Row[] {
  const rng = random({ seed });
  return Array.from({ length: 1 + rng.below(12) }, (_, i) => ({
    id: `model/${i}`,
    tags: [
      "en",
      ...Array.from({ length: rng.below(4) }, () => `arxiv:${written[rng.below(written.length)]}`),
    ],
  }));
}

Deno.test("linkedCategories() equals counting every link of random rows", async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const rows = randomLinks(seed);
    const snapshot = await snapshotOfRows(rows);
    assert.deepEqual(linkedCategories(snapshot, table), slowCounts(rows), `seed ${seed}`);
  }
});

Deno.test("categoryColumn() lists the categories of each model in the order of its links", async () => {
  const snapshot = await snapshotOfRows([
    { id: "a", tags: ["arxiv:2301.00002", "arxiv:1910.09700v1"] },
    { id: "b", tags: ["arxiv:2301.00003"] },
    { id: "c", tags: ["arxiv:2301.00001", "arxiv:2301.00001"] },
  ]);
  const { offsets, codes, values } = categoryColumn(snapshot, table);
  const of = (row: number) =>
    Array.from(codes.subarray(offsets[row], offsets[row + 1]), (code) => values.at(code));
  assert.deepEqual([0, 1, 2].map(of), [
    ["cs.CL", "cs.AI", "cs.LG", "cs.CY", "cs.LG"],
    [],
    ["cs.LG", "cs.LG"],
  ]);
});

Deno.test("linkedCategories() counts every link as unknown when there is no table", async () => {
  const snapshot = await snapshotOfRows([{ id: "a", tags: ["arxiv:1910.09700", "arxiv:x"] }]);
  assert.deepEqual(linkedCategories(snapshot, noPaperCategories), {
    reporting: 0,
    rows: [],
    links: 2,
    notFound: 1,
    template: 1,
    papers: 2,
    known: 0,
    tables: [],
  });
});
