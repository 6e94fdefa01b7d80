import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";

/** sfc32 in the words of its definition, on whole numbers below 2^32. */
function* slowStream(seed: number): Generator<number> {
  const mask = 0xffffffffn;
  let a = BigInt(seed) & mask;
  let b = (BigInt(seed) >> 32n) & mask;
  let c = 0x9e3779b9n;
  let counter = 1n;
  for (let drawn = 0;; drawn++) {
    const sum = (a + b + counter) & mask;
    counter = (counter + 1n) & mask;
    a = b ^ (b >> 9n);
    b = (c + (c << 3n)) & mask;
    c = ((((c << 21n) | (c >> 11n)) & mask) + sum) & mask;
    if (drawn >= 15) yield Number(sum);
  }
}

Deno.test("random() is sfc32, whatever the seed", () => {
  for (const seed of [0, 1, -1, 7, 2 ** 32, 2 ** 32 + 1, -(2 ** 40), Number.MAX_SAFE_INTEGER]) {
    const rng = random({ seed });
    const slow = slowStream(seed);
    for (let i = 0; i < 500; i++) assert.equal(rng.uniform() * 2 ** 32, slow.next().value);
  }
  assert.equal(random().uniform(), random({ seed: 1 }).uniform());
});

Deno.test("random() draws from the distributions that it says", () => {
  const rng = random({ seed: 3 });
  const n = 100_000;
  function moments(draw: () => number): [mean: number, variance: number] {
    const values = Array.from({ length: n }, draw);
    const mean = values.reduce((a, b) => a + b) / n;
    return [mean, values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n];
  }
  const expected: [() => number, number, number][] = [
    [() => rng.uniform(), 1 / 2, 1 / 12],
    [() => rng.normal(), 0, 1],
    [() => rng.exponential(), 1, 1],
    [() => Number(rng.chance(0.2)), 0.2, 0.16],
    [() => rng.below(6), 2.5, 35 / 12],
  ];
  for (const [draw, mean, variance] of expected) {
    const [m, v] = moments(draw);
    assert.ok(Math.abs(m - mean) < 5 * Math.sqrt(variance / n), `${draw}: mean ${m}`);
    assert.ok(Math.abs(v - variance) < 0.05 * variance, `${draw}: variance ${v}`);
  }
  const faces = new Set(Array.from({ length: 1000 }, () => rng.below(6)));
  assert.deepEqual([...faces].sort(), [0, 1, 2, 3, 4, 5]);
  assert.equal(rng.chance(0), false);
  assert.equal(rng.chance(1), true);
});

Deno.test("random() refuses a seed that is no integer", () => {
  for (const seed of [0.5, NaN, Infinity, 2 ** 53]) {
    assert.throws(() => random({ seed }), {
      name: "RangeError",
      message: `Cannot seed the generator: seed is ${seed}, expected an integer`,
    });
  }
});
