import assert from "node:assert/strict";
import { halfLife, keptPerStep } from "../../lib/measure/half_life.ts";

function counts(...kept: number[]) {
  return kept.map((kept, i) => ({
    generation: i + 1,
    lineages: 1000,
    kept,
    changed: 1000 - kept,
    lost: 0,
    retained: kept / 1000,
  }));
}

Deno.test("halfLife() finds the rate when decay is exponential", () => {
  for (const p of [0.2, 0.5, 0.9, 0.999]) {
    const rows = [1, 2, 3, 4].map((k) => ({ ...counts(0)[0], generation: k, kept: 1000 * p ** k }));
    const { perStep, fitted } = halfLife(rows);
    assert.ok(Math.abs(perStep! - p) < 1e-9);
    assert.ok(Math.abs(fitted! - Math.log(0.5) / Math.log(p)) < 1e-5);
  }
});

Deno.test("keptPerStep() has the largest likelihood when compared with a grid", () => {
  const rows = counts(700, 410, 390, 100);
  const likelihood = (p: number) =>
    rows.reduce(
      (sum, { generation, kept, lineages }) =>
        sum + kept * generation * Math.log(p) + (lineages - kept) * Math.log1p(-(p ** generation)),
      0,
    );
  const best = likelihood(keptPerStep(rows)!);
  for (let p = 0.001; p < 1; p += 0.001) assert.ok(likelihood(p) <= best + 1e-9, `at ${p}`);
});

Deno.test("halfLife() draws straight lines to the crossing when the curve is coarse", () => {
  assert.equal(halfLife(counts(750, 250)).crossing, 1.5);
  assert.equal(halfLife(counts(250)).crossing, 2 / 3);
  assert.equal(halfLife(counts(900, 800)).crossing, null);
  // The first generation has too few lineages.
  assert.equal(halfLife([{ ...counts(0)[0], lineages: 5 }, counts(0, 0)[1]]).crossing, 1);
});

Deno.test("halfLife() has no end when all is kept, and none when nothing was seen", () => {
  assert.deepEqual(halfLife(counts(1000, 1000)), { perStep: 1, fitted: null, crossing: null });
  assert.deepEqual(halfLife(counts(0)), { perStep: 0, fitted: 0, crossing: 0.5 });
  assert.deepEqual(halfLife([]), { perStep: null, fitted: null, crossing: null });
});

Deno.test("halfLife() refuses counts that cannot be", () => {
  for (const wrong of [{ kept: 1001 }, { kept: NaN }, { kept: -1 }, { generation: 0 }]) {
    assert.throws(() => halfLife([{ ...counts(10)[0], ...wrong }]), RangeError);
  }
});
