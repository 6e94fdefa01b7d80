import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { pairToShow } from "../../lib/figure/pair_to_show.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";

//   a -finetune-> b    c -adapter-> d
const rows = [
  { id: "a", tags: ["license:mit"] },
  { id: "b", tags: ["base_model:finetune:a"] },
  { id: "c" },
  { id: "d", tags: ["base_model:adapter:c"] },
];

Deno.test("pairToShow() compares a root with its child and says how that was chosen", async () => {
  const snapshot = await snapshotOfRows(rows);
  const view = buildLineage(snapshot).lineage.view("no-merge");
  const pair = pairToShow(snapshot, view, { root: 0 })!;
  assert.deepEqual([pair.parent, pair.child, pair.relation], ["a", "b", "finetune"]);
  assert.match(pair.choice!, /of its fine-tunes, the one downloaded most/);
  assert.deepEqual(pair.differences.map(({ value, change }) => `${value} ${change}`), [
    "mit lost",
    "finetune:a gained",
  ]);
  assert.match(pairToShow(snapshot, view, { root: 2 })!.choice!, /of its children/);
});

Deno.test("pairToShow() gives null when there is no family or no child", async () => {
  const snapshot = await snapshotOfRows(rows);
  const view = buildLineage(snapshot).lineage.view("no-merge");
  assert.equal(pairToShow(snapshot, view, { root: undefined }), null);
  assert.equal(pairToShow(snapshot, view, { root: 1 }), null);
});
