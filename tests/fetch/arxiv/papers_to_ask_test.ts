import assert from "node:assert/strict";
import { papersToAsk } from "../../../lib/fetch/arxiv/papers_to_ask.ts";

Deno.test("papersToAsk() asks for each unknown paper once, and never for what is no identifier", () => {
  const filed = { primary: "cs.CY", categories: ["cs.CY"], table: 0 };
  const { ask, known, issues } = papersToAsk([
    "2305.12345v2",
    "2305.12345",
    "hep-th/9901001",
    "1910.09700",
    "1910.09700v1",
    "__proto__",
    "2305.12345,2305.12346",
    "2305.12345&start=5",
    "=cmd()",
    "=cmd()",
  ], { papers: new Map([["1910.09700", filed]]) });
  assert.deepEqual(ask, ["2305.12345", "hep-th/9901001"]);
  assert.equal(known, 1);
  assert.deepEqual(issues.map(({ kind, count }) => [kind, count]), [["noArxivId", 4]]);
});
