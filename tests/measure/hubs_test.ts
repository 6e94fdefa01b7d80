import assert from "node:assert/strict";
import { DirectedGraph } from "graphology";
import { random } from "../../lib/core/random.ts";
import { StringColumn } from "../../lib/core/string_column.ts";
import { hubs } from "../../lib/measure/hubs.ts";
import { lineageOf, randomEdges } from "../oracle/random_lineage.ts";

Deno.test("hubs() agrees with graphology about the children of models when lineages are random", () => {
  const rng = random({ seed: 21 });
  for (let round = 0; round < 100; round++) {
    const nodes = 1 + rng.below(12);
    const edges = randomEdges(rng, nodes);
    const ids = Array.from({ length: nodes }, (_, u) => `${["b", "B", "ä"][u % 3]}/${u}`);
    const graph = new DirectedGraph();
    for (const id of ids) graph.addNode(id);
    for (const [u, v] of edges) graph.addDirectedEdge(ids[u], ids[v]);
    const expected = graph
      .mapNodes((id) => ({ id, children: graph.outDegree(id) }))
      .filter(({ children }) => children > 0)
      .sort((a, b) => b.children - a.children || (a.id < b.id ? -1 : 1));
    const lineage = lineageOf(nodes, edges);
    const n = rng.below(6);
    assert.deepEqual(hubs(lineage, StringColumn.from(ids), { n }), expected.slice(0, n));
    assert.deepEqual(hubs(lineage, StringColumn.from(ids)), expected.slice(0, 10));
  }
});

Deno.test("hubs() finds none without edges", () => {
  assert.deepEqual(hubs(lineageOf(3, []), StringColumn.from(["a", "b", "c"])), []);
  assert.deepEqual(hubs(lineageOf(0, []), StringColumn.from([])), []);
});
