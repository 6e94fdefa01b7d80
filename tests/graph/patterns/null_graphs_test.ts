import assert from "node:assert/strict";
import { buildCsr } from "../../../lib/core/csr.ts";
import { random } from "../../../lib/core/random.ts";
import { dependencyOrder } from "../../../lib/graph/patterns/dependency_order.ts";
import { NullGraphs, type NullGraphsOptions } from "../../../lib/graph/patterns/null_graphs.ts";
import { graphKey, slowSameDegrees } from "../../oracle/slow_patterns.ts";

type Edges = [from: number, to: number][];

function columns(edges: Edges) {
  return {
    from: Uint32Array.from(edges, ([u]) => u),
    to: Uint32Array.from(edges, ([, v]) => v),
  };
}

const pairs = ({ from, to }: { from: Uint32Array; to: Uint32Array }) =>
  Array.from(from, (u, e) => [u, to[e]]);

/** How often each graph is sampled, after `steps` swaps each. */
function sample(
  nodes: number,
  edges: Edges,
  { draws, steps, ...options }: NullGraphsOptions & { draws: number; steps: number },
): Map<string, number> {
  const graphs = new NullGraphs(nodes, { ...columns(edges), ...options });
  const counts = new Map<string, number>();
  for (let i = 0; i < draws; i++) {
    graphs.next(steps);
    const key = graphKey(pairs(graphs));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Refuses counts that differ from equal ones by more than chance does once in 1000 times (Wilson and Hilferty 1931). */
function assertEven(counts: Map<string, number>, wanted: readonly string[]): void {
  assert.deepEqual([...counts.keys()].sort(), [...wanted].sort());
  const draws = counts.values().reduce((a, b) => a + b, 0);
  const each = draws / wanted.length;
  const square = counts.values().reduce((sum, count) => sum + (count - each) ** 2 / each, 0);
  const freedom = wanted.length - 1;
  const step = 2 / (9 * freedom);
  assert.ok(square < freedom * (1 - step + 3.09 * Math.sqrt(step)) ** 3, `chi-square ${square}`);
}

//  0 -> 1 -> 2 -> 0    a ring alone: two graphs, which swaps do not join
const ring: Edges = [[0, 1], [1, 2], [2, 0]];
//  0 -> 1 -> 3 -> 4, 0 -> 2 -> 3, 4 -> 0
const mixed: Edges = [[0, 1], [0, 2], [1, 3], [2, 3], [3, 4], [4, 0]];

Deno.test("NullGraphs draws every graph of the same degrees with the same probability", () => {
  for (const edges of [ring, mixed]) {
    const nodes = edges === ring ? 3 : 5;
    const all = slowSameDegrees({ nodes, edges });
    assert.ok(all.length === (edges === ring ? 2 : 48));
    assertEven(sample(nodes, edges, { draws: 400 * all.length, steps: 60, seed: 1 }), all);
  }
});

Deno.test("NullGraphs draws every graph of the same degrees, types and order with the same probability", () => {
  const types = [0, 0, 1, 1, 1, 1];
  const order = [0, 0, 1, 2, 3, 4];
  const edges: Edges = [[0, 2], [0, 4], [1, 5], [2, 3], [2, 4], [3, 4], [4, 5]];
  const kindsOf = (key: string) =>
    key.split(" ").map((edge) => {
      const [u, v] = edge.split(">").map(Number);
      return [`${u}>${types[v]}`, `${types[u]}>${v}`];
    }).flat().sort().join();
  const forward = (key: string) =>
    key.split(" ").every((edge) => {
      const [u, v] = edge.split(">").map(Number);
      return order[u] < order[v];
    });
  const same = slowSameDegrees({ nodes: 6, edges });
  const typed = same.filter((key) => kindsOf(key) === kindsOf(graphKey(edges)));
  const ordered = same.filter(forward);
  const both = typed.filter(forward);
  assert.deepEqual([same, typed, ordered, both].map(({ length }) => length), [22, 6, 8, 3]);
  const run = { draws: 4000, steps: 60, seed: 2 };
  assertEven(sample(6, edges, { ...run, types }), typed);
  assertEven(sample(6, edges, { ...run, order }), ordered);
  assertEven(sample(6, edges, { ...run, types, order }), both);
});

Deno.test("NullGraphs draws edges anew evenly when it keeps no degrees", () => {
  const edges: Edges = [[0, 1], [1, 2]];
  const counts = sample(4, edges, {
    degrees: false,
    order: [0, 1, 2, 3],
    draws: 6000,
    steps: 0,
    seed: 3,
  });
  const forward = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];
  const sets = forward.flatMap((a, i) => forward.slice(0, i).map((b) => graphKey([a, b])));
  assertEven(counts, sets);
  // With types the only edge from 0 to 1 leads from node 0 or 1 to node 2.
  const typed = sample(3, [[0, 2]], { degrees: false, types: [0, 0, 1], draws: 500, steps: 0 });
  assertEven(typed, ["0>2", "1>2"]);
});

Deno.test("NullGraphs keeps degrees, types and order and makes no loops or repeats when graphs are random", () => {
  const rng = random({ seed: 4 });
  for (let round = 0; round < 60; round++) {
    const nodes = 5 + rng.below(30);
    const joined = new Map<string, [number, number]>();
    for (let i = rng.below(4 * nodes); i > 0; i--) {
      const [u, v] = [rng.below(nodes), rng.below(nodes)];
      if (u !== v) joined.set(`${u}>${v}`, [u, v]);
    }
    const edges = [...joined.values()];
    const types = Array.from({ length: nodes }, () => rng.below(3));
    const { from, to } = columns(edges);
    const order = dependencyOrder(buildCsr(nodes, from, to), new Float64Array(nodes).fill(NaN));
    const graphs = new NullGraphs(nodes, { from, to, types, order, seed: round });
    graphs.next(500);
    const found = pairs(graphs);
    assert.equal(new Set(found.map(String)).size, edges.length);
    const kinds = (list: readonly (readonly number[])[]) =>
      list.flatMap(([u, v]) => [`${u}>${types[v]}`, `${types[u]}>${v}`]).sort();
    assert.deepEqual(kinds(found), kinds(edges));
    found.forEach(([u, v], e) => {
      assert.ok(order[u] < order[v] || (u === from[e] && v === to[e]));
    });
  }
});

Deno.test("NullGraphs stays where it is when no swap is allowed, and is the same for the same seed", () => {
  const alone = new NullGraphs(2, { ...columns([[0, 1]]) });
  assert.ok(Number.isNaN(alone.accepted));
  alone.next(10);
  assert.deepEqual([pairs(alone), alone.accepted, alone.free], [[[0, 1]], 0, 1]);
  const none = new NullGraphs(0, { ...columns([]) });
  none.next(10);
  assert.deepEqual([pairs(none), none.accepted, none.free], [[], 0, 0]);
  const states = [1, 1, 2].map((seed) => {
    const graphs = new NullGraphs(5, { ...columns(mixed), seed });
    return Array.from({ length: 20 }, () => {
      graphs.next(5);
      return graphKey(pairs(graphs));
    }).join("\n");
  });
  assert.equal(states[0], states[1]);
  assert.notEqual(states[0], states[2]);
});

Deno.test("NullGraphs refuses loops, repeats, nodes that are none and columns of another length", () => {
  const make = (edges: Edges, options: NullGraphsOptions = {}) => () =>
    new NullGraphs(3, { ...columns(edges), ...options });
  for (const edges of [[[1, 1]], [[0, 3]], [[3, 0]]] as Edges[]) {
    assert.throws(make(edges), { name: "RangeError", message: /expected two nodes below 3/ });
  }
  assert.throws(make([[0, 1], [0, 1]]), /the edge 0 -> 1 is given twice/);
  assert.throws(
    make([[0, 1]], { types: [0] }),
    /found a type for 1 nodes, expected one for each of 3/,
  );
  assert.throws(make([[0, 1]], { order: [0] }), /found a rank for 1 nodes/);
});

Deno.test("dependencyOrder() sorts by time, but nothing before what leads to it", () => {
  //  0 (2020) -> 1 (2010) -> 2 (no time)    3 (2015)    4 (no time)    5 (2000) <-> 6 (2030) -> 7 (2001)
  const from = Uint32Array.of(0, 1, 5, 6, 6);
  const to = Uint32Array.of(1, 2, 6, 5, 7);
  const times = Float64Array.of(2020, 2010, NaN, 2015, NaN, 2000, 2030, 2001);
  assert.deepEqual([...dependencyOrder(buildCsr(8, from, to), times)], [2, 3, 4, 1, 0, 5, 5, 6]);
  assert.deepEqual([
    ...dependencyOrder(buildCsr(0, from.slice(0, 0), to.slice(0, 0)), new Float64Array()),
  ], []);
  assert.throws(() => dependencyOrder(buildCsr(8, from, to), times.slice(1)), {
    name: "RangeError",
    message: "Cannot order the nodes: found 7 times, expected one for each of 8",
  });
});
