import assert from "node:assert/strict";
import { kendall } from "../../lib/core/kendall.ts";
import { random } from "../../lib/core/random.ts";

/** Tau-b by its definition: every pair is looked at. */
function slowKendall(a: readonly number[], b: readonly number[]): number {
  let [agree, ordered, orderedA, orderedB] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const x = Math.sign(a[i] - a[j]);
      const y = Math.sign(b[i] - b[j]);
      agree += x * y;
      orderedA += Math.abs(x);
      orderedB += Math.abs(y);
      ordered++;
    }
  }
  return ordered === 0 ? NaN : agree / Math.sqrt(orderedA * orderedB);
}

Deno.test("kendall() is tau-b by definition when scores are random and tie often", () => {
  const rng = random({ seed: 3 });
  for (let run = 0; run < 300; run++) {
    const n = rng.below(40);
    const values = 1 + rng.below(12);
    const draw = () => Array.from({ length: n }, () => rng.below(values));
    const [a, b] = [draw(), draw()];
    const [fast, slow] = [kendall(a, b), slowKendall(a, b)];
    assert.ok(
      Number.isNaN(slow) ? Number.isNaN(fast) : Math.abs(fast - slow) < 1e-12,
      `${a} / ${b}: ${fast}, ${slow}`,
    );
  }
});

Deno.test("kendall() is 1 for the same order, -1 for the opposite, NaN where there is no order", () => {
  assert.equal(kendall([1, 5, 9], [0.1, 0.2, Infinity]), 1);
  assert.equal(kendall([1, 5, 9], [3, 2, 1]), -1);
  assert.ok(Number.isNaN(kendall([1, 1], [1, 2])));
  assert.ok(Number.isNaN(kendall([], [])));
});

Deno.test("kendall() refuses other lengths and what is no number", () => {
  assert.throws(() => kendall([1], [1, 2]), /found 1 and 2 scores, expected as many/);
  assert.throws(() => kendall([1, NaN], [1, 2]), /score 1 is NaN/);
});
