import assert from "node:assert/strict";
import { meanRanks } from "../../lib/core/mean_ranks.ts";
import { random } from "../../lib/core/random.ts";

Deno.test("meanRanks() gives ties the mean of their places", () => {
  assert.deepEqual([...meanRanks([5, 9, 5, 0])], [2.5, 1, 2.5, 4]);
  assert.deepEqual([...meanRanks([7, 7, 7])], [2, 2, 2]);
  assert.deepEqual([...meanRanks([])], []);
});

Deno.test("meanRanks() counts the larger and half the equal numbers when they are random", () => {
  const rng = random({ seed: 4 });
  for (let round = 0; round < 100; round++) {
    const values = Array.from({ length: rng.below(30) }, () => rng.below(5) / 4 - 0.5);
    const expected = values.map((value) =>
      values.filter((other) => other > value).length +
      (values.filter((other) => other === value).length + 1) / 2
    );
    assert.deepEqual([...meanRanks(values)], expected);
  }
});
