import assert from "node:assert/strict";
import { buildCsr } from "../../../lib/core/csr.ts";
import { contract } from "../../../lib/graph/removal/contract.ts";
import { hang, noNode } from "../../../lib/graph/removal/hang.ts";

function falling(nodes: number, edges: readonly [number, number][]) {
  const sorted = edges.toSorted(([a], [b]) => a - b);
  return buildCsr(
    nodes,
    Uint32Array.from(sorted, ([u]) => u),
    Uint32Array.from(sorted, ([, v]) => v),
  );
}

Deno.test("hang() drops repeated edges and those from above another parent, and leaves shared roots", () => {
  //  5 -> 4 -> 3 -> 0    5 -> 3    5 -> 3 again    2 -> 0    1 alone
  const graph = falling(6, [[5, 4], [4, 3], [5, 3], [5, 3], [3, 0], [2, 0]]);
  const { up, shared, needed } = hang(graph);
  assert.deepEqual([...up], [noNode, noNode, noNode, 4, 5, noNode]);
  assert.deepEqual([...shared], [1, 0, 0, 0, 0, 0]);
  // In the order of the adjacency: 2 -> 0, 3 -> 0, 4 -> 3, 5 -> 4, 5 -> 3 twice.
  assert.deepEqual([...needed], [1, 1, 1, 1, 0, 0]);
});

Deno.test("hang() keeps all edges of a node with more parents than are compared", () => {
  //  9 -> 8 -> ... -> 1, and each of them -> 0
  const chain = Array.from({ length: 8 }, (_, i) => [i + 2, i + 1] as [number, number]);
  const all = Array.from({ length: 9 }, (_, i) => [i + 1, 0] as [number, number]);
  assert.equal(hang(falling(10, [...chain, ...all])).shared[0], 1);
  assert.equal(hang(falling(10, [...chain, ...all.slice(0, 8)])).up[0], 1);
});

Deno.test("contract() leaves nothing of a ladder, and one set for each place where ways meet", () => {
  const ladder: [number, number][] = [[1, 0]];
  for (let u = 2; u < 50; u++) ladder.push([u, u - 1], [u, u - 2]);
  const weights = new Float64Array(50).fill(1);
  const { sums, sets } = contract(falling(50, ladder), weights);
  assert.equal(sets.weights.length, 0);
  assert.deepEqual([...sums], Array.from({ length: 50 }, (_, u) => u + 1));
  //  3 -> 1 -> 0, 3 -> 2 -> 0: both ways lead to the set of 0, which 3 shares with them.
  const diamond = contract(
    falling(4, [[3, 2], [3, 1], [2, 0], [1, 0]]),
    Float64Array.of(5, 1, 1, 1),
  );
  assert.deepEqual([...diamond.sums], [5, 1, 1, 3]);
  assert.deepEqual([...diamond.set], [-1, 0, 0, 0]);
  assert.deepEqual([...diamond.sets.weights], [5]);
});
