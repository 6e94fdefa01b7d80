import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { StringColumn } from "../../lib/core/string_column.ts";
import { lineageGraphs, relations } from "../../lib/graph/lineage.ts";
import { families, largestFamilies } from "../../lib/measure/families.ts";
import { familyTrees } from "../../lib/measure/family_trees.ts";
import { lineageOf, type PlainEdge, randomEdges } from "../oracle/random_lineage.ts";
import { slowReach } from "../oracle/slow_graph.ts";

const kept: Record<string, number[]> = {
  all: [0, 1, 2, 3, 4],
  finetune: [1],
  "no-merge": [0, 1, 2, 3],
  "no-merge, no-quantized": [0, 1, 3],
};

/** Members of each family, by the table of who reaches whom along edges taken both ways. */
function slowFamilies(nodes: number, edges: readonly PlainEdge[]): number[][] {
  const table = slowReach({
    nodes,
    edges: edges.flatMap(([u, v]): [number, number][] => [[u, v], [v, u]]),
  });
  const members = table.map((row) => [...row.keys()].filter((v) => row[v]));
  return members.filter(([first], u) => first === u);
}

/** The root of a family in the words of its definition. */
function slowRoot(members: readonly number[], nodes: number, edges: readonly PlainEdge[]): number {
  const table = slowReach({ nodes, edges: edges.map(([u, v]) => [u, v]) });
  const descendants = (u: number) => table[u].filter(Boolean).length;
  const children = (u: number) => edges.filter(([parent]) => parent === u).length;
  const orphans = members.filter((u) => !edges.some(([, child]) => child === u));
  const [candidates, rank] = orphans.length > 0 ? [orphans, descendants] : [members, children];
  return candidates.reduce((best, u) => rank(u) > rank(best) ? u : best);
}

Deno.test("families() and largestFamilies() equal the slow definitions when lineages are random", () => {
  const rng = random({ seed: 22 });
  for (let round = 0; round < 150; round++) {
    const nodes = 1 + rng.below(12);
    const edges = randomEdges(rng, nodes);
    const lineage = lineageOf(nodes, edges);
    for (const graph of lineageGraphs) {
      const view = lineage.view(graph);
      const chosen = edges.filter(([, , relation]) => kept[graph].includes(relation!));
      const expected = slowFamilies(nodes, chosen);
      const found = families(view);
      assert.equal(found.components, expected.length);
      assert.equal(found.withEdges, expected.filter(({ length }) => length > 1).length);
      for (const members of expected) {
        const component = found.of[members[0]];
        assert.equal(found.sizes[component], members.length);
        assert.ok(members.every((u) => found.of[u] === component));
      }
      const n = 1 + rng.below(4);
      const largest = expected
        .filter(({ length }) => length > 1)
        .map((members) => ({
          component: found.of[members[0]],
          models: members.length,
          root: slowRoot(members, nodes, chosen),
        }))
        .sort((a, b) => b.models - a.models || a.root - b.root)
        .slice(0, n);
      assert.deepEqual(largestFamilies(view, found, { n }), largest, `round ${round}, ${graph}`);
    }
  }
});

Deno.test("families() counts models without edges, and none where there is no model", () => {
  const single = families(lineageOf(3, []).view("no-merge"));
  assert.deepEqual([single.components, single.withEdges], [3, 0]);
  assert.deepEqual(largestFamilies(lineageOf(3, []).view("no-merge"), single), []);
  const none = families(lineageOf(0, []).view("no-merge"));
  assert.deepEqual([none.components, none.withEdges], [0, 0]);
});

Deno.test("familyTrees() lists what the root reaches, breadth first, each edge once", () => {
  // r -> a -> c    r -> b -> c -> d    x -> b (not reached)    r -merge-> d (left out)
  const [r, a, b, c, d, x] = [0, 1, 2, 3, 4, 5];
  const ids = StringColumn.from(["r", "a", "b", "c", "d", "x"]);
  const lineage = lineageOf(6, [
    ...[[r, a, 1], [r, b, 2], [r, d, 4]] as PlainEdge[],
    ...[[a, c, 1], [b, c, 3], [c, d, 0], [x, b, 1]] as PlainEdge[],
  ]);
  const view = lineage.view("no-merge");
  const [tree, ...others] = familyTrees(view, largestFamilies(view, families(view)), { ids });
  assert.deepEqual(others, []);
  assert.deepEqual([tree.root, tree.models], ["r", 6]);
  assert.deepEqual(tree.edges.map((e) => `${e.parent} -${e.relation}-> ${e.child}`), [
    ...["r -finetune-> a", "r -quantized-> b", "a -finetune-> c", "b -adapter-> c"],
    "c -untyped-> d",
  ]);
});

Deno.test("familyTrees() ends when a family is a cycle", () => {
  // a -> b -> c -> a
  const lineage = lineageOf(3, [[0, 1, 1], [1, 2, 1], [2, 0, 1]]);
  const view = lineage.view("finetune");
  const roots = largestFamilies(view, families(view));
  assert.deepEqual(roots, [{ component: 0, models: 3, root: 0 }]);
  const [{ edges }] = familyTrees(view, roots, { ids: StringColumn.from(["a", "b", "c"]) });
  assert.deepEqual(edges.map(({ parent, child }) => parent + child), ["ab", "bc", "ca"]);
  assert.equal(relations[1], edges[0].relation);
});
