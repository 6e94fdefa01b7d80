import assert from "node:assert/strict";
import { buildCsr } from "../../../lib/core/csr.ts";
import { random } from "../../../lib/core/random.ts";
import { chainsAcrossOwners, chainsOfTypes } from "../../../lib/graph/patterns/chain_patterns.ts";
import type { BothWays } from "../../../lib/graph/neighbourhood.ts";
import { countPatterns } from "../../../lib/graph/patterns/patterns.ts";
import type { PlainGraph } from "../../oracle/slow_graph.ts";
import { shapes, slowCount, slowInstances } from "../../oracle/slow_patterns.ts";

function bothWays({ nodes, edges }: PlainGraph): BothWays {
  const from = Uint32Array.from(edges, ([u]) => u);
  const to = Uint32Array.from(edges, ([, v]) => v);
  return { children: buildCsr(nodes, from, to), parents: buildCsr(nodes, to, from) };
}

function ownerColumn(owners: readonly (readonly number[])[]) {
  const offsets = [0];
  for (const list of owners) offsets.push(offsets.at(-1)! + list.length);
  return { offsets: Uint32Array.from(offsets), values: Uint32Array.from(owners.flat()) };
}

Deno.test("countPatterns() counts by hand", () => {
  //  0 -> 1 -> 3      1 -> 2 and 0 -> 3 lie across; 3 -> 3 is a loop; 0 -> 1 is given twice
  //  |         ^
  //  +--> 2 ---+
  const edges: [number, number][] = [[0, 1], [0, 2], [1, 3], [2, 3], [1, 2], [0, 3], [3, 3], [
    0,
    1,
  ]];
  assert.deepEqual(countPatterns(bothWays({ nodes: 4, edges })), {
    broadcast: 1,
    funnel: 1,
    chain: 4,
    broadcasters: 1,
    funnellers: 1,
    triangle: 4,
    diamond: 1,
  });
  assert.equal(countPatterns(bothWays({ nodes: 4, edges }), { leaves: 2 }).broadcast, 4);
});

Deno.test("countPatterns() agrees with trying all when graphs are random, rings, loops and repeats included", () => {
  const rng = random({ seed: 5 });
  for (let round = 0; round < 300; round++) {
    const nodes = 1 + rng.below(7);
    const edges = Array.from(
      { length: rng.below(4 * nodes) },
      (): [number, number] => [rng.below(nodes), rng.below(nodes)],
    );
    const graph = { nodes, edges };
    const { broadcasters: _, funnellers: __, ...found } = countPatterns(bothWays(graph));
    const wanted = Object.entries(shapes).map(([name, shape]) => [name, slowCount(graph, shape)]);
    assert.deepEqual(found, Object.fromEntries(wanted), JSON.stringify(edges));
  }
});

Deno.test("countPatterns() counts the stars of a hub exactly where there are trillions", () => {
  const leaves = 40_000;
  const to = Uint32Array.from({ length: leaves }, (_, i) => i + 1);
  const from = new Uint32Array(leaves);
  const graph = {
    children: buildCsr(leaves + 1, from, to),
    parents: buildCsr(leaves + 1, to, from),
  };
  const wanted = BigInt(leaves) * BigInt(leaves - 1) * BigInt(leaves - 2) / 6n;
  assert.equal(BigInt(countPatterns(graph).broadcast), wanted);
  assert.equal(countPatterns(graph).broadcasters, 1);
});

Deno.test("countPatterns() finds nothing in no graph and refuses no leaves", () => {
  const none = bothWays({ nodes: 0, edges: [] });
  assert.deepEqual(new Set(Object.values(countPatterns(none))), new Set([0]));
  for (const leaves of [0, 1.5, NaN, -1]) {
    assert.throws(() => countPatterns(none, { leaves }), {
      name: "RangeError",
      message: /leaves: expected a whole number of at least 1/,
    });
  }
});

Deno.test("chainsOfTypes() and chainsAcrossOwners() agree with trying all when graphs are random", () => {
  const rng = random({ seed: 8 });
  for (let round = 0; round < 300; round++) {
    const nodes = 1 + rng.below(8);
    const edges = Array.from(
      { length: rng.below(3 * nodes) },
      (): [number, number] => [rng.below(nodes), rng.below(nodes)],
    );
    const graph = { nodes, edges };
    const types = Array.from({ length: nodes }, () => rng.below(2));
    const path = [rng.below(2), rng.below(2), rng.below(2)] as const;
    const owners = Array.from(
      { length: nodes },
      () => [0, 1, 2, 3, 4].filter(() => rng.chance(0.25)),
    );
    const typed = (chain: readonly number[]) => chain.every((node, i) => types[node] === path[i]);
    const apart = (chain: readonly number[]) =>
      chain.every((u, i) =>
        owners[u].length > 0 &&
        chain.every((v, j) => i === j || !owners[u].some((owner) => owners[v].includes(owner)))
      );
    const chains = (counts: (chain: readonly number[]) => boolean) =>
      slowInstances(graph, shapes.chain, counts).length;
    const of = { types, path };
    const column = ownerColumn(owners);
    const both = bothWays(graph);
    assert.equal(chainsOfTypes(both, of), chains(typed));
    assert.equal(chainsAcrossOwners(both, { owners: column }), chains(apart));
    assert.equal(
      chainsAcrossOwners(both, { owners: column, of }),
      chains((chain) => typed(chain) && apart(chain)),
    );
  }
});

Deno.test("chainsOfTypes() and chainsAcrossOwners() refuse columns of another length", () => {
  const graph = bothWays({ nodes: 2, edges: [[0, 1]] });
  const path = [0, 0, 0] as const;
  assert.throws(() => chainsOfTypes(graph, { types: [0], path }), {
    name: "RangeError",
    message: "Cannot count chains: found a type for 1 nodes, expected one for each of 2",
  });
  const owners = ownerColumn([[0], [1], [2]]);
  assert.throws(() => chainsAcrossOwners(graph, { owners }), /list of owners for 3 nodes/);
  const of = { types: [0, 0, 0], path };
  assert.throws(() => chainsAcrossOwners(graph, { owners: ownerColumn([[], []]), of }), RangeError);
});
