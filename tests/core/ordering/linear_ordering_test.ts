import assert from "node:assert/strict";
import { forwardTraffic, linearOrdering } from "../../../lib/core/ordering/linear_ordering.ts";
import { linearOrderingProgram } from "../../../lib/core/ordering/linear_ordering_program.ts";
import { plantedNet, randomNet, slowOrdering } from "../../oracle/slow_ordering.ts";

/** Pairs in the order of their places that some of the orders have the other way round. */
function reversible(order: number[], orders: number[][]): string[] {
  return order.flatMap((i, a) =>
    order.slice(a + 1)
      .filter((j) => orders.some((other) => other.indexOf(j) < other.indexOf(i)))
      .map((j) => `${i} ${j}`)
  ).sort();
}

const pairs = (list: [number, number][]) => list.map(([i, j]) => `${i} ${j}`).sort();

Deno.test("linearOrdering() finds the optimum, all ties and the first optimal order when every permutation is tried", () => {
  const seen = { tied: 0, unique: 0, violated: 0 };
  for (let seed = 1; seed <= 120; seed++) {
    const n = seed % 8;
    const net = randomNet(n, { seed, most: 1 + seed % 6, density: 0.3 + 0.7 * (seed % 3) / 2 });
    const found = linearOrdering(net);
    const { forward, orders } = slowOrdering(net);
    assert.equal(found.forward, forward, `seed ${seed}`);
    assert.equal(found.bound, forward);
    assert.equal(forwardTraffic(net, { order: found.order }), forward);
    assert.equal(found.orders, orders.length, `seed ${seed}`);
    assert.equal(found.unique, orders.length === 1);
    assert.deepEqual(pairs(found.free), reversible(found.order, orders), `seed ${seed}`);
    // Permutations are tried in lexicographic order.
    assert.deepEqual(found.order, orders[0]);
    const against = found.violations.reduce((sum, { net }) => sum + net, 0);
    assert.equal(found.total - found.forward, against);
    for (const { from, to, net: weight } of found.violations) {
      assert.equal(net[from][to], weight);
      assert.ok(found.order.indexOf(from) > found.order.indexOf(to));
    }
    seen[found.unique ? "unique" : "tied"]++;
    if (against > 0) seen.violated++;
  }
  assert.ok(Math.min(seen.tied, seen.unique, seen.violated) > 20, JSON.stringify(seen));
});

Deno.test("linearOrderingProgram() finds the optimum and all ties when every permutation is tried", async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const n = seed % 8;
    const net = randomNet(n, { seed, most: 1 + seed % 4, density: 0.3 + 0.7 * (seed % 3) / 2 });
    const { forward, orders } = slowOrdering(net);
    for (const subsets of [1, 4, 20]) {
      const found = await linearOrderingProgram(net, { subsets });
      assert.ok(found.optimal);
      assert.equal(found.forward, forward, `seed ${seed}`);
      assert.deepEqual(found.undecided, []);
      assert.equal(found.unique, orders.length === 1, `seed ${seed}, subsets ${subsets}`);
      assert.equal(found.orders, orders.length === 1 ? 1 : null);
      assert.deepEqual(
        pairs(found.free),
        reversible(found.order, orders),
        `seed ${seed}, subsets ${subsets}`,
      );
    }
  }
});

Deno.test("linearOrderingProgram() agrees with linearOrdering() on dense matrices of 8 to 14 items", async () => {
  for (let n = 8; n <= 14; n++) {
    for (const most of [2, 50]) {
      const net = randomNet(n, { seed: n, most });
      const wanted = linearOrdering(net);
      const found = await linearOrderingProgram(net, { subsets: 1 });
      assert.ok(found.optimal);
      assert.equal(found.forward, wanted.forward);
      assert.equal(found.unique, wanted.unique);
      // Each names the earlier item of its own order first.
      const unordered = (list: [number, number][]) =>
        list.map(([i, j]) => `${Math.min(i, j)} ${Math.max(i, j)}`).sort();
      assert.deepEqual(unordered(found.free), unordered(wanted.free));
      if (wanted.unique) assert.deepEqual(found.order, wanted.order);
    }
  }
});

