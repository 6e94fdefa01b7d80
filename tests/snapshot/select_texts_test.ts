import assert from "node:assert/strict";
import type { ModelText } from "../../lib/snapshot/model_texts.ts";
import { selectTexts } from "../../lib/snapshot/select_texts.ts";

Deno.test("selectTexts() keeps the selected rows under their new numbers, without empty batches", async () => {
  const text = (row: number): ModelText => ({ row, text: `text ${row}`, card: null });
  const batches = [[text(0), text(1)], [text(2)], [text(3), text(4)]];
  const kept: ModelText[][] = [];
  for await (const batch of selectTexts(batches, Int32Array.of(-1, 0, -1, 1, 2))) kept.push(batch);
  assert.deepEqual(kept, [
    [{ row: 0, text: "text 1", card: null }],
    [{ row: 1, text: "text 3", card: null }, { row: 2, text: "text 4", card: null }],
  ]);
});
