import assert from "node:assert/strict";
import {
  type BootstrapInterval,
  ratioBootstrap,
  type RatioClusters,
  ratioDifferenceBootstrap,
} from "../../lib/core/cluster_bootstrap.ts";
import { random } from "../../lib/core/random.ts";
import { type Cluster, slowInterval } from "../oracle/slow_bootstrap.ts";

const nothing = { low: null, high: null, replicates: 0, standardError: null };

function column(clusters: readonly Cluster[], j: number): RatioClusters {
  return {
    numerator: Float64Array.from(clusters, (cluster) => cluster[j][0]),
    denominator: Float64Array.from(clusters, (cluster) => cluster[j][1]),
  };
}

function of(...clusters: [number, number][]): RatioClusters {
  return column(clusters.map((cluster) => [cluster]), 0);
}

/** Clusters whose sizes have a heavy tail. */
function randomClusters(
  { seed, count, ratios }: { seed: number; count: number; ratios: number },
): Cluster[] {
  const rng = random({ seed });
  return Array.from(
    { length: count },
    () =>
      Array.from({ length: ratios }, (): [number, number] => {
        const size = Math.floor((1 - rng.uniform()) ** -0.6);
        const share = rng.uniform();
        let sum = 0;
        for (let i = 0; i < size; i++) sum += Number(rng.chance(share));
        return [sum, size];
      }),
  );
}

function assertClose(found: BootstrapInterval, expected: ReturnType<typeof slowInterval>) {
  if (expected.freedom < 2) {
    assert.deepEqual(found, { estimate: found.estimate, ...nothing });
    return;
  }
  for (const key of ["estimate", "low", "high", "standardError"] as const) {
    assert.ok(
      Math.abs(found[key]! - expected[key]) < 1e-9,
      `${key}: ${found[key]}, expected ${expected[key]}`,
    );
  }
}

Deno.test("ratioBootstrap() equals its slow definition when clusters are random", () => {
  for (let seed = 1; seed <= 12; seed++) {
    const clusters = randomClusters({ seed, count: 40 + 5 * seed, ratios: 1 });
    const options = { replicates: 150, seed: seed + 100, level: seed % 2 === 0 ? 0.95 : 0.8 };
    assertClose(ratioBootstrap(column(clusters, 0), options), slowInterval(clusters, options));
  }
});

Deno.test("ratioDifferenceBootstrap() equals its slow definition when clusters are random", () => {
  for (let seed = 1; seed <= 12; seed++) {
    const clusters = randomClusters({ seed, count: 40 + 5 * seed, ratios: 2 });
    const options = { replicates: 150, seed, level: 0.9 };
    const both = { first: column(clusters, 0), second: column(clusters, 1) };
    assertClose(ratioDifferenceBootstrap(both, options), slowInterval(clusters, options));
  }
});

Deno.test("ratioBootstrap() is the mean with its textbook standard error when each cluster is one observation", () => {
  const values = [4, 8, 15, 16, 23, 42];
  const { estimate, standardError } = ratioBootstrap(
    of(...values.map((v): [number, number] => [v, 1])),
  );
  assert.equal(estimate, 18);
  const squares = values.reduce((sum, value) => sum + (value - 18) ** 2, 0);
  assert.ok(Math.abs(standardError! - Math.sqrt(squares / 5 / 6)) < 1e-12);
});

Deno.test("ratioBootstrap() depends on the seed alone, and leaves out clusters that do not count", () => {
  const clusters = of([1, 2], [0, 1], [2, 3], [1, 4], [0, 1], [3, 5], [2, 2]);
  const found = ratioBootstrap(clusters, { seed: 5 });
  assert.deepEqual(ratioBootstrap(clusters, { seed: 5 }), found);
  assert.notDeepEqual(ratioBootstrap(clusters, { seed: 6 }), found);
  const more = of([1, 2], [0, 0], [0, 1], [2, 3], [1, 4], [0, 1], [3, 5], [2, 2], [0, 0]);
  assert.deepEqual(ratioBootstrap(more, { seed: 5 }), found);
});

