import assert from "node:assert/strict";
import { random } from "../../../lib/core/random.ts";
import { adversarialSequence } from "../../../lib/graph/removal/adversarial_sequence.ts";
import { randomRemovals } from "../../../lib/graph/removal/random_removals.ts";
import { removalReadings } from "../../../lib/graph/removal/removal_state.ts";
import { bothWays, randomGraph, slowLoss, slowWorst } from "../../oracle/slow_removal.ts";

Deno.test("adversarialSequence() removes what costs most, then what costs most of the rest", () => {
  //  0 -> 1 -> 2, 3     4 -> 3     5 -> 6
  const graph = bothWays({ nodes: 7, edges: [[0, 1], [1, 2], [1, 3], [4, 3], [5, 6]] });
  assert.deepEqual(adversarialSequence(graph, { k: 2 }).steps, [
    { node: 0, gain: 4, lost: 4 },
    { node: 5, gain: 2, lost: 6 },
  ]);
  assert.deepEqual(adversarialSequence(graph, { k: 9 }).steps.map(({ node }) => node), [0, 5, 4]);
  const any = adversarialSequence(graph, { k: 1, reading: "any" });
  assert.deepEqual(any.steps, [{ node: 0, gain: 3, lost: 3 }]);
  assert.equal(any.guarantee, null);
});

Deno.test("adversarialSequence() is greedy choice on random graphs, and keeps its guarantee", () => {
  const rng = random({ seed: 5 });
  let tight = 0;
  for (let run = 0; run < 150; run++) {
    const nodes = 2 + rng.below(8);
    const graph = randomGraph(rng, { nodes, edges: rng.below(2 * nodes), acyclic: run % 2 === 0 });
    const types = Uint8Array.from({ length: nodes }, () => rng.below(2));
    const k = 1 + rng.below(3);
    for (const reading of removalReadings) {
      const options = { reading, types: [...types] };
      const { steps, guarantee } = adversarialSequence(bothWays(graph), { k, reading, types });
      const seeds: number[] = [];
      for (const { node, gain, lost } of steps) {
        const before = slowLoss(graph, seeds, options);
        const gains = Array.from(
          { length: nodes },
          (_, u) => slowLoss(graph, [...seeds, u], options) - before,
        );
        assert.equal(gain, Math.max(...gains));
        assert.equal(node, gains.indexOf(gain));
        assert.equal(lost, before + gain);
        seeds.push(node);
      }
      const reached = steps.at(-1)!.lost;
      assert.ok(steps.length === k || reached === nodes);
      if (reading !== "all") {
        assert.equal(guarantee, null);
        continue;
      }
      const best = slowWorst(graph, k, options);
      assert.ok(guarantee!.bound >= best && guarantee!.bound <= nodes);
      assert.ok(guarantee!.known > 1 - 1 / Math.E);
      assert.ok(reached >= guarantee!.share * best - 1e-9);
      assert.ok(guarantee!.share >= guarantee!.known && guarantee!.measured <= 1);
      if (guarantee!.bound === best) tight++;
    }
  }
  assert.ok(tight > 75, `the bound is exact in ${tight} of 150 graphs`);
});

Deno.test("under `any` two removals can do more than the sum of each, so nothing is guaranteed", () => {
  //  0 -> 2 <- 1,  2 -> 3, 4, 5
  const plain = {
    nodes: 8,
    edges: [[0, 2], [1, 2], [2, 3], [2, 4], [2, 5], [6, 7]] as [number, number][],
  };
  const options = { reading: "any" as const, types: [] };
  const loss = (seeds: number[]) => slowLoss(plain, seeds, options);
  assert.ok(loss([0, 1]) > loss([0]) + loss([1]));
});

Deno.test("adversarialSequence() ends when nothing is left, and needs a graph and a whole number", () => {
  const empty = bothWays({ nodes: 0, edges: [] });
  const { steps, guarantee } = adversarialSequence(empty);
  assert.deepEqual([steps.length, guarantee!.bound, guarantee!.measured], [0, 0, 1]);
  assert.deepEqual(adversarialSequence(empty, { reading: "any" }).steps, []);
  for (const k of [0, -1, 1.5, NaN]) {
    assert.throws(() => adversarialSequence(empty, { k }), {
      name: "RangeError",
      message: `Cannot choose removals: k is ${k}, expected a whole number of at least 1`,
    });
  }
});

Deno.test("randomRemovals() has the mean of all orders, and the same for the same seed", () => {
  //  0 -> 1 -> 2
  const graph = bothWays({ nodes: 3, edges: [[0, 1], [1, 2]] });
  const found = randomRemovals(graph, { k: 5, runs: 4000 });
  assert.deepEqual(found, randomRemovals(graph, { k: 5, runs: 4000 }));
  assert.notDeepEqual(found, randomRemovals(graph, { k: 5, runs: 4000, seed: 2 }));
  // First removal: 3, 2 or 1 are gone. The second takes all but when 2 and then 1 went: 1/3 x 1/2.
  assert.equal(found.mean.length, 3);
  assert.ok(Math.abs(found.mean[0] - 2) < 0.05);
  assert.ok(Math.abs(found.mean[1] - (3 - 1 / 6)) < 0.03);
  assert.equal(found.mean[2], 3);
  assert.deepEqual([found.low[0], found.high[0]], [1, 3]);
});

Deno.test("randomRemovals() interpolates the band between runs", () => {
  const graph = bothWays({ nodes: 2, edges: [[0, 1]] });
  const { low, high, mean } = randomRemovals(graph, { k: 1, runs: 1 });
  assert.deepEqual([low, high], [mean, mean]);
  const bands = Array.from(
    { length: 20 },
    (_, seed) => randomRemovals(graph, { k: 1, runs: 2, seed }),
  );
  const apart = bands.filter(({ mean }) => mean[0] === 1.5);
  assert.ok(apart.length > 0);
  for (const { low, high } of apart) assert.deepEqual([low, high], [[1.025], [1.975]]);
  assert.deepEqual(randomRemovals(bothWays({ nodes: 0, edges: [] })).mean, []);
  for (const wrong of [{ k: 0 }, { runs: 0 }, { runs: 2.5 }]) {
    assert.throws(() => randomRemovals(graph, wrong), { name: "RangeError" });
  }
});
