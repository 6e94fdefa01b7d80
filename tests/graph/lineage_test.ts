import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { Lineage, relations } from "../../lib/graph/lineage.ts";
import { random } from "../../lib/core/random.ts";
import { readModelBlocks } from "../../lib/snapshot/read_models.ts";

function lineageOf(nodes: number, edges: [number, number, number][]): Lineage {
  return new Lineage(nodes, {
    parent: Uint32Array.from(edges, ([parent]) => parent),
    child: Uint32Array.from(edges, ([, child]) => child),
    relation: Uint8Array.from(edges, ([, , relation]) => relation),
    time: Float64Array.from(edges, ([parent, child]) => 100 * parent + child),
  });
}

Deno.test("Lineage sorts edges by parent and child and keeps their relation and time when they come in any order", () => {
  const rng = random({ seed: 2 });
  for (let round = 0; round < 50; round++) {
    const nodes = 2 + rng.below(20);
    const edges = new Map<string, [number, number, number]>();
    for (let i = rng.below(60); i > 0; i--) {
      const [u, v] = [rng.below(nodes), rng.below(nodes)];
      if (u !== v) edges.set(`${u} ${v}`, [u, v, rng.below(relations.length)]);
    }
    const lineage = lineageOf(nodes, [...edges.values()]);
    const sorted = [...edges.values()].sort(([a, b], [c, d]) => a - c || b - d);
    assert.deepEqual([...lineage.parent], sorted.map(([u]) => u));
    assert.deepEqual([...lineage.child], sorted.map(([, v]) => v));
    assert.deepEqual([...lineage.relation], sorted.map(([, , r]) => r));
    assert.deepEqual([...lineage.time], sorted.map(([u, v]) => 100 * u + v));
    for (let v = 0; v < nodes; v++) {
      const { offsets, targets, edges: numbers } = lineage.parents;
      for (let i = offsets[v]; i < offsets[v + 1]; i++) {
        assert.equal(lineage.child[numbers[i]], v);
        assert.equal(lineage.parent[numbers[i]], targets[i]);
      }
      assert.equal(offsets[v + 1] - offsets[v], sorted.filter(([, child]) => child === v).length);
    }
    const finetune = lineage.view("finetune");
    assert.equal(finetune.edges, sorted.filter(([, , r]) => relations[r] === "finetune").length);
    assert.equal(
      lineage.view("no-merge, no-quantized").edges,
      sorted.filter(([, , r]) => !["merge", "quantized"].includes(relations[r])).length,
    );
    assert.equal(lineage.view("all").edges, sorted.length);
  }
});

Deno.test("Lineage refuses self-loops, repeated edges, nodes that are not there and graphs that it does not know", () => {
  assert.throws(() => lineageOf(2, [[1, 1, 0]]), /RangeError: .*node 1 is its own parent/);
  assert.throws(() => lineageOf(2, [[0, 1, 0], [0, 1, 2]]), /RangeError: .*0 -> 1 is given twice/);
  assert.throws(() => lineageOf(2, [[0, 2, 0]]), /RangeError: .*0 -> 2, expected nodes below 2/);
  // deno-lint-ignore no-explicit-any
  assert.throws(() => lineageOf(2, []).view("merges" as any), /RangeError: .*"merges".*"no-merge"/);
});

Deno.test("Lineage cannot be changed once it is built", () => {
  assert.throws(() => {
    // deno-lint-ignore no-explicit-any
    (lineageOf(1, []) as any).edges = 3;
  }, TypeError);
});

Deno.test("buildLineage() takes the last relation that the child declares for the parent", async () => {
  // base -finetune-> a, base -merge-> b (declared adapter and merge), base -untyped-> c
  const rows = [
    { id: "base" },
    { id: "a", tags: ["base_model:base", "base_model:finetune:base"] },
    { id: "b", tags: ["base_model:merge:base", "base_model:base", "base_model:adapter:base"] },
    { id: "c", tags: ["base_model:base", "base_model:base"] },
    {
      id: "d",
      tags: [
        "base_model:d",
        "base_model:finetune:gone",
        "base_model:gone",
        "base_model:quantized:BASE",
      ],
    },
    { id: "__proto__", tags: ["base_model:finetune:constructor", "base_model:finetune:"] },
  ];
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const snapshot = await readModelBlocks([new TextEncoder().encode(text)], { name: "rows" });
  const reading = buildLineage(snapshot);
  const { parent, child, relation } = reading.lineage;
  const edges = Array.from(
    parent,
    (u, e) => `${snapshot.ids.at(u)} -${relations[relation[e]]}-> ${snapshot.ids.at(child[e])}`,
  );
  assert.deepEqual(edges, ["base -finetune-> a", "base -merge-> b", "base -untyped-> c"]);
  assert.equal(reading.selfLoops, 1);
  assert.equal(reading.missingParentReferences, 3);
  assert.equal(reading.missingParents, 3);
  assert.deepEqual(Object.fromEntries(reading.issues.map(({ kind, count }) => [kind, count])), {
    emptyParent: 1,
    missingParent: 3,
    selfLoop: 1,
    parentDiffersByCase: 1,
  });
});
