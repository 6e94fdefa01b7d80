import assert from "node:assert/strict";
import { EdgeIndex } from "../../lib/core/edge_index.ts";
import { random } from "../../lib/core/random.ts";

Deno.test("EdgeIndex finds what a Map finds when edges move at random", () => {
  const rng = random({ seed: 6 });
  for (const [edges, nodes] of [[1, 3], [4, 3], [40, 9], [300, 200]]) {
    const from = new Uint32Array(edges);
    const to = new Uint32Array(edges);
    const index = new EdgeIndex(from, to);
    const known = new Map<string, number>();
    for (let round = 0; round < 3000; round++) {
      const edge = rng.below(edges);
      const old = `${from[edge]}>${to[edge]}`;
      if (known.get(old) === edge) {
        index.remove(edge);
        known.delete(old);
      }
      const [u, v] = [rng.below(nodes), rng.below(nodes)];
      assert.equal(index.find(u, v), known.get(`${u}>${v}`) ?? -1);
      if (known.has(`${u}>${v}`) || rng.chance(0.2)) continue;
      [from[edge], to[edge]] = [u, v];
      index.insert(edge);
      known.set(`${u}>${v}`, edge);
    }
    assert.ok(known.size > 0);
    for (const [key, edge] of known) {
      const [u, v] = key.split(">").map(Number);
      assert.equal(index.find(u, v), edge);
    }
  }
});
