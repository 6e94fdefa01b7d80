import assert from "node:assert/strict";
import { joinStrings } from "../../lib/core/join_strings.ts";
import { random } from "../../lib/core/random.ts";
import { StringColumn } from "../../lib/core/string_column.ts";

Deno.test("joinStrings() joins as indexOf() when columns are random, hostile strings among them", () => {
  const rng = random({ seed: 2 });
  const pool = ["", "a", "A", "a ", "__proto__", "constructor", "é", "e\u0301", "🦙", "a\u0000"];
  const draw = () =>
    StringColumn.from(pool.filter(() => rng.chance(0.6)).sort(() => rng.below(3) - 1));
  for (let round = 0; round < 100; round++) {
    const [before, after] = [draw(), draw()];
    const [first, second] = [before.toArray(), after.toArray()];
    const join = joinStrings(before, after);
    assert.deepEqual([...join.afterOf], first.map((text) => second.indexOf(text)));
    assert.deepEqual([...join.beforeOf], second.map((text) => first.indexOf(text)));
    assert.equal(join.shared, first.filter((text) => second.includes(text)).length);
  }
});

Deno.test("joinStrings() joins columns with gaps between their strings", () => {
  const bytes = new TextEncoder().encode("xxabyycd");
  const gaps = new StringColumn(2, bytes, Uint32Array.of(6, 2), Uint32Array.of(8, 4));
  assert.deepEqual([...joinStrings(gaps, StringColumn.from(["ab", "xx", "cd"])).afterOf], [2, 0]);
});
