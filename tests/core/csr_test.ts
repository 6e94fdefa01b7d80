import assert from "node:assert/strict";
import { buildCsr } from "../../lib/core/csr.ts";
import { random } from "../../lib/core/random.ts";

Deno.test("buildCsr() lists each node's edges in the order given when edges are random", () => {
  const rng = random({ seed: 11 });
  for (let round = 0; round < 100; round++) {
    const nodes = 1 + rng.below(12);
    const edges = Array.from({ length: rng.below(30) }, () => [rng.below(nodes), rng.below(nodes)]);
    const { offsets, targets, edges: numbers } = buildCsr(
      nodes,
      Uint32Array.from(edges, ([u]) => u),
      Uint32Array.from(edges, ([, v]) => v),
    );
    assert.equal(offsets[nodes], edges.length);
    for (let u = 0; u < nodes; u++) {
      const expected = [...edges.keys()].filter((e) => edges[e][0] === u);
      assert.deepEqual([...numbers.subarray(offsets[u], offsets[u + 1])], expected);
      assert.deepEqual(
        [...targets.subarray(offsets[u], offsets[u + 1])],
        expected.map((e) => edges[e][1]),
      );
    }
  }
});

Deno.test("buildCsr() takes no nodes and no edges", () => {
  const none = new Uint32Array(0);
  assert.deepEqual(buildCsr(0, none, none), {
    offsets: new Uint32Array(1),
    targets: none,
    edges: none,
  });
});

Deno.test("buildCsr() refuses an edge that leaves the nodes, and ends without a counterpart", () => {
  const edge = (u: number, v: number) => () =>
    buildCsr(2, Uint32Array.of(0, u), Uint32Array.of(1, v));
  assert.throws(edge(2, 0), /^RangeError: .*edge 1 is 2 -> 0, expected nodes below 2/);
  assert.throws(edge(0, 2), /^RangeError: .*edge 1 is 0 -> 2, expected nodes below 2/);
  assert.throws(
    () => buildCsr(2, Uint32Array.of(0, 1), Uint32Array.of(1)),
    /^RangeError: .*found 2 sources and 1 targets/,
  );
});
