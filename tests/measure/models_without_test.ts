import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { lineageGraphs } from "../../lib/graph/lineage.ts";
import { descendants } from "../../lib/graph/reach.ts";
import { viewBothWays } from "../../lib/graph/view_both_ways.ts";
import { random } from "../../lib/core/random.ts";
import {
  modelBlastRadius,
  modelBlastRanking,
  modelsWithout,
  modelsWithoutReport,
} from "../../lib/measure/models_without.ts";
import { worstModels } from "../../lib/measure/worst_models.ts";
import { lineageOf, randomEdges, snapshotOfRows } from "../oracle/random_lineage.ts";

//  a -finetune-> b -merge-> d    e -merge-> d    d -quantized-> f
//  a -adapter--> c
const snapshot = await snapshotOfRows([
  { id: "a" },
  { id: "b", tags: ["base_model:finetune:a"] },
  { id: "c", tags: ["base_model:adapter:a"] },
  { id: "e" },
  { id: "d", tags: ["base_model:merge:b", "base_model:merge:e"] },
  { id: "f", tags: ["base_model:quantized:d"] },
]);
const { lineage } = buildLineage(snapshot);

Deno.test("modelsWithout() loses all descendants, or spares a merge that has another parent", () => {
  const view = lineage.view("all");
  const { rows, ...all } = modelsWithout(view, ["a"], { snapshot });
  assert.deepEqual(all, {
    graph: "all",
    reading: "all",
    seeds: ["a"],
    lost: 4,
    byStep: [2, 1, 1],
    affected: 0,
  });
  assert.deepEqual(Array.from(rows, (row) => snapshot.ids.at(row)), ["b", "c", "d", "f"]);
  const any = modelsWithout(view, ["a"], { snapshot, reading: "any" });
  assert.deepEqual([any.lost, any.affected], [2, 1]);
  const kinds = modelsWithout(view, ["a"], { snapshot, reading: "kinds" });
  assert.deepEqual({ ...kinds, reading: "any" }, any);
  assert.equal(modelsWithout(view, ["e", "a"], { snapshot, reading: "any" }).lost, 4);
  assert.equal(modelsWithout(lineage.view("no-merge"), ["a"], { snapshot }).lost, 2);
});

Deno.test("modelsWithoutReport() has the first hundred ids, and refuses an id that is not there", async () => {
  const children = Array.from({ length: 150 }, (_, i) => ({
    id: `child-${i}`,
    tags: ["base_model:finetune:root"],
  }));
  const many = await snapshotOfRows([{ id: "root" }, ...children]);
  const view = buildLineage(many).lineage.view("all");
  const report = modelsWithoutReport(view, ["root"], { snapshot: many });
  assert.deepEqual([report.dependants, report.names.length, report.names[1]], [
    150,
    100,
    "child-1",
  ]);
  for (const id of ["roots", "__proto__", ""]) {
    assert.throws(() => modelsWithoutReport(view, [id], { snapshot: many }), {
      name: "RangeError",
      message: /Cannot find the model/,
    });
  }
});

Deno.test("modelBlastRadius() counts the descendants in each of the four graphs", () => {
  const rng = random({ seed: 6 });
  for (let run = 0; run < 100; run++) {
    const nodes = 1 + rng.below(12);
    const random = lineageOf(nodes, randomEdges(rng, nodes));
    for (const name of lineageGraphs) {
      const view = random.view(name);
      const { children, parents } = viewBothWays(view);
      assert.equal(children.targets.length, view.edges);
      assert.equal(parents.targets.length, view.edges);
      const radius = Array.from({ length: nodes }, (_, u) => descendants(children, [u]).length);
      assert.deepEqual([...modelBlastRadius(view)], radius);
    }
  }
});

Deno.test("modelBlastRanking() names the models with most descendants, ties by id", () => {
  assert.deepEqual(modelBlastRanking(lineage.view("all"), { ids: snapshot.ids, n: 3 }), [
    { id: "a", children: 2, descendants: 4 },
    { id: "b", children: 1, descendants: 2 },
    { id: "e", children: 1, descendants: 2 },
  ]);
  assert.deepEqual(modelBlastRanking(lineage.view("finetune"), { ids: snapshot.ids }), [
    { id: "a", children: 1, descendants: 1 },
  ]);
});

Deno.test("worstModels() names the models that take most with them, by reading", () => {
  const view = lineage.view("all");
  const all = worstModels(view, { ids: snapshot.ids, k: 2, runs: 20 });
  assert.deepEqual(all.removals, [
    { id: "a", gain: 5, lost: 5 },
    { id: "e", gain: 1, lost: 6 },
  ]);
  assert.deepEqual([all.graph, all.models, all.guarantee!.share], ["all", 6, 1]);
  assert.equal(all.random.mean.length, 2);
  const any = worstModels(view, { ids: snapshot.ids, k: 2, reading: "any" });
  assert.deepEqual(any.removals, [
    { id: "a", gain: 3, lost: 3 },
    { id: "e", gain: 3, lost: 6 },
  ]);
  assert.equal(any.guarantee, null);
  assert.throws(() => worstModels(view, { ids: snapshot.ids, k: 0 }), { name: "RangeError" });
});
