import assert from "node:assert/strict";
import { concentration, gini, herfindahl, lorenz, topShare } from "../../lib/core/concentration.ts";
import { random } from "../../lib/core/random.ts";

function close(a: number | null, b: number | null, message?: string): void {
  if (a === null || b === null) return assert.equal(a, b, message);
  assert.ok(Math.abs(a - b) < 1e-12, `${a} is not ${b}: ${message ?? ""}`);
}

/** By definition: mean absolute difference over all ordered pairs, over twice the mean. */
function slowGini(counts: readonly number[]): number | null {
  const total = counts.reduce((a, b) => a + b, 0);
  if (total === 0) return null;
  let differences = 0;
  for (const a of counts) for (const b of counts) differences += Math.abs(a - b);
  return differences / counts.length ** 2 / (2 * (total / counts.length));
}

/** By definition: the chance that two units of the total, drawn with replacement, have the same owner. */
function slowHerfindahl(counts: readonly number[]): number | null {
  const owners = counts.flatMap((count, i) => Array<number>(count).fill(i));
  let same = 0;
  for (const a of owners) for (const b of owners) if (a === b) same++;
  return owners.length === 0 ? null : same / owners.length ** 2;
}

Deno.test("gini() is the published and the hand-made values", () => {
  close(gini([1, 2, 3, 4, 5]), 4 / 15);
  close(gini([0, 0, 0, 8]), 3 / 4);
  close(gini([5, 0, 0, 0, 0]), 1 - 1 / 5);
  close(gini([3, 3, 3]), 0);
  close(gini([7]), 0);
  close(gini([1, 3]), 0.25);
});

Deno.test("herfindahl() is the hand-made values, normalised from 0 to 1", () => {
  // Shares 30%, 30%, 20%, 20%.
  close(herfindahl([3, 3, 2, 2]), 0.26);
  close(herfindahl([3, 3, 2, 2], { normalised: true }), (0.26 - 0.25) / 0.75);
  close(herfindahl([3, 3, 2, 2, 0]), 0.26);
  close(herfindahl([3, 3, 2, 2, 0], { normalised: true }), (0.26 - 0.2) / 0.8);
  assert.equal(herfindahl([9, 0], { normalised: true }), 1);
  close(herfindahl([0.1, 0.1, 0.1], { normalised: true }), 0);
  assert.equal(herfindahl([4]), 1);
  assert.equal(herfindahl([4], { normalised: true }), null);
});

Deno.test("topShare() is the share of the k largest", () => {
  close(topShare([1, 5, 2], { k: 1 }), 5 / 8);
  close(topShare([1, 5, 2], { k: 2 }), 7 / 8);
  assert.equal(topShare([1, 5, 2, 0], { k: 10 }), 1);
});

Deno.test("concentration() equals the definitions when counts are random", () => {
  const rng = random({ seed: 5 });
  for (let round = 0; round < 300; round++) {
    const counts = Array.from(
      { length: rng.below(14) },
      () => rng.chance(0.3) ? 0 : rng.below(1 + rng.below(20)),
    );
    const message = counts.join(" ");
    const found = concentration(
      [Uint32Array.from(counts), Float64Array.from(counts), counts][rng.below(3)],
      { k: [1, 2, 7] },
    );
    const positive = counts.filter((count) => count > 0);
    const total = counts.reduce((a, b) => a + b, 0);
    assert.deepEqual([found.population, found.positive, found.total], [
      counts.length,
      positive.length,
      total,
    ]);
    close(found.gini, slowGini(counts), message);
    close(found.giniOfPositive, slowGini(positive), message);
    close(found.herfindahl, slowHerfindahl(counts), message);
    close(found.effective, total === 0 ? null : 1 / slowHerfindahl(counts)!, message);
    close(found.gini, gini(counts), message);
    close(found.herfindahl, herfindahl(counts), message);
    close(found.normalisedHerfindahl, herfindahl(counts, { normalised: true }), message);
    for (const { k, share } of found.top) {
      const largest = counts.toSorted((a, b) => b - a).slice(0, k).reduce((a, b) => a + b, 0);
      close(share, total === 0 ? null : largest / total, message);
      close(share, topShare(counts, { k }), message);
    }
  }
});

Deno.test("concentration() is null where there is nothing to share out", () => {
  for (const counts of [[], [0], new Uint32Array(3)]) {
    const { population, positive, total, top, ...rest } = concentration(counts);
    assert.deepEqual([population, positive, total], [counts.length, 0, 0]);
    assert.deepEqual(new Set(Object.values(rest)), new Set([null]));
    assert.deepEqual(top, [1, 3, 10].map((k) => ({ k, share: null })));
  }
});

Deno.test("concentration() leaves its argument as it is", () => {
  const counts = Float64Array.of(3, 1, 2);
  concentration(counts);
  assert.deepEqual([...counts], [3, 1, 2]);
});

Deno.test("gini(), herfindahl() and topShare() refuse and quote what is no count", () => {
  for (const value of [-1, NaN, Infinity]) {
    for (const measure of [gini, herfindahl, concentration]) {
      assert.throws(() => measure([1, value]), {
        name: "RangeError",
        message: new RegExp(`value 1 is ${value}, expected a finite number of at least 0`),
      });
    }
  }
  for (const k of [0, -1, 1.5, NaN]) {
    assert.throws(() => topShare([1], { k }), {
      name: "RangeError",
      message: new RegExp(`k is ${k}, expected an integer of at least 1`),
    });
  }
});

Deno.test("concentration() ranks two million counts without losing digits", () => {
  const counts = new Uint32Array(2_000_000);
  for (let i = 0; i < counts.length; i++) counts[i] = i;
  const n = counts.length;
  const found = concentration(counts);
  assert.ok(Math.abs(found.gini! - (n + 1) / (3 * n)) < 1e-9);
  assert.ok(Math.abs(found.herfindahl! - (2 / 3) * (2 * n - 1) / (n * (n - 1))) < 1e-12);
});

Deno.test("lorenz() is the shares of the smallest, and twice its distance from the diagonal is gini()", () => {
  assert.deepEqual(lorenz([]), []);
  assert.deepEqual(lorenz([0, 0]), []);
  assert.deepEqual(lorenz([3, 3, 3]), [{ members: 0, share: 0 }, { members: 1, share: 1 }]);
  assert.deepEqual(lorenz([5, 1, 0, 0, 4]), [
    { members: 0, share: 0 },
    { members: 0.4, share: 0 },
    { members: 0.6, share: 0.1 },
    { members: 0.8, share: 0.5 },
    { members: 1, share: 1 },
  ]);
  const rng = random({ seed: 5 });
  for (let round = 0; round < 50; round++) {
    const counts = Array.from({ length: 1 + round }, () => rng.below(6));
    const points = lorenz(counts);
    let area = 0;
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1], points[i]];
      area += (b.members - a.members) * (a.share + b.share) / 2;
    }
    close(points.length === 0 ? null : 1 - 2 * area, gini(counts), `round ${round}`);
  }
  assert.throws(() => lorenz([1, -1]), { name: "RangeError", message: /Lorenz curve: value 1/ });
});
