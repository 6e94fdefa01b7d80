import assert from "node:assert/strict";
import fc from "fast-check";
import { StringColumn } from "../../lib/core/string_column.ts";

Deno.test("StringColumn gives back every string, short and long, of any script", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 40 })), (strings) => {
      const column = StringColumn.from(strings);
      assert.equal(column.length, strings.length);
      assert.deepEqual(column.toArray(), strings.map((s) => s.toWellFormed()));
    }),
    { seed: 1 },
  );
});

Deno.test("StringColumn keeps byte-order marks, NUL and the lengths at which it reads differently", () => {
  const strings = [
    "\ufeffx",
    "\ufeff" + "x".repeat(30),
    "\0",
    "",
    "__proto__",
    ...[23, 24, 25].map((length) => "x".repeat(length)),
    "x".repeat(22) + "é",
    "x".repeat(23) + "🦙",
  ];
  assert.deepEqual(StringColumn.from(strings).toArray(), strings);
});

Deno.test("StringColumn reads bytes that have gaps between the strings, and no more than its length", () => {
  const bytes = new TextEncoder().encode("..ab...cdé.");
  const column = new StringColumn(2, bytes, Uint32Array.of(2, 7, 0), Uint32Array.of(4, 11, 1));
  assert.deepEqual(column.toArray(), ["ab", "cdé"]);
});

Deno.test("StringColumn.at() refuses a number that is no string's", () => {
  const column = StringColumn.from(["a", "b"]);
  for (const i of [-1, 2, 0.5, NaN]) {
    assert.throws(() => column.at(i), {
      name: "RangeError",
      message: `Cannot read string ${i}: the column has 2`,
    });
  }
  assert.throws(() => StringColumn.from([]).at(0), RangeError);
});
