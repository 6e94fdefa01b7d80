import assert from "node:assert/strict";
import { parsePaperCategories, readPaperCategories } from "../../lib/source/paper_categories.ts";

const header = "paper,primary,categories";

Deno.test("readPaperCategories() gives the embedded table, and says that it did", async () => {
  const { papers, tables } = await readPaperCategories({ raw: null });
  assert.equal(papers.size, 11);
  assert.deepEqual(papers.get("2402.03300"), {
    primary: "cs.CL",
    categories: ["cs.CL", "cs.AI", "cs.LG"],
    table: 0,
  });
  assert.deepEqual(tables.map(({ name }) => name), ["arxiv_categories.csv"]);
  assert.match(tables[0].sha256, /^[0-9a-f]{64}$/);
});

Deno.test("parsePaperCategories() refuses what is no table of categories, with the line", async () => {
  const refused = {
    "": /line 1 has nothing/,
    "id,primary,categories\n2305.12345,cs.LG,cs.LG\n": /line 1 .*header/,
    [`${header}\n2305.12345,cs.LG\n`]: /line 2 has 2 cells/,
    [`${header}\n2305.12345v1,cs.LG,cs.LG\n`]: /line 2 .*2305\.12345v1/,
    [`${header}\n__proto__,cs.LG,cs.LG\n`]: /line 2 .*__proto__/,
    [`${header}\n2305.12345,cs.LG,cs.LG\n2305.12345,cs.LG,cs.LG\n`]: /line 3 .*second time/,
    [`${header}\n2305.12345,cs.LG,cs.LG I.2.7\n`]: /line 2 .*"I\.2\.7"/,
    [`${header}\n2305.12345,cs.LG,cs.LG  cs.CL\n`]: /line 2 .*""/,
    [`${header}\n2305.12345,cs.LG,cs.LG cs.LG\n`]: /line 2 .*twice/,
    [`${header}\n2305.12345,cs.LG,cs.CL cs.LG\n`]: /line 2 .*primary category cs\.LG, but cs\.CL/,
  };
  for (const [text, message] of Object.entries(refused)) {
    await assert.rejects(parsePaperCategories(text), (error: Error) => {
      assert.ok(error instanceof SyntaxError);
      assert.match(error.message, message);
      return true;
    });
  }
});
