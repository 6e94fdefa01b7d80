import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { StringColumn } from "../../lib/core/string_column.ts";
import { top, topIndices } from "../../lib/core/top.ts";

Deno.test("top() equals sorting everything when counts are random and tied", () => {
  const rng = random({ seed: 6 });
  for (let round = 0; round < 200; round++) {
    const names = Array.from(
      { length: rng.below(15) },
      (_, i) => `${rng.below(3)}${["Z", "z", "Ä", "🦙"][i % 4]}${i}`,
    );
    const counts = names.map(() => rng.below(4));
    const n = rng.below(8);
    const sorted = names
      .map((value, i) => ({ value, count: counts[i] }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    assert.deepEqual(top(StringColumn.from(names), counts, { n }), sorted.slice(0, n));
    const bar = sorted[n - 1]?.count ?? 1;
    assert.deepEqual(
      topIndices(counts, { n }),
      n === 0 ? [] : [...counts.keys()].filter((i) => counts[i] >= bar),
    );
  }
});

Deno.test("top() gives ten by default, and leaves out what has no count", () => {
  const names = StringColumn.from(
    Array.from({ length: 20 }, (_, i) => String.fromCharCode(97 + i)),
  );
  assert.equal(
    top(names, new Uint32Array(20).fill(1)).map(({ value }) => value).join(""),
    "abcdefghij",
  );
  assert.deepEqual(top(StringColumn.from(["a", "b", "c"]), Float64Array.of(NaN, 0, -1)), []);
  assert.deepEqual(top(StringColumn.from([]), []), []);
});

Deno.test("top() refuses values without a count", () => {
  assert.throws(() => top(StringColumn.from(["a", "b"]), [1]), {
    name: "RangeError",
    message: "Cannot rank 2 values: found 1 counts, expected one for each",
  });
});
