import assert from "node:assert/strict";
import type { DirectedGraph } from "graphology";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { type Lineage, type LineageGraph, relations } from "../../lib/graph/lineage.ts";
import { type Direction, directions } from "../../lib/graph/neighbourhood.ts";
import { nodeKey } from "../../lib/graph/node_key.ts";
import { type LineageEdge, type ModelNode, toGraphology } from "../../lib/graph/to_graphology.ts";
import { paths } from "../../lib/paths.ts";
import { readModels } from "../../lib/snapshot/read_models.ts";
import { randomRows } from "../oracle/random_rows.ts";
import { needsShared } from "../support.ts";
import { familyRows, hostileIds, hostileRows, modelsOf } from "./family_fixture.ts";

const graphs: LineageGraph[] = ["all", "finetune", "no-merge", "no-merge, no-quantized"];

function edgesOf(graph: DirectedGraph): string[] {
  return graph.mapEdges((_edge, _attributes, source, target) => `${source} > ${target}`);
}

Deno.test("toGraphology() gives every model and edge with their attributes when nothing is selected", async () => {
  const models = await modelsOf(familyRows);
  const graph = toGraphology(models);
  assert.equal(graph.order, 8);
  assert.deepEqual(graph.nodes(), familyRows.map(({ id }) => id));
  assert.deepEqual(graph.getNodeAttributes("a/base"), {
    label: "a/base",
    task: "text-generation",
    library: "transformers",
    license: "mit, other",
    created: "2022-03-02T23:29:04.000Z",
    likes: 3_000_000_000,
    downloads: 7,
    row: 0,
  });
  assert.deepEqual(graph.getNodeAttributes("h/alone"), {
    label: "h/alone",
    task: null,
    library: null,
    license: null,
    created: null,
    likes: null,
    downloads: null,
    row: 7,
  });
  assert.deepEqual(edgesOf(graph), [
    "a/base > b/tuned",
    "a/base > d/lora",
    "b/tuned > c/quant",
    "b/tuned > e/mix",
    "d/lora > e/mix",
    "f/other > e/mix",
    "f/other > g/child",
  ]);
  assert.deepEqual(graph.edges(), ["0", "1", "2", "3", "4", "5", "6"]);
  assert.deepEqual(graph.getEdgeAttributes("a/base", "b/tuned"), {
    relation: "finetune",
    time: "2023-01-01T00:00:00.000Z",
  });
  assert.deepEqual(graph.getEdgeAttributes("b/tuned", "c/quant"), {
    relation: "quantized",
    time: null,
  });
});

Deno.test("toGraphology() gives a weak component when a family is asked for, without merges unless told", async () => {
  const models = await modelsOf(familyRows);
  const family = toGraphology(models, { family: "c/quant" });
  assert.deepEqual(family.nodes(), ["a/base", "b/tuned", "c/quant", "d/lora"]);
  assert.equal(family.size, 3);
  assert.equal(toGraphology(models, { family: "g/child", graph: "all" }).order, 7);
  assert.deepEqual(toGraphology(models, { family: "a/base", graph: "finetune" }).nodes(), [
    "a/base",
    "b/tuned",
  ]);
  assert.equal(toGraphology(models, { family: "h/alone" }).order, 1);
  assert.match(
    family.getAttribute("description"),
    /^family of "c\/quant" in the graph "no-merge" of the models of rows$/,
  );
});

Deno.test("toGraphology() equals a breadth-first search in graphology when snapshots, graphs and starts are random", async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const models = await modelsOf(randomRows({ seed, models: 3 + seed }));
    for (const graph of graphs) {
      const whole = toGraphology(models, { graph });
      assert.equal(whole.size, models.lineage.view(graph).edges);
      const starts = [`user/m${seed % 3}`, "user/m2"];
      for (const direction of directions) {
        for (const hops of [0, 1, 2, Infinity]) {
          const found = toGraphology(models, { graph, around: starts, hops, direction });
          const expected = slowNeighbourhood(whole, starts, { hops, direction });
          assert.deepEqual(found.nodes(), whole.nodes().filter((node) => expected.has(node)));
          const inside = whole.filterEdges((_e, _a, s, t) => expected.has(s) && expected.has(t));
          assert.deepEqual(found.edges(), inside);
          for (const edge of inside) {
            assert.deepEqual(found.getEdgeAttributes(edge), whole.getEdgeAttributes(edge));
          }
        }
      }
    }
  }
});

function slowNeighbourhood(
  graph: DirectedGraph,
  starts: string[],
  { hops, direction }: { hops: number; direction: Direction },
): Set<string> {
  let found = new Set(starts);
  for (let hop = 0; hop < Math.min(hops, graph.order); hop++) {
    const next = new Set(found);
    for (const node of found) {
      if (direction !== "up") { for (const child of graph.outNeighbors(node)) next.add(child); }
      if (direction !== "down") { for (const parent of graph.inNeighbors(node)) next.add(parent); }
    }
    found = next;
  }
  return found;
}

