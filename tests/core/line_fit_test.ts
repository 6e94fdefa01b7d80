import assert from "node:assert/strict";
import fc from "fast-check";
import { fitLine } from "../../lib/core/line_fit.ts";
import { random } from "../../lib/core/random.ts";
import { slowLine, slowLineInterval } from "../oracle/slow_line.ts";

/** Points of clusters of different sizes around a line of slope 0.5; each cluster has its own shift. */
function points(seed: number, clusters: number): { x: number[]; y: number[]; cluster: number[] } {
  const rng = random({ seed });
  const x: number[] = [];
  const y: number[] = [];
  const cluster: number[] = [];
  for (let c = 0; c < clusters; c++) {
    const shift = rng.normal();
    for (let i = 1 + rng.below(4); i > 0; i--) {
      x.push(rng.uniform() * 4);
      y.push(3 + 0.5 * x.at(-1)! + shift + 0.5 * rng.normal());
      cluster.push(c);
    }
  }
  return { x, y, cluster };
}

Deno.test("fitLine() has the slope and the line of the normal equations when points are random", () => {
  const value = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 8);
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 20 }), (pairs) => {
      const x = pairs.map(([x]) => x);
      const y = pairs.map(([, y]) => y);
      const { slope, line, points, centre } = fitLine(
        { x, y, cluster: x.map((_, i) => i) },
        { at: [-1, 7], replicates: 100 },
      );
      const wanted = slowLine(x, y);
      assert.equal(points, pairs.length);
      assert.equal(centre === null, pairs.length === 0);
      assert.equal(slope.estimate === null, wanted === null);
      if (wanted === null) return assert.deepEqual(line, []);
      assert.ok(Math.abs(slope.estimate! - wanted.slope) < 1e-6 * (1 + Math.abs(wanted.slope)));
      for (const { x, y } of line) {
        const there = wanted.intercept + wanted.slope * x;
        assert.ok(Math.abs(y - there) < 1e-6 * (1 + Math.abs(there)), `${y}, expected ${there}`);
      }
    }),
    { seed: 1 },
  );
});

Deno.test("fitLine() has intervals near those of refitting resampled clusters when there are many", () => {
  for (const seed of [1, 2, 3]) {
    const given = points(seed, 240);
    const { slope, line } = fitLine(given, { at: [0, 2, 4], replicates: 2000 });
    const slow = slowLineInterval(given, { at: [0, 2, 4], replicates: 2000, seed: 9 });
    const near = (low: number, high: number, wanted: { low: number; high: number }) => {
      const wide = wanted.high - wanted.low;
      assert.ok(Math.abs(low - wanted.low) < 0.15 * wide, `low ${low}, ${wanted.low}`);
      assert.ok(Math.abs(high - wanted.high) < 0.15 * wide, `high ${high}, ${wanted.high}`);
    };
    near(slope.low!, slope.high!, slow.slope);
    line.forEach(({ low, high }, i) => near(low!, high!, slow.line[i]));
  }
});

Deno.test("fitLine() has intervals that hold the true slope about as often as they say", () => {
  let held = 0;
  for (let run = 0; run < 200; run++) {
    const { low, high } = fitLine(points(100 + run, 20), { replicates: 200 }).slope;
    held += Number(low! <= 0.5 && high! >= 0.5);
  }
  // 95% of 200 give or take three standard deviations.
  assert.ok(held >= 180 && held <= 199, `${held} of 200`);
});

Deno.test("fitLine() gives no slope without spread and no interval from few clusters", () => {
  assert.equal(fitLine({ x: [1, 1], y: [2, 3], cluster: ["a", "b"] }).slope.estimate, null);
  assert.equal(fitLine({ x: [], y: [], cluster: [] }).centre, null);
  const few = fitLine({ x: [0, 1, 2, 3], y: [0, 1, 3, 2], cluster: ["a", "b", "c", "d"] });
  assert.equal(few.slope.low, null);
  assert.equal(few.clusters, 4);
});

Deno.test("fitLine() takes any cluster key as itself when it is hostile", () => {
  const keys = ["__proto__", "constructor", "", "<script>", "=cmd()", "toString"];
  const { clusters } = fitLine({ x: [0, 1, 2, 3, 4, 5], y: [1, 2, 2, 4, 4, 7], cluster: keys });
  assert.equal(clusters, 6);
});

Deno.test("fitLine() refuses columns of other lengths and what is no number", () => {
  assert.throws(() => fitLine({ x: [1], y: [], cluster: ["a"] }), TypeError);
  assert.throws(() => fitLine({ x: [1], y: [1], cluster: [] }), TypeError);
  assert.throws(() => fitLine({ x: [NaN], y: [1], cluster: ["a"] }), /point 0 is \(NaN, 1\)/);
  assert.throws(() => fitLine({ x: [1], y: [-Infinity], cluster: ["a"] }), RangeError);
  assert.throws(() => fitLine({ x: [], y: [], cluster: [] }, { replicates: 1 }), RangeError);
});
