import assert from "node:assert/strict";
import { modelRow } from "../../lib/graph/find_model.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";

Deno.test("modelRow() finds a model by its id", async () => {
  const snapshot = await snapshotOfRows([{ id: "lab/base" }, { id: "__proto__" }, { id: "a b" }]);
  assert.deepEqual(["lab/base", "__proto__", "a b"].map((id) => modelRow(snapshot, id)), [0, 1, 2]);
});

Deno.test("modelRow() suggests the ids most like a wanted one that is not there", async () => {
  const ids = Array.from({ length: 25_000 }, (_, i) => `maker${i % 7}/model-${i}`);
  const snapshot = await snapshotOfRows(
    [...ids.slice(0, 12_000), "meta-llama/Llama-2-7b", ...ids.slice(12_000), "lab/Llama-2-7b-chat"]
      .map((id) => ({ id })),
  );
  assert.throws(
    () => modelRow(snapshot, "meta-lama/llama-2-7B"),
    (error: Error) =>
      error instanceof RangeError &&
      /^Cannot find the model "meta-lama\/llama-2-7B" in snapshot ".*": did you mean "meta-llama\/Llama-2-7b", "lab\/Llama-2-7b-chat"\?$/
        .test(error.message),
  );
});

Deno.test("modelRow() quotes hostile ids and suggests nothing when no id is like them", async () => {
  const snapshot = await snapshotOfRows([{ id: "lab/base" }]);
  for (const id of ["", "__proto__", '"quoted"', "=cmd()", "<script>"]) {
    assert.throws(
      () => modelRow(snapshot, id),
      new RangeError(`Cannot find the model ${JSON.stringify(id)} in snapshot "${snapshot.name}"`),
    );
  }
});