Deno.test("linearOrdering() and linearOrderingProgram() recover a planted order", async () => {
  for (const n of [1, 2, 5, 12, 17]) {
    const { net, order } = plantedNet(n, { seed: n, density: 0.4 });
    const found = linearOrdering(net);
    assert.deepEqual(found.order, order);
    assert.equal(found.unique, true);
    assert.equal(found.orders, 1);
    assert.deepEqual(found.violations, []);
  }
  for (const n of [21, 40, 60]) {
    const { net, order } = plantedNet(n, { seed: n, density: 0.3 });
    const found = await linearOrderingProgram(net);
    assert.deepEqual(found.order, order);
    assert.equal(found.unique, true);
    assert.equal(found.forward, found.total);
  }
});

Deno.test("linearOrderingProgram() recovers a planted order of 40 items that weak traffic contradicts", async () => {
  const { net, order } = plantedNet(40, { seed: 3, density: 1 });
  let against = 0;
  for (let k = 0; k < 76; k++) {
    // Weak contradictions between items that stand far apart: no order without the planted pairs makes up for them.
    const a = k % 15;
    const [i, j] = [order[a], order[a + 24 - k % 4]];
    if (net[i][j] < 0) continue;
    net[i][j] = -1;
    net[j][i] = 1;
    against++;
  }
  const found = await linearOrderingProgram(net);
  assert.ok(found.optimal);
  assert.deepEqual(found.order, order);
  assert.equal(found.unique, true);
  assert.equal(found.violations.length, against);
  assert.ok(against >= 40);
});

Deno.test("linearOrderingProgram() says what is not proven when its nodes run out", async () => {
  const net = randomNet(24, { seed: 5, most: 9 });
  const none = await linearOrderingProgram(net, { nodes: 0, subsets: 1 });
  assert.equal(none.optimal, false);
  assert.equal(none.unique, null);
  assert.equal(none.undecided.length, 24 * 23 / 2);
  assert.ok(none.bound <= none.total && none.bound > none.forward);
  const found = await linearOrderingProgram(net, { ties: false });
  assert.ok(found.optimal);
  assert.ok(found.forward <= none.bound && found.forward > none.forward);
  assert.ok(found.unique !== true);
  assert.ok(found.undecided.length > 0);
});

Deno.test("linearOrdering() counts every order as optimal when there is no traffic", async () => {
  const net = randomNet(9, { seed: 1, most: 0 });
  const found = linearOrdering(net);
  assert.equal(found.orders, 362880);
  assert.equal(found.free.length, 36);
  assert.deepEqual(found.order, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.equal((await linearOrderingProgram(net)).free.length, 36);
  assert.deepEqual(linearOrdering([]), {
    order: [],
    total: 0,
    forward: 0,
    bound: 0,
    optimal: true,
    unique: true,
    orders: 1,
    free: [],
    undecided: [],
    violations: [],
  });
});

Deno.test("linearOrdering(), linearOrderingProgram() and forwardTraffic() refuse what is no net traffic", async () => {
  const zeros = (n: number) => randomNet(n, { seed: 1, most: 0 });
  assert.throws(() => linearOrdering([[0, 1]]), { name: "TypeError", message: /row 0 has 2/ });
  for (
    const net of [
      [[1]],
      [[0, 1], [1, 0]],
      [[0, 0.5], [-0.5, 0]],
      [[0, NaN], [NaN, 0]],
      [[0, Infinity], [-Infinity, 0]],
      [[0, 2 ** 52, 2 ** 52], [-(2 ** 52), 0, 2 ** 52], [-(2 ** 52), -(2 ** 52), 0]],
    ]
  ) {
    assert.throws(() => linearOrdering(net), RangeError);
    await assert.rejects(linearOrderingProgram(net), RangeError);
  }
  assert.throws(() => linearOrdering(zeros(21)), { name: "RangeError", message: /at most 20/ });
  await assert.rejects(linearOrderingProgram(zeros(61)), {
    name: "RangeError",
    message: /found|at most 60/,
  });
  await assert.rejects(linearOrderingProgram(zeros(2), { nodes: -1 }), RangeError);
  await assert.rejects(linearOrderingProgram(zeros(2), { subsets: 21 }), RangeError);
  for (const order of [[0], [0, 0], [0, 2], [0, 1, 1]]) {
    assert.throws(() => forwardTraffic(zeros(2), { order }), RangeError);
  }
});
