import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { relations } from "../../lib/graph/lineage.ts";
import { families } from "../../lib/measure/families.ts";
import { type Persistence, persistence } from "../../lib/measure/persistence.ts";
import { generations, persistenceClusters } from "../../lib/measure/persistence_generations.ts";
import { traitColumn, traitNames } from "../../lib/snapshot/traits.ts";
import { type PlainEdge, snapshotOfRows } from "../oracle/random_lineage.ts";
import { randomRows } from "../oracle/random_rows.ts";
import { listsOf, slowLineages, slowOutcome } from "../oracle/slow_persistence.ts";

//          a  en fr                  e  (says nothing)
//        /   \                       |
//   b en      c de (adapter)         |
//        \   /  \                    |
//     d (says nothing)   f fr <------'
const drawn = [
  { id: "a", tags: ["en", "fr", "en"] },
  { id: "b", tags: ["base_model:finetune:a", "en"] },
  { id: "c", tags: ["base_model:adapter:a", "de"] },
  { id: "d", tags: ["base_model:finetune:b", "base_model:finetune:c"] },
  { id: "e", tags: [] },
  { id: "f", tags: ["base_model:finetune:c", "base_model:finetune:e", "fr"] },
];

async function follow(
  rows: Parameters<typeof snapshotOfRows>[0],
  tracked?: string[],
): Promise<Persistence> {
  const snapshot = await snapshotOfRows(rows);
  return persistence(
    buildLineage(snapshot).lineage.view("no-merge"),
    traitColumn(snapshot, "language"),
    { tracked },
  );
}

Deno.test("persistence() counts each root and node once when a node has several parents", async () => {
  const found = await follow(drawn);
  assert.deepEqual(generations(found), [
    { generation: 1, lineages: 2, kept: 1, changed: 1, lost: 0, retained: 0.25 },
    { generation: 2, lineages: 2, kept: 1, changed: 0, lost: 1, retained: 0.25 },
  ]);
  assert.deepEqual([found.lineages, found.undeclared, found.rootless], [4, 1, 0]);
});

Deno.test("persistence() follows the values asked for when only some are tracked", async () => {
  const found = await follow(drawn, ["fr", "__proto__"]);
  const [one, two] = generations(found);
  assert.deepEqual([one.kept, one.changed, one.lost], [0, 2, 0]);
  assert.deepEqual([two.kept, two.changed, two.lost, two.retained], [1, 0, 1, 0.5]);
  assert.deepEqual(generations(await follow(drawn, [])), []);
});

Deno.test("persistence() leaves out what descends from a cycle only when there is one", async () => {
  // a <-> b -> c
  const found = await follow([
    { id: "a", tags: ["en", "base_model:finetune:b"] },
    { id: "b", tags: ["en", "base_model:finetune:a"] },
    { id: "c", tags: ["en", "base_model:finetune:b"] },
  ]);
  assert.deepEqual([found.lineages, found.undeclared, found.rootless], [0, 0, 3]);
  assert.deepEqual(generations(found), []);
});

Deno.test("persistence() equals the slow definition when rows are random", async () => {
  let counted = 0;
  let deep = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const snapshot = await snapshotOfRows(randomRows({ seed, models: 2 + seed % 9 }));
    const { lineage } = buildLineage(snapshot);
    for (const graph of ["all", "no-merge"] as const) {
      const view = lineage.view(graph);
      const edges: PlainEdge[] = [];
      for (let e = 0; e < lineage.edges; e++) {
        if (view.has(e)) edges.push([lineage.parent[e], lineage.child[e], lineage.relation[e]]);
      }
      const { of } = families(view);
      const lineages = slowLineages(lineage.nodes, edges);
      for (const trait of traitNames) {
        const column = traitColumn(snapshot, trait);
        const lists = listsOf(column);
        const found = persistence(view, column);
        const expected = lineages.filter(({ root }) => lists[root].length > 0)
          .map((one) => ({
            ...one,
            family: of[one.root],
            ...slowOutcome(lists[one.root], lists[one.node]),
          }));
        assert.equal(found.lineages, expected.length);
        assert.equal(found.undeclared, lineages.length - expected.length);
        for (const relation of [undefined, ...relations]) {
          const own = expected.filter((one) =>
            relation === undefined || relations[one.relation] === relation
          );
          const rows = generations(found, { relation });
          assert.deepEqual(
            rows.map(({ generation }) => generation),
            [...new Set(own.map(({ generation }) => generation))].sort((a, b) => a - b),
          );
          for (const row of rows) {
            const at = own.filter(({ generation }) => generation === row.generation);
            for (const outcome of ["kept", "changed", "lost"] as const) {
              const hits = at.filter((one) => one.outcome === outcome);
              assert.equal(row[outcome], hits.length);
              const clusters = persistenceClusters(found, {
                generation: row.generation,
                relation,
                outcome,
              });
              const groups = [...new Set(at.map(({ family }) => family))].sort((a, b) => a - b);
              assert.deepEqual(
                [...clusters.numerator],
                groups.map((group) => hits.filter(({ family }) => family === group).length),
              );
              assert.deepEqual(
                [...clusters.denominator],
                groups.map((group) => at.filter(({ family }) => family === group).length),
              );
            }
            const mean = at.reduce((sum, { retained }) => sum + retained, 0) / at.length;
            assert.ok(Math.abs(row.retained - mean) < 1e-12);
            if (row.generation > 1) deep++;
          }
          counted += own.length;
        }
      }
    }
  }
  assert.ok(counted > 1000 && deep > 100, `${counted} lineages, ${deep} deep generations`);
});

Deno.test("persistence() keeps all generations when a family is deeper than the first scratch", async () => {
  // 0 -> 1 -> ... -> 99
  const rows = Array.from({ length: 100 }, (_, i) => ({
    id: `m${i}`,
    tags: i === 0 ? ["en"] : [`base_model:finetune:m${i - 1}`, i < 50 ? "en" : "de"],
  }));
  const found = generations(await follow(rows));
  assert.deepEqual(
    found.map(({ generation, kept, changed }) => [generation, kept, changed]),
    Array.from({ length: 99 }, (_, i) => [i + 1, Number(i < 49), Number(i >= 49)]),
  );
});

Deno.test("persistence() and generations() refuse what does not fit", async () => {
  const snapshot = await snapshotOfRows(drawn);
  const view = buildLineage(snapshot).lineage.view("all");
  const column = traitColumn(snapshot, "language");
  assert.throws(
    () => persistence(view, { ...column, offsets: column.offsets.subarray(1) }),
    { name: "RangeError", message: /found a column of 5 models and families of 6, expected 6/ },
  );
  const hostile = "__proto__" as "finetune";
  assert.throws(() => generations(persistence(view, column), { relation: hostile }), {
    name: "RangeError",
    message: /the relation "__proto__": expected one of "untyped"/,
  });
});
