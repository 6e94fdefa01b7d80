import assert from "node:assert/strict";
import { buildCsr } from "../../../lib/core/csr.ts";
import { random } from "../../../lib/core/random.ts";
import { blastRadius, simulatedRadius } from "../../../lib/graph/removal/blast_radius.ts";
import { bitSums } from "../../../lib/graph/removal/bit_sums.ts";
import { reachSums } from "../../../lib/graph/removal/reach_sums.ts";
import { walkSums } from "../../../lib/graph/removal/walk_sums.ts";
import { removalReadings } from "../../../lib/graph/removal/removal_state.ts";
import { bothWays, randomGraph, slowLoss } from "../../oracle/slow_removal.ts";
import { slowReach } from "../../oracle/slow_graph.ts";

/** Each edge of an acyclic graph turned so that it leads to a lower number. */
function falling(edges: readonly [number, number][]): [number, number][] {
  return edges.filter(([u, v]) => u !== v).map(([u, v]) => u > v ? [u, v] : [v, u]);
}

Deno.test("blastRadius() counts a node once where ways meet again, and the others of a cycle", () => {
  //  0 -> 1 -> 3 -> 4 <-> 5     6 -> 6
  //  0 -> 2 -> 3
  const { children } = bothWays({
    nodes: 7,
    edges: [[0, 1], [0, 2], [1, 3], [2, 3], [3, 4], [4, 5], [5, 4], [6, 6]],
  });
  assert.deepEqual([...blastRadius(children)], [5, 3, 3, 2, 1, 1, 0]);
  assert.deepEqual([...blastRadius(bothWays({ nodes: 0, edges: [] }).children)], []);
});

Deno.test("blastRadius() and simulatedRadius() equal the definition on random graphs", () => {
  const rng = random({ seed: 3 });
  for (let run = 0; run < 600; run++) {
    const nodes = 1 + rng.below(run % 6 === 0 ? 40 : 12);
    const edges = rng.below(3 * nodes);
    const graph = randomGraph(rng, { nodes, edges, acyclic: run % 2 === 0 });
    const table = slowReach(graph);
    const radius = table.map((row) => row.filter(Boolean).length - 1);
    assert.deepEqual([...blastRadius(bothWays(graph).children)], radius);
    if (nodes > 12) continue;
    const types = Uint8Array.from({ length: nodes }, () => rng.below(3));
    for (const reading of removalReadings) {
      assert.deepEqual(
        [...simulatedRadius(bothWays(graph), { reading, types })],
        table.map((_, u) => slowLoss(graph, [u], { reading, types: [...types] }) - 1),
      );
    }
  }
});

Deno.test("reachSums() and bitSums() add every weight once, over several blocks and levels", () => {
  const rng = random({ seed: 4 });
  for (const [nodes, edges] of [[3000, 3600], [2500, 20_000], [1500, 1600], [1, 0]]) {
    const pairs = falling(randomGraph(rng, { nodes, edges }).edges);
    // Some edges twice.
    pairs.push(...pairs.slice(0, 50));
    const weights = Float64Array.from({ length: nodes }, () => rng.below(5));
    const csr = buildCsr(
      nodes,
      Uint32Array.from(pairs, ([u]) => u),
      Uint32Array.from(pairs, ([, v]) => v),
    );
    const slow = weights.map((_, u) => {
      const met = new Set([u]);
      for (const v of met) {
        for (let i = csr.offsets[v]; i < csr.offsets[v + 1]; i++) met.add(csr.targets[i]);
      }
      return [...met].reduce((sum, v) => sum + weights[v], 0);
    });
    assert.deepEqual(reachSums(csr, weights), slow);
    assert.deepEqual(bitSums(csr, weights), slow);
    assert.deepEqual(walkSums(csr, weights, { most: Infinity }), slow);
  }
});

Deno.test("walkSums() gives up when there are more steps than it may take", () => {
  //  0 -> 1 -> 2: six nodes and three edges met from 0, 1 and 2 together
  const { children } = bothWays({ nodes: 3, edges: [[0, 1], [1, 2]] });
  const weights = Float64Array.of(1, 10, 100);
  assert.deepEqual([...walkSums(children, weights, { most: 9 })!], [111, 110, 100]);
  assert.equal(walkSums(children, weights, { most: 8 }), null);
});

Deno.test("blastRadius() stays linear on chains, ladders, diamonds in a row, stars and cycles", () => {
  const nodes = 100_000;
  const shapes: Record<string, (u: number) => number[]> = {
    chain: (u) => [u + 1],
    ladder: (u) => [u + 1, u + 2],
    diamonds: (u) => u % 3 === 0 ? [u + 1, u + 2] : u % 3 === 1 ? [u + 2] : [u + 1],
    star: (u) => u === 0 ? Array.from({ length: nodes - 1 }, (_, i) => i + 1) : [],
    cycle: (u) => [(u + 1) % nodes],
  };
  for (const [name, targets] of Object.entries(shapes)) {
    const edges: [number, number][] = [];
    for (let u = 0; u < nodes; u++) {
      for (const v of targets(u)) if (v < nodes) edges.push([u, v]);
    }
    const radius = blastRadius(bothWays({ nodes, edges }).children);
    const expected = (u: number) => {
      if (name === "star") return u === 0 ? nodes - 1 : 0;
      if (name === "cycle") return nodes - 1;
      const below = nodes - 1 - u;
      return name === "diamonds" && u % 3 === 1 ? Math.max(below - 1, 0) : below;
    };
    for (let u = 0; u < nodes; u++) {
      if (radius[u] !== expected(u)) assert.equal(radius[u], expected(u), `${name}, node ${u}`);
    }
  }
});
