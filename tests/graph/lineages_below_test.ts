import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { eachRoot } from "../../lib/graph/lineages_below.ts";
import { lineageGraphs, relations } from "../../lib/graph/lineage.ts";
import { families } from "../../lib/measure/families.ts";
import { lineageOf, type PlainEdge, randomEdges } from "../oracle/random_lineage.ts";
import { type SlowLineage, slowLineages } from "../oracle/slow_persistence.ts";

function found(nodes: number, edges: readonly PlainEdge[], graph: typeof lineageGraphs[number]) {
  const view = lineageOf(nodes, edges).view(graph);
  const list: SlowLineage[] = [];
  const components: number[] = [];
  const counts = eachRoot(view, families(view).of, (below) => {
    components.push(below.component);
    for (let i = 0; i < below.length; i++) {
      list.push({
        root: below.root,
        node: below.nodes[i],
        generation: below.generations[i],
        relation: below.lastRelations[i],
      });
    }
  });
  return { list, components, counts };
}

const sorted = (list: SlowLineage[]) =>
  list.sort((a, b) => a.root - b.root || a.node - b.node || a.generation - b.generation);

Deno.test("eachRoot() takes the shortest path and the highest relation when paths meet again", () => {
  //    0        5 <-> 6 -> 7     5 and 6 descend from each other only
  //   / \ \
  //  1   2  |      0 -> 1 -> 3 by finetune (1), 0 -> 2 -> 3 by adapter (3)
  //   \ /   |
  //    3    |
  //    |   /
  //    4 <-
  const { list, counts } = found(8, [
    [0, 1, 1],
    [0, 2, 1],
    [0, 4, 2],
    [1, 3, 1],
    [2, 3, 3],
    [3, 4, 1],
    [5, 6, 1],
    [6, 5, 1],
    [6, 7, 1],
  ], "no-merge");
  assert.deepEqual(sorted(list), [
    { root: 0, node: 1, generation: 1, relation: 1 },
    { root: 0, node: 2, generation: 1, relation: 1 },
    { root: 0, node: 3, generation: 2, relation: 3 },
    { root: 0, node: 4, generation: 1, relation: 2 },
  ]);
  assert.deepEqual(counts, { roots: 1, rootless: 3 });
});

Deno.test("eachRoot() equals all paths tried one by one when lineages are random", () => {
  const rng = random({ seed: 31 });
  let lineages = 0;
  let rootless = 0;
  for (let round = 0; round < 150; round++) {
    const nodes = 1 + rng.below(9);
    const edges = randomEdges(rng, nodes);
    for (const graph of lineageGraphs) {
      const view = lineageOf(nodes, edges).view(graph);
      const chosen = edges.filter((_, e) => view.has(e));
      const { list, components, counts } = found(nodes, edges, graph);
      const slow = slowLineages(nodes, chosen);
      assert.deepEqual(sorted(list), sorted(slow), `round ${round}, ${graph}`);
      assert.equal(counts.roots, new Set(slow.map(({ root }) => root)).size);
      const below = new Set(slow.map(({ node }) => node));
      const children = new Set(chosen.map(([, child]) => child));
      assert.equal(counts.rootless, [...children].filter((child) => !below.has(child)).length);
      assert.deepEqual(components, [...components].sort((a, b) => a - b));
      lineages += slow.length;
      rootless += counts.rootless;
    }
  }
  assert.ok(lineages > 500 && rootless > 20 && relations.length === 5);
});

Deno.test("eachRoot() visits nothing when there is no edge", () => {
  assert.deepEqual(found(3, [], "all"), {
    list: [],
    components: [],
    counts: { roots: 0, rootless: 0 },
  });
});
