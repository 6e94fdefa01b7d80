import assert from "node:assert/strict";
import { bundleClusters, type RatioClusters } from "../../lib/core/cluster_bundles.ts";
import { random } from "../../lib/core/random.ts";

function clusters(count: number, size: (i: number) => number): RatioClusters {
  return {
    numerator: Float64Array.from({ length: count }, (_, i) => i),
    denominator: Float64Array.from({ length: count }, (_, i) => size(i)),
  };
}

Deno.test("bundleClusters() leaves 4,096 clusters as they are and in their order", () => {
  const given = clusters(4096, (i) => 1 + i % 7);
  const { units, columns } = bundleClusters([given], { rng: random() });
  assert.equal(units, 4096);
  assert.deepEqual(columns, [given]);
});

Deno.test("bundleClusters() drops clusters that no ratio counts, with the rounding errors in them", () => {
  const first = {
    numerator: Float64Array.of(1, 1e-17, 2, 5),
    denominator: Float64Array.of(1, 0, 2, 0),
  };
  const second = {
    numerator: Float64Array.of(3, 9, 4, 1),
    denominator: Float64Array.of(1, 0, 0, 2),
  };
  const { units, columns } = bundleClusters([first, second], { rng: random() });
  assert.equal(units, 3);
  assert.deepEqual(columns, [
    { numerator: Float64Array.of(1, 2, 0), denominator: Float64Array.of(1, 2, 0) },
    { numerator: Float64Array.of(3, 0, 1), denominator: Float64Array.of(1, 0, 2) },
  ]);
});

Deno.test("bundleClusters() keeps sums, and the 1,024 largest clusters on their own, when there are more", () => {
  const given = clusters(10_000, (i) => 1 + (i * 7919) % 10_000);
  const { units, columns: [{ numerator, denominator }] } = bundleClusters([given], {
    rng: random(),
  });
  assert.equal(units, 4096);
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b);
  assert.equal(sum(numerator), sum(given.numerator));
  assert.equal(sum(denominator), sum(given.denominator));
  const largest = given.denominator.slice().sort().reverse().subarray(0, 1024);
  assert.deepEqual(denominator.slice(0, 1024), largest);
  const again = bundleClusters([given], { rng: random() });
  assert.deepEqual(again.columns[0].denominator, denominator);
  const other = bundleClusters([given], { rng: random({ seed: 2 }) });
  assert.notDeepEqual(other.columns[0].denominator, denominator);
});

Deno.test("bundleClusters() takes the larger share when two ratios disagree on which clusters are large", () => {
  const first = clusters(5000, (i) => i === 4000 ? 1000 : 1);
  const second = clusters(5000, (i) => i === 4500 ? 1000 : 1);
  const { columns } = bundleClusters([first, second], { rng: random() });
  assert.equal(columns[0].denominator[0], 1000);
  assert.equal(columns[1].denominator[1], 1000);
});
