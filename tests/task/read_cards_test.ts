import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { modelTexts } from "../../lib/snapshot/model_texts.ts";
import { readModelBlocks } from "../../lib/snapshot/read_models.ts";
import { selectModels } from "../../lib/snapshot/select_models.ts";
import { readCards } from "../../lib/task/read_cards.ts";

//   a -> b, a -> c (not selected)
const rows = [
  { id: "c", tags: ["base_model:finetune:a"], modelCard: "Not selected." },
  { id: "a", modelCard: "A large model." },
  { id: "b", tags: ["base_model:finetune:a"], modelCard: "A small model." },
];
const block = (cards: boolean) => [
  new TextEncoder().encode(
    rows.map((row) => JSON.stringify(cards ? row : { ...row, modelCard: undefined })).join("\n"),
  ),
];

Deno.test("readCards() reads the cards of a snapshot and of a selection of its rows", async () => {
  const blocks = block(true);
  const snapshot = await readModelBlocks(blocks, { name: "three" });
  const texts = () => modelTexts(blocks, { snapshot });
  const whole = await readCards(snapshot, buildLineage(snapshot).lineage, { texts: texts() });
  assert.deepEqual([whole?.read, whole?.edges.read], [3, 2]);
  const { snapshot: two, rowOf } = selectModels(snapshot, Uint8Array.of(0, 1, 1));
  const part = await readCards(two, buildLineage(two).lineage, { texts: texts(), rowOf });
  assert.deepEqual([part?.read, part?.edges.read, part?.terms.children], [2, 1, 1]);
});

Deno.test("readCards() gives null when no row has a card", async () => {
  const blocks = block(false);
  const snapshot = await readModelBlocks(blocks, { name: "three" });
  const texts = modelTexts(blocks, { snapshot });
  assert.equal(await readCards(snapshot, buildLineage(snapshot).lineage, { texts }), null);
});
