import assert from "node:assert/strict";
import { random } from "../../../lib/core/random.ts";
import { removal } from "../../../lib/graph/removal/removal.ts";
import { removalReadings, RemovalState } from "../../../lib/graph/removal/removal_state.ts";
import { bothWays, randomGraph, slowRemoval } from "../../oracle/slow_removal.ts";

//  0 --> 2 --> 4 --> 6 <--> 7     5 -> 5, 4 -> 5
//  1 --> 2     3 --> 4
const graph = bothWays({
  nodes: 8,
  edges: [[0, 2], [1, 2], [2, 4], [3, 4], [4, 6], [6, 7], [7, 6], [5, 5], [4, 5]],
});
const types = Uint8Array.of(0, 0, 1, 0, 1, 2, 2, 2);

function plain({ seeds, lost, steps, byStep, affected }: ReturnType<typeof removal>) {
  return {
    seeds: [...seeds],
    lost: [...lost],
    steps: [...steps],
    byStep,
    affected: [...affected],
  };
}

Deno.test("removal() loses everything downstream when all dependencies are needed", () => {
  assert.deepEqual(plain(removal(graph, [0])), {
    seeds: [0],
    lost: [2, 4, 5, 6, 7],
    steps: [1, 2, 3, 3, 4],
    byStep: [1, 1, 2, 1],
    affected: [],
  });
});

Deno.test("removal() spares what has another dependency when any will do, and a cycle that has itself", () => {
  assert.deepEqual(plain(removal(graph, [0], { reading: "any" })), {
    seeds: [0],
    lost: [],
    steps: [],
    byStep: [],
    affected: [2],
  });
  assert.deepEqual(plain(removal(graph, [1, 0, 3, 1], { reading: "any" })), {
    seeds: [0, 1, 3],
    lost: [2, 4, 5],
    steps: [1, 2, 3],
    byStep: [1, 1, 1],
    affected: [6],
  });
});

Deno.test("removal() lets dependencies of one type stand in for each other", () => {
  // 4 needs the model 2 and the dataset 3; 2 has the datasets 0 and 1; 6 needs 4, a model, and 7, an application.
  assert.deepEqual(plain(removal(graph, [0], { reading: "kinds", types })).affected, [2]);
  assert.deepEqual(plain(removal(graph, [3], { reading: "kinds", types })), {
    seeds: [3],
    lost: [4, 5, 6, 7],
    steps: [1, 2, 2, 3],
    byStep: [1, 2, 1],
    affected: [],
  });
});

Deno.test("removal() equals the definition on random graphs with cycles and self-loops", () => {
  const rng = random({ seed: 1 });
  for (let run = 0; run < 1500; run++) {
    const nodes = 1 + rng.below(12);
    const plainGraph = randomGraph(rng, { nodes, edges: rng.below(30), acyclic: run % 3 === 0 });
    const types = Uint8Array.from({ length: nodes }, () => rng.below(3));
    const seeds = Array.from({ length: rng.below(3) }, () => rng.below(nodes));
    for (const reading of removalReadings) {
      const found = removal(bothWays(plainGraph), seeds, { reading, types });
      const rounds = new Array(nodes).fill(-1);
      for (const seed of found.seeds) rounds[seed] = 0;
      found.lost.forEach((node, i) => rounds[node] = found.steps[i]);
      const slow = slowRemoval(plainGraph, seeds, { reading, types: [...types] });
      assert.deepEqual(rounds, slow, reading);
      assert.deepEqual(
        [...found.affected],
        slow.flatMap((round, v) =>
          round < 0 && plainGraph.edges.some(([a, b]) => b === v && slow[a] >= 0) ? [v] : []
        ),
      );
    }
  }
});

Deno.test("RemovalState takes removals back so that the next ones find the graph as it was", () => {
  const rng = random({ seed: 2 });
  for (let run = 0; run < 300; run++) {
    const nodes = 2 + rng.below(11);
    const plainGraph = randomGraph(rng, { nodes, edges: rng.below(30) });
    const types = Uint8Array.from({ length: nodes }, () => rng.below(3));
    for (const reading of removalReadings) {
      const state = new RemovalState(bothWays(plainGraph), { reading, types });
      const [first, second, third] = [rng.below(nodes), rng.below(nodes), rng.below(nodes)];
      state.remove(first);
      const kept = state.count;
      state.remove(second);
      state.rollback(kept);
      state.remove(third);
      const slow = slowRemoval(plainGraph, [first, third], { reading, types: [...types] });
      assert.deepEqual([...state.lost], slow.map((round) => round < 0 ? 0 : 1));
      assert.equal(state.count, slow.filter((round) => round >= 0).length);
    }
  }
});

Deno.test("removal() of nothing loses nothing, and of an empty graph nothing can be lost", () => {
  assert.deepEqual(plain(removal(graph, [])).lost, []);
  assert.deepEqual(plain(removal(bothWays({ nodes: 0, edges: [] }), [])).lost, []);
});

Deno.test("removal() refuses nodes that are not there, unknown readings and missing types", () => {
  for (const seed of [-1, 8, 0.5, NaN]) {
    assert.throws(() => removal(graph, [seed]), { name: "RangeError", message: /Cannot remove/ });
  }
  assert.throws(() => removal(graph, [0], { reading: "__proto__" as never }), {
    name: "RangeError",
    message: /under the reading "__proto__": expected one of "all", "any", "kinds"/,
  });
  assert.throws(() => removal(graph, [0], { reading: "kinds" }), /found 0 types, expected one/);
  assert.throws(
    () => removal(graph, [0], { reading: "kinds", types: new Uint8Array(7) }),
    /found 7 types, expected one for each of 8 nodes/,
  );
});
