import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { families } from "../../lib/measure/families.ts";
import { endsOf, familyInterval, familySums } from "../../lib/measure/family_interval.ts";
import { ratioBootstrap } from "../../lib/core/cluster_bootstrap.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";
import { slowFamilySums } from "../oracle/slow_family_sums.ts";
import { randomRows } from "../oracle/random_rows.ts";

const child = (id: string, ...parents: string[]) => ({
  id,
  tags: parents.map((parent) => `base_model:merge:${parent}`),
});

//   a   b   c   z      edges, by parent and child: a-d a-e b-e b-f c-g
//  / \ / \  |          a merge (e, all edges here are merges) joins nothing in the no-merge graph
// d   e   f g
Deno.test("familySums() gives a merge to the family of each parent", async () => {
  const rows = [
    ...["a", "b", "c", "z"].map((id) => child(id)),
    child("d", "a"),
    child("e", "a", "b"),
    child("f", "b"),
    child("g", "c"),
  ];
  const { lineage } = buildLineage(await snapshotOfRows(rows));
  const groups = families(lineage.view("no-merge"));
  const columns = {
    numerator: Float64Array.of(1, 2, 4, 8, 16),
    denominator: Float64Array.of(1, 1, 1, 1, 0),
  };
  assert.deepEqual(familySums(lineage, groups, columns), {
    numerator: Float64Array.of(3, 12),
    denominator: Float64Array.of(2, 2),
  });
  assert.equal(familyInterval(lineage, columns).estimate, 15 / 4);
});

Deno.test("familySums() equals the slow definition when rows are random", async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const rows = randomRows({ seed, models: 2 + seed });
    const { lineage } = buildLineage(await snapshotOfRows(rows));
    const columns = {
      numerator: Float64Array.from({ length: lineage.edges }, (_, e) => (e * 7) % 5),
      denominator: Float64Array.from({ length: lineage.edges }, (_, e) => (e + 1) % 4),
    };
    const found = familySums(lineage, families(lineage.view("no-merge")), columns);
    const expected = slowFamilySums(lineage, columns);
    assert.deepEqual([...found.numerator].map((n, i) => [n, found.denominator[i]]), expected);
    const options = { seed, range: [0, 3] } as const;
    assert.deepEqual(
      familyInterval(lineage, columns, options),
      ratioBootstrap(found, options),
    );
  }
});

Deno.test("familySums() refuses columns that are not as long as there are edges", async () => {
  const { lineage } = buildLineage(await snapshotOfRows([child("a"), child("b", "a")]));
  const groups = families(lineage.view("no-merge"));
  const column = (length: number) => new Float64Array(length);
  assert.throws(
    () => familySums(lineage, groups, { numerator: column(2), denominator: column(1) }),
    { name: "RangeError", message: /columns of 2 and 1 entries, expected 1/ },
  );
});

Deno.test("endsOf() is null when there is no interval", () => {
  const rest = { estimate: 1, replicates: 0, standardError: null };
  assert.equal(endsOf({ ...rest, low: null, high: null }), null);
  assert.deepEqual(endsOf({ ...rest, low: 0, high: 2 }), [0, 2]);
});
