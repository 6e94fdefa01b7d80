import assert from "node:assert/strict";
import { buildCsr } from "../../lib/core/csr.ts";
import { random } from "../../lib/core/random.ts";
import { strongComponents, weakComponents } from "../../lib/graph/components.ts";
import { longestCondensedPath, longestPath } from "../../lib/graph/longest_path.ts";

/** Which nodes each node reaches, itself included, by repeating until nothing is added. */
function reach(nodes: number, edges: [number, number][]): boolean[][] {
  const table = Array.from(
    { length: nodes },
    (_, u) => Array.from({ length: nodes }, (_, v) => u === v),
  );
  for (const [u, v] of edges) table[u][v] = true;
  for (let k = 0; k < nodes; k++) {
    for (let u = 0; u < nodes; u++) {
      for (let v = 0; v < nodes; v++) table[u][v] ||= table[u][k] && table[k][v];
    }
  }
  return table;
}

/** The longest path by trying all, null when there is a cycle. */
function slowLongest(nodes: number, edges: [number, number][]): number | null {
  let longest = 0;
  function walk(u: number, length: number): boolean {
    if (length > nodes) return false;
    longest = Math.max(longest, length);
    return edges.every(([a, b]) => a !== u || walk(b, length + 1));
  }
  for (let u = 0; u < nodes; u++) if (!walk(u, 0)) return null;
  return longest;
}

Deno.test("components and longest paths equal their slow definitions when graphs are random", () => {
  const rng = random({ seed: 11 });
  for (let round = 0; round < 300; round++) {
    const nodes = 1 + rng.below(9);
    const edges: [number, number][] = [];
    for (let i = rng.below(14); i > 0; i--) edges.push([rng.below(nodes), rng.below(nodes)]);
    const from = Uint32Array.from(edges, ([u]) => u);
    const to = Uint32Array.from(edges, ([, v]) => v);
    const csr = buildCsr(nodes, from, to);
    const reached = reach(nodes, edges);
    const linked = reach(nodes, edges.flatMap(([u, v]) => [[u, v], [v, u]] as [number, number][]));
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
    assert.equal(longestPath(csr), slowLongest(nodes, edges));
    const condensed = edges
      .map(([u, v]): [number, number] => [strong.labels[u], strong.labels[v]])
      .filter(([a, b]) => a !== b);
    assert.equal(longestCondensedPath(csr), slowLongest(strong.sizes.length, condensed));
  }
});

Deno.test("strongComponents() needs no call stack when a path has a million nodes", () => {
  const nodes = 1_000_000;
  const from = Uint32Array.from({ length: nodes - 1 }, (_, i) => i);
  const to = Uint32Array.from({ length: nodes - 1 }, (_, i) => i + 1);
  const csr = buildCsr(nodes, from, to);
  assert.equal(strongComponents(csr).sizes.length, nodes);
  assert.equal(longestPath(csr), nodes - 1);
});
