import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { edgesWhere } from "../../lib/measure/edges_where.ts";
import { families } from "../../lib/measure/families.ts";
import { familyInfluence } from "../../lib/measure/family_influence.ts";
import { familyInterval } from "../../lib/measure/family_interval.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";
import { randomRows } from "../oracle/random_rows.ts";

const child = (id: string, parent: string, relation = "finetune") => ({
  id,
  tags: [`base_model:${relation}:${parent}`],
});

//   a     b    c     edges, by parent and child: a-d a-e b-f c-g
//  / \    |    ∴     c-g is a merge, so that c is alone in the no-merge graph
// d   e   f    g
const rows = [
  ...["a", "b", "c"].map((id) => ({ id })),
  child("d", "a"),
  child("e", "a"),
  child("f", "b"),
  child("g", "c", "merge"),
];

Deno.test("familyInfluence() gives the ratio without each family, largest change first", async () => {
  const snapshot = await snapshotOfRows(rows);
  const { lineage } = buildLineage(snapshot);
  const columns = {
    numerator: Float64Array.of(1, 1, 0, 0),
    denominator: Float64Array.of(1, 1, 1, 1),
  };
  const options = { families: families(lineage.view("no-merge")), ids: snapshot.ids };
  assert.deepEqual(familyInfluence(lineage, columns, options), [
    { root: "a", models: 3, edges: 2, own: 1, without: 0, change: -0.5 },
    { root: "b", models: 2, edges: 1, own: 0, without: 2 / 3, change: 2 / 3 - 1 / 2 },
    { root: "c", models: 1, edges: 1, own: 0, without: 2 / 3, change: 2 / 3 - 1 / 2 },
  ]);
  assert.equal(familyInfluence(lineage, columns, { ...options, n: 1 }).length, 1);
});

Deno.test("familyInfluence() puts the family first without which nothing is left", async () => {
  const snapshot = await snapshotOfRows(rows);
  const { lineage } = buildLineage(snapshot);
  const columns = edgesWhere(
    { numerator: Float64Array.of(1, 0, 1, 1), denominator: Float64Array.of(1, 1, 1, 1) },
    (e) => e < 2,
  );
  const options = { families: families(lineage.view("no-merge")), ids: snapshot.ids };
  assert.deepEqual(familyInfluence(lineage, columns, options), [
    { root: "a", models: 3, edges: 2, own: 0.5, without: null, change: null },
  ]);
});

Deno.test("familyInfluence() equals the ratio of what edgesWhere() leaves when rows are random", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const snapshot = await snapshotOfRows(randomRows({ seed, models: 4 + seed }));
    const { lineage } = buildLineage(snapshot);
    const groups = families(lineage.view("no-merge"));
    const columns = {
      numerator: Float64Array.from({ length: lineage.edges }, (_, e) => (e * 7) % 5),
      denominator: Float64Array.from({ length: lineage.edges }, (_, e) => (e + 1) % 4),
    };
    const found = familyInfluence(lineage, columns, { families: groups, ids: snapshot.ids });
    for (const { root, without, own } of found) {
      const family = groups.of[snapshot.ids.toArray().indexOf(root)];
      const of = (inside: boolean) =>
        familyInterval(
          lineage,
          edgesWhere(columns, (e) => (groups.of[lineage.parent[e]] === family) === inside),
        ).estimate;
      assert.ok(without === null ? of(false) === null : Math.abs(without - of(false)!) < 1e-12);
      assert.ok(Math.abs(own - of(true)!) < 1e-12);
    }
  }
});

Deno.test("familyInfluence() refuses columns that are not as long as there are edges", async () => {
  const snapshot = await snapshotOfRows(rows);
  const { lineage } = buildLineage(snapshot);
  const columns = { numerator: new Float64Array(3), denominator: new Float64Array(3) };
  assert.throws(
    () =>
      familyInfluence(lineage, columns, {
        families: families(lineage.view("no-merge")),
        ids: snapshot.ids,
      }),
    { name: "RangeError", message: /found columns of 3 and 3 entries, expected 4/ },
  );
});
