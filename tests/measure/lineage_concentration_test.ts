import assert from "node:assert/strict";
import { concentration } from "../../lib/core/concentration.ts";
import { random } from "../../lib/core/random.ts";
import { StringColumn } from "../../lib/core/string_column.ts";
import { type LineageGraph, lineageGraphs } from "../../lib/graph/lineage.ts";
import { lineageConcentration } from "../../lib/measure/lineage_concentration.ts";
import { lineageOf, randomEdges } from "../oracle/random_lineage.ts";

const idsOf = (nodes: number) =>
  StringColumn.from(Array.from({ length: nodes }, (_, i) => `m${nodes - i}`));

Deno.test("lineageConcentration() counts a small lineage as by hand", () => {
  //  0 -finetune-> 1 -quantized-> 2    0 -merge-> 3 <-merge- 4     5
  const lineage = lineageOf(6, [[0, 1, 1], [1, 2, 2], [0, 3, 4], [4, 3, 4]]);
  const ids = StringColumn.from(["base", "tuned", "small", "mix", "other", "__proto__"]);
  const found = lineageConcentration(lineage.view("all"), ids, { k: [1, 2] });
  assert.deepEqual(found, {
    graph: "all",
    models: 6,
    dependent: 3,
    children: concentration([2, 1, 0, 0, 1, 0], { k: [1, 2] }),
    descendants: concentration([3, 1, 0, 0, 1, 0], { k: [1, 2] }),
    hubs: [{ id: "base", descendants: 3 }, { id: "other", descendants: 1 }],
    coverage: [
      { k: 1, covered: 3, ofAll: 0.5, ofDependent: 1 },
      { k: 2, covered: 3, ofAll: 0.5, ofDependent: 1 },
    ],
  });
  const finetune = lineageConcentration(lineage.view("finetune"), ids);
  assert.deepEqual(finetune.hubs, [{ id: "base", descendants: 1 }]);
  assert.equal(finetune.descendants.effective, 1);
});

Deno.test("lineageConcentration() equals closure of a matrix when lineages are random", () => {
  const rng = random({ seed: 12 });
  for (let round = 0; round < 200; round++) {
    const nodes = 1 + rng.below(12);
    const lineage = lineageOf(nodes, randomEdges(rng, nodes));
    const view = lineage.view(lineageGraphs[rng.below(lineageGraphs.length)] as LineageGraph);
    const reach = Array.from({ length: nodes }, () => new Array<boolean>(nodes).fill(false));
    for (let e = 0; e < lineage.edges; e++) {
      if (view.has(e)) reach[lineage.parent[e]][lineage.child[e]] = true;
    }
    const children = reach.map((row) => row.filter(Boolean).length);
    const dependent = reach.filter((_, v) => reach.some((row) => row[v])).length;
    for (let m = 0; m < nodes; m++) {
      for (let u = 0; u < nodes; u++) {
        for (let v = 0; v < nodes; v++) reach[u][v] ||= reach[u][m] && reach[m][v];
      }
    }
    const below = reach.map((row, u) => [...row.keys()].filter((v) => v !== u && row[v]));
    const k = [1, 3];
    const found = lineageConcentration(view, idsOf(nodes), { k });
    assert.equal(found.dependent, dependent);
    assert.deepEqual(found.children, concentration(children, { k }));
    assert.deepEqual(found.descendants, concentration(below.map(({ length }) => length), { k }));
    const order = below.map((list, u) => ({ id: `m${nodes - u}`, list }))
      .filter(({ list }) => list.length > 0)
      .sort((a, b) => b.list.length - a.list.length || (a.id < b.id ? -1 : 1));
    assert.deepEqual(
      found.hubs,
      order.slice(0, 3).map(({ id, list }) => ({ id, descendants: list.length })),
    );
    assert.deepEqual(
      found.coverage.map(({ covered }) => covered),
      k.map((size) => new Set(order.slice(0, size).flatMap(({ list }) => list)).size),
    );
  }
});

Deno.test("lineageConcentration() is null without edges and refuses ids of other models", () => {
  const view = lineageOf(2, []).view("all");
  const { children, hubs, coverage } = lineageConcentration(view, idsOf(2));
  assert.deepEqual([children.gini, hubs, coverage[0].ofAll, coverage[0].ofDependent], [
    null,
    [],
    0,
    null,
  ]);
  assert.throws(() => lineageConcentration(view, idsOf(3)), {
    name: "RangeError",
    message: /concentration of 2 models: found 3 ids/,
  });
});
