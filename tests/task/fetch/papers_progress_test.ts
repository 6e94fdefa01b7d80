import assert from "node:assert/strict";
import { papersText } from "../../../lib/task/fetch/papers_progress.ts";

Deno.test("papersText() says what is done and how long the batches left will take", () => {
  const text = (done: number, due: number, each = 3) =>
    papersText({ done, total: 31_000, due }, { each });
  assert.equal(text(0, 310), "0 of 31,000 papers, 16 min left");
  assert.equal(text(30_000, 10), "30,000 of 31,000 papers, 30 s left");
  assert.equal(text(1_000, 3_000, 3.2), "1,000 of 31,000 papers, 2 h 40 min left");
  assert.equal(text(31_000, 0), "31,000 of 31,000 papers");
});
