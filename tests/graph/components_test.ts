import assert from "node:assert/strict";
import { buildCsr } from "../../lib/core/csr.ts";
import { random } from "../../lib/core/random.ts";
import { strongComponents, weakComponents } from "../../lib/graph/components.ts";
import { longestCondensedPath, longestPath } from "../../lib/graph/longest_path.ts";
import { descendants } from "../../lib/graph/reach.ts";
import { slowLongest, slowReach } from "../oracle/slow_graph.ts";

Deno.test("components, longest paths and descendants equal their slow definitions when graphs are random", () => {
  const rng = random({ seed: 11 });
  for (let round = 0; round < 300; round++) {
    const nodes = 1 + rng.below(9);
    const edges: [number, number][] = [];
    for (let i = rng.below(14); i > 0; i--) edges.push([rng.below(nodes), rng.below(nodes)]);
    const from = Uint32Array.from(edges, ([u]) => u);
    const to = Uint32Array.from(edges, ([, v]) => v);
    const csr = buildCsr(nodes, from, to);
    const reached = slowReach({ nodes, edges });
    const linked = slowReach({
      nodes,
      edges: edges.flatMap(([u, v]): [number, number][] => [[u, v], [v, u]]),
    });
    const weak = weakComponents(nodes, from, to);
    const strong = strongComponents(csr);
    for (let u = 0; u < nodes; u++) {
      for (let v = 0; v < nodes; v++) {
        assert.equal(weak.labels[u] === weak.labels[v], linked[u][v]);
        assert.equal(strong.labels[u] === strong.labels[v], reached[u][v] && reached[v][u]);
        if (reached[u][v]) assert.ok(strong.labels[u] >= strong.labels[v]);
      }
      assert.equal(weak.sizes[weak.labels[u]], linked[u].filter(Boolean).length);
      assert.equal(
        strong.sizes[strong.labels[u]],
        reached[u].filter((yes, v) => yes && reached[v][u]).length,
      );
    }
    assert.equal(longestPath(csr), slowLongest({ nodes, edges }));
    const condensed = edges
      .map(([u, v]): [number, number] => [strong.labels[u], strong.labels[v]])
      .filter(([a, b]) => a !== b);
    assert.equal(
      longestCondensedPath(csr),
      slowLongest({ nodes: strong.sizes.length, edges: condensed }),
    );
    const seeds = Array.from({ length: rng.below(4) }, () => rng.below(nodes));
    assert.deepEqual(
      Array.from(descendants(csr, seeds)),
      [...reached.keys()].filter((v) => !seeds.includes(v) && seeds.some((u) => reached[u][v])),
    );
  }
});

Deno.test("strongComponents() needs no call stack when a path has a million nodes", () => {
  const nodes = 1_000_000;
  const from = Uint32Array.from({ length: nodes - 1 }, (_, i) => i);
  const to = Uint32Array.from({ length: nodes - 1 }, (_, i) => i + 1);
  const csr = buildCsr(nodes, from, to);
  assert.equal(strongComponents(csr).sizes.length, nodes);
  assert.equal(longestPath(csr), nodes - 1);
  assert.equal(longestCondensedPath(csr), nodes - 1);
  assert.equal(descendants(csr, [0]).length, nodes - 1);
  assert.equal(weakComponents(nodes, from, to).sizes[0], nodes);
});

Deno.test("components, longest paths and descendants of no nodes are nothing", () => {
  const none = new Uint32Array(0);
  const csr = buildCsr(0, none, none);
  assert.deepEqual(weakComponents(0, none, none), { labels: none, sizes: none });
  assert.deepEqual(strongComponents(csr), { labels: none, sizes: none });
  assert.deepEqual([longestPath(csr), longestCondensedPath(csr)], [0, 0]);
  assert.deepEqual(descendants(csr, []), none);
});

Deno.test("descendants() leaves out the seeds when they lie downstream of each other or of themselves", () => {
  // 0 -> 1 -> 2 -> 0    2 -> 3    4 -> 4
  const csr = buildCsr(5, Uint32Array.of(0, 1, 2, 2, 4), Uint32Array.of(1, 2, 0, 3, 4));
  assert.deepEqual(descendants(csr, [0]), Uint32Array.of(1, 2, 3));
  assert.deepEqual(descendants(csr, [0, 1, 0]), Uint32Array.of(2, 3));
  assert.deepEqual(descendants(csr, [4]), new Uint32Array(0));
  assert.deepEqual(descendants(csr, []), new Uint32Array(0));
});

Deno.test("descendants() refuses a seed that is no node", () => {
  const csr = buildCsr(2, Uint32Array.of(0), Uint32Array.of(1));
  for (const seed of [-1, 2, 0.5, NaN]) {
    assert.throws(() => descendants(csr, [0, seed]), {
      name: "RangeError",
      message: `Cannot find the descendants of node ${seed}: expected an integer from 0 to 1`,
    });
  }
});