Deno.test("ratioBootstrap() is wider at a higher level and does not leave its range", () => {
  const clusters = of([0, 2], [0, 1], [0, 3], [1, 4], [0, 1], [1, 5], [0, 2], [0, 4]);
  const narrow = ratioBootstrap(clusters, { level: 0.5 });
  const wide = ratioBootstrap(clusters, { level: 0.95 });
  assert.ok(wide.low! < narrow.low! && narrow.high! < wide.high!);
  assert.ok(wide.low! < 0);
  const { low, high } = ratioBootstrap(clusters, { level: 0.95, range: [0, 1] });
  assert.equal(low, 0);
  assert.equal(high, wide.high);
});

Deno.test("ratioBootstrap() gives no interval when it would mean little", () => {
  assert.deepEqual(ratioBootstrap(of()), { estimate: null, ...nothing });
  assert.deepEqual(ratioBootstrap(of([0, 0], [0, 0])), { estimate: null, ...nothing });
  const four = of([1, 2], [0, 2], [2, 2], [1, 3]);
  assert.deepEqual(ratioBootstrap(four), { estimate: 4 / 9, ...nothing });
  const agree = of([0.1, 0.3], [0.2, 0.6], [0.3, 0.9], [0.7, 2.1], [0.4, 1.2], [0.9, 2.7]);
  const { estimate, ...ends } = ratioBootstrap(agree);
  assert.ok(Math.abs(estimate! - 1 / 3) < 1e-12);
  assert.deepEqual(ends, nothing);
  const dominated = of([900, 1000], [1, 3], [0, 2], [1, 2], [1, 1], [0, 1], [1, 3]);
  assert.equal(ratioBootstrap(dominated).low, null);
  const same = of([1, 2], [0, 2], [2, 2], [1, 3], [3, 4], [0, 1]);
  assert.deepEqual(ratioDifferenceBootstrap({ first: same, second: same }), {
    estimate: 0,
    ...nothing,
  });
  const never = of([0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0]);
  assert.equal(ratioDifferenceBootstrap({ first: same, second: never }).estimate, null);
});

Deno.test("ratioBootstrap() keeps its standard error on average when clusters are bundled", () => {
  const clusters = randomClusters({ seed: 3, count: 9000, ratios: 1 });
  const { numerator, denominator } = column(clusters, 0);
  const above = numerator.reduce((a, b) => a + b);
  const below = denominator.reduce((a, b) => a + b);
  const squares = numerator.reduce(
    (sum, value, i) =>
      sum + ((value - above / below * denominator[i]) / (below - denominator[i])) ** 2,
    0,
  );
  let mean = 0;
  for (let seed = 1; seed <= 10; seed++) {
    mean += ratioBootstrap({ numerator, denominator }, { seed, replicates: 100 }).standardError! /
      10;
  }
  assert.ok(Math.abs(mean / Math.sqrt(squares) - 1) < 0.02, `${mean}, ${Math.sqrt(squares)}`);
});

Deno.test("ratioBootstrap() refuses columns of other lengths, bad numbers and bad options", () => {
  const good = of([1, 2], [0, 2], [2, 2], [1, 3], [2, 5]);
  assert.throws(
    () => ratioBootstrap({ numerator: new Float64Array(2), denominator: new Float64Array(3) }),
    TypeError,
  );
  assert.throws(
    () => ratioDifferenceBootstrap({ first: good, second: of([1, 1]) }),
    { name: "TypeError", message: /columns of 1 and 1 beside one of 5/ },
  );
  assert.throws(() => ratioBootstrap(of([1, 2], [1, -1])), {
    name: "RangeError",
    message: /cluster 1 is 1 \/ -1/,
  });
  assert.throws(() => ratioBootstrap(of([NaN, 1])), RangeError);
  assert.throws(() => ratioBootstrap(of([1, Infinity])), RangeError);
  for (const replicates of [99, 100.5, NaN]) {
    assert.throws(() => ratioBootstrap(good, { replicates }), /replicates is/);
  }
  for (const level of [0, 1, NaN]) assert.throws(() => ratioBootstrap(good, { level }), /level is/);
});
