import assert from "node:assert/strict";
import { wilsonInterval } from "../../lib/core/wilson.ts";

Deno.test("wilsonInterval() gives the intervals that Newcombe published", () => {
  // Newcombe 1998, "Two-sided confidence intervals for the single proportion", Table I, method 3.
  const published: [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ];
  for (const [count, total, low, high] of published) {
    const interval = wilsonInterval(count, total);
    assert.equal(interval.share, count / total);
    assert.ok(Math.abs(interval.low - low) < 1e-4, `${count} of ${total}: ${interval.low}`);
    assert.ok(Math.abs(interval.high - high) < 1e-4, `${count} of ${total}: ${interval.high}`);
  }
});

Deno.test("wilsonInterval() ends where the score test does, and mirrors", () => {
  for (const [count, total] of [[3, 7], [1, 2], [40, 41], [500, 1000]]) {
    const { share, low, high } = wilsonInterval(count, total, { level: 0.9 });
    for (const end of [low, high]) {
      const z = Math.abs(share - end) / Math.sqrt(end * (1 - end) / total);
      assert.ok(Math.abs(z - 1.644854) < 1e-4, String(z));
    }
    const mirror = wilsonInterval(total - count, total, { level: 0.9 });
    assert.ok(Math.abs(mirror.low - (1 - high)) < 1e-12);
  }
  assert.equal(wilsonInterval(0, 1).low, 0);
  assert.equal(wilsonInterval(1, 1).high, 1);
});

Deno.test("wilsonInterval() refuses what is no share", () => {
  assert.throws(() => wilsonInterval(1, 0), /1 in 0: expected whole numbers/);
  assert.throws(() => wilsonInterval(0.5, 2), RangeError);
  assert.throws(() => wilsonInterval(3, 2), /3 in 2: expected 0 to 2/);
  assert.throws(() => wilsonInterval(-1, 2), RangeError);
  assert.throws(() => wilsonInterval(1, 2, { level: 1 }), RangeError);
});
