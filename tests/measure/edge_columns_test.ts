import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { edgeColumns } from "../../lib/measure/edge_columns.ts";
import { mutationByEdge } from "../../lib/measure/mutation.ts";
import { traitColumn } from "../../lib/snapshot/traits.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";
import { randomRows } from "../oracle/random_rows.ts";

//   a        edges, by parent and child: a-b fine-tune, a-c adapter, b-d fine-tune
//  / \
// b   c
// |
// d
const rows = [
  { id: "a", likes: 5 },
  { id: "b", likes: 2, tags: ["base_model:finetune:a"] },
  { id: "c", likes: 9, tags: ["base_model:adapter:a"] },
  { id: "d", tags: ["base_model:finetune:b"] },
];

Deno.test("edgeColumns() leaves out edges of other relations and those that are NaN", async () => {
  const snapshot = await snapshotOfRows(rows);
  const { lineage } = buildLineage(snapshot);
  const { likes } = snapshot;
  const asked: number[][] = [];
  const columns = edgeColumns(lineage.view("finetune"), (parent, child, edge) => {
    asked.push([parent, child, edge]);
    return likes[child] - likes[parent];
  });
  assert.deepEqual(asked, [[0, 1, 0], [1, 3, 2]]);
  assert.deepEqual(columns, {
    numerator: Float64Array.of(-3, 0, 0),
    denominator: Float64Array.of(1, 0, 0),
  });
});

Deno.test("edgeColumns() gives the terms of the mutation rate of a single-valued trait", async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const snapshot = await snapshotOfRows(randomRows({ seed, models: 30 }));
    const view = buildLineage(snapshot).lineage.view("all");
    const { task } = snapshot;
    assert.deepEqual(
      edgeColumns(
        view,
        (parent, child) =>
          task[parent] < 0 || task[child] < 0 ? NaN : Number(task[parent] !== task[child]),
      ),
      mutationByEdge(view, traitColumn(snapshot, "task")),
    );
  }
});

Deno.test("edgeColumns() refuses an infinite value", async () => {
  const view = buildLineage(await snapshotOfRows(rows)).lineage.view("all");
  assert.throws(() => edgeColumns(view, () => -Infinity), {
    name: "RangeError",
    message: /edge 0 gives -Infinity, expected a finite number/,
  });
});
