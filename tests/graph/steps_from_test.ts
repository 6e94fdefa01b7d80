import assert from "node:assert/strict";
import { buildCsr } from "../../lib/core/csr.ts";
import { random } from "../../lib/core/random.ts";
import { neighbourhood } from "../../lib/graph/neighbourhood.ts";
import { stepsFrom } from "../../lib/graph/steps_from.ts";

Deno.test("stepsFrom() counts the edges of shortest ways", () => {
  // 0 -> 1 -> 2 -> 3, 0 -> 2, 4 alone, 3 -> 0
  const csr = buildCsr(5, Uint32Array.of(0, 1, 2, 0, 3), Uint32Array.of(1, 2, 3, 2, 0));
  assert.deepEqual([...stepsFrom([csr], [0])], [0, 1, 1, 2, -1]);
  assert.deepEqual([...stepsFrom([csr], [1, 3, 3])], [1, 0, 1, 0, -1]);
  assert.deepEqual([...stepsFrom([csr], [])], [-1, -1, -1, -1, -1]);
});

Deno.test("stepsFrom() agrees with growing neighbourhoods on random graphs", () => {
  const rng = random({ seed: 7 });
  for (let round = 0; round < 60; round++) {
    const nodes = 1 + rng.below(12);
    const edges = rng.below(20);
    const from = Uint32Array.from({ length: edges }, () => rng.below(nodes));
    const to = Uint32Array.from({ length: edges }, () => rng.below(nodes));
    const graph = { children: buildCsr(nodes, from, to), parents: buildCsr(nodes, to, from) };
    for (const direction of ["up", "down", "both"] as const) {
      const ways = [
        ...(direction === "up" ? [] : [graph.children]),
        ...(direction === "down" ? [] : [graph.parents]),
      ];
      const steps = stepsFrom(ways, [0]);
      for (let hops = 0; hops <= nodes; hops++) {
        assert.deepEqual(
          [...neighbourhood(graph, [0], { hops, direction })],
          [...steps.keys()].filter((node) => steps[node] >= 0 && steps[node] <= hops),
        );
      }
    }
  }
});

Deno.test("stepsFrom() refuses starts that are no nodes, and no edges at all", () => {
  const csr = buildCsr(2, Uint32Array.of(0), Uint32Array.of(1));
  for (const start of [2, -1, 0.5, NaN]) {
    assert.throws(() => stepsFrom([csr], [start]), /the graph has 2 nodes/);
  }
  assert.throws(() => stepsFrom([], [0]), RangeError);
});
