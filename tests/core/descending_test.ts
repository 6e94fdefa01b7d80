import assert from "node:assert/strict";
import { descending } from "../../lib/core/descending.ts";
import { random } from "../../lib/core/random.ts";

Deno.test("descending() equals a stable sort when numbers are random and many are equal", () => {
  for (let seed = 0; seed < 50; seed++) {
    const rng = random({ seed });
    const values = Float64Array.from(
      { length: rng.below(200) },
      () => rng.chance(0.5) ? rng.below(6) : rng.uniform() - 0.5,
    );
    const slow = [...values.keys()].sort((a, b) => values[b] - values[a] || a - b);
    assert.deepEqual([...descending(values)], slow);
  }
});

Deno.test("descending() gives nothing when there is nothing, and knows infinities", () => {
  assert.deepEqual(descending(new Float64Array(0)), new Uint32Array(0));
  assert.deepEqual([...descending(Float64Array.of(-Infinity, 0, Infinity, -0))], [2, 1, 3, 0]);
});