Deno.test("toGraphology() keeps ids as text when they are names that objects inherit or markup", async () => {
  const models = await modelsOf(hostileRows);
  assert.equal(models.lineage.nodes, hostileIds.length);
  const graph = toGraphology(models);
  assert.deepEqual(graph.mapNodes((_key, { label }) => label), hostileIds);
  assert.deepEqual(graph.mapNodes((_key, { license }) => license), hostileIds);
  assert.equal(graph.size, models.lineage.edges);
  checkEdges(models.lineage, graph);
  assert.equal(graph.hasNode("__proto__"), false);
  assert.equal(graph.outDegree("~__proto__"), hostileIds.length - 1);
  assert.deepEqual(graph.inNeighbors("~constructor"), ["~__proto__"]);
  assert.equal(toGraphology(models, { family: "constructor" }).order, hostileIds.length);
});

function checkEdges(lineage: Lineage, graph: DirectedGraph<ModelNode, LineageEdge>): void {
  graph.forEachEdge((edge, { relation }, _source, _target, source, target) => {
    assert.equal(source.row, lineage.parent[Number(edge)]);
    assert.equal(target.row, lineage.child[Number(edge)]);
    assert.equal(relation, relations[lineage.relation[Number(edge)]]);
  });
}

Deno.test("nodeKey() gives distinct keys that no plain object inherits", () => {
  const names = Object.getOwnPropertyNames(Object.prototype).concat(
    "__proto__",
    "a/b",
    "~",
    "~a",
    "",
  );
  const all = names.concat(names.map((name) => `~${name}`), names.map((name) => `~~${name}`));
  const keys = new Set([...new Set(all)].map(nodeKey));
  assert.equal(keys.size, new Set(all).size);
  for (const key of keys) assert.equal(key in {} || key === "__proto__", false);
  assert.equal(nodeKey("a/b"), "a/b");
});

Deno.test("toGraphology() refuses unknown ids, contradictions and graphs over the limit", async () => {
  const models = await modelsOf(familyRows);
  assert.throws(() => toGraphology(models, { family: "A/Base" }), {
    name: "RangeError",
    message:
      `Cannot find the model "A/Base": it is not among the 8 models of rows; there is "a/base", which differs only by case`,
  });
  assert.throws(() => toGraphology(models, { around: ["a/base", "<b>"] }), {
    name: "RangeError",
    message: `Cannot find the model "<b>": it is not among the 8 models of rows`,
  });
  assert.throws(() => toGraphology(models, { family: "a/base", around: "a/base" }), TypeError);
  assert.throws(() => toGraphology(models, { hops: 2 }), {
    name: "TypeError",
    message: /"around", which is not given/,
  });
  assert.throws(() => toGraphology(models, { family: "a/base", direction: "up" }), TypeError);
  assert.throws(() => toGraphology(models, { around: [] }), {
    name: "TypeError",
    message: /no name/,
  });
  assert.throws(() => toGraphology(models, { limit: 7 }), {
    name: "RangeError",
    message: /8 objects: the limit is 7 nodes\..*raise the limit.*--limit 8/,
  });
  assert.throws(() => toGraphology(models, { family: "a/base", limit: 3 }), RangeError);
  assert.equal(toGraphology(models, { family: "a/base", limit: 4 }).order, 4);
  assert.throws(() => toGraphology(models, { limit: NaN }), RangeError);
  assert.throws(() => toGraphology(models, { graph: "constructor" as LineageGraph }), RangeError);
});

Deno.test({
  name:
    "toGraphology() gives the published family and edge counts of a real snapshot (skipped where the shared data is absent)",
  ignore: needsShared("truth/radar-2026-08-22.json"),
  async fn() {
    const truth = JSON.parse(await Deno.readTextFile(`${paths.shared}truth/radar-2026-08-22.json`));
    const snapshot = await readModels(`${paths.shared}data/huggingface/radar-2026-08-22.jsonl.gz`);
    const { lineage } = buildLineage(snapshot);
    const whole = toGraphology({ snapshot, lineage });
    assert.equal(whole.order, truth.counts.models);
    assert.equal(whole.size, truth.counts.edges);
    checkEdges(lineage, whole);
    for (const [hub, children] of truth.hubs) assert.equal(whole.outDegree(hub), children);
    const family = toGraphology({ snapshot, lineage }, { family: truth.hubs[0][0] });
    assert.equal(family.order, truth.families.top_sizes[0]);
  },
});
