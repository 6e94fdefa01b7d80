import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { topPlaces } from "../../lib/core/top_places.ts";

Deno.test("topPlaces() is the beginning of a stable sort", () => {
  const rng = random({ seed: 6 });
  for (let round = 0; round < 100; round++) {
    const values = Array.from({ length: rng.below(20) }, () => rng.below(6));
    const n = rng.chance(0.2) ? Infinity : rng.below(8);
    const sorted = [...values.keys()].sort((i, j) => values[j] - values[i]).slice(0, n);
    assert.deepEqual(topPlaces(values, { n }), sorted);
  }
});
