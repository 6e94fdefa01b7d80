import assert from "node:assert/strict";
import { buildLineage } from "../../../lib/graph/build_lineage.ts";
import { mostDownloadedChild } from "../../../lib/measure/compare/family_pair.ts";
import { snapshotOfRows } from "../../oracle/random_lineage.ts";

//   a -finetune-> b, c, d    a -quantized-> e    f -adapter-> g, h    f -merge-> i
const rows = [
  { id: "a" },
  { id: "b", downloads: 5, tags: ["base_model:finetune:a"] },
  { id: "c", downloads: 7, tags: ["base_model:finetune:a"] },
  { id: "d", downloads: 7, tags: ["base_model:finetune:a"] },
  { id: "e", downloads: 99, tags: ["base_model:quantized:a"] },
  { id: "f" },
  { id: "g", tags: ["base_model:adapter:f"] },
  { id: "h", downloads: 1, tags: ["base_model:adapter:f"] },
  { id: "i", downloads: 9, tags: ["base_model:merge:f"] },
];

Deno.test("mostDownloadedChild() takes the first of the fine-tunes that are downloaded most", async () => {
  const snapshot = await snapshotOfRows(rows);
  const view = buildLineage(snapshot).lineage.view("no-merge");
  assert.deepEqual(mostDownloadedChild(view, 0, { snapshot }), {
    parent: 0,
    child: 2,
    relation: "finetune",
  });
});

Deno.test("mostDownloadedChild() takes another child of the view when there is no fine-tune, else null", async () => {
  const snapshot = await snapshotOfRows(rows);
  const { lineage } = buildLineage(snapshot);
  const view = lineage.view("no-merge");
  assert.deepEqual(mostDownloadedChild(view, 5, { snapshot }), {
    parent: 5,
    child: 7,
    relation: "adapter",
  });
  assert.equal(mostDownloadedChild(lineage.view("all"), 5, { snapshot })?.child, 8);
  assert.equal(mostDownloadedChild(view, 1, { snapshot }), null);
});
