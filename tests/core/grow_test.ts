import assert from "node:assert/strict";
import { grown } from "../../lib/core/grow.ts";

Deno.test("grown() keeps the array when there is room, and its kind and entries when there is not", () => {
  const full = Int32Array.of(7, -1);
  assert.equal(grown(full, 2), full);
  const wider = grown(full, 5000);
  assert.ok(wider instanceof Int32Array);
  assert.ok(wider.length >= 5000);
  assert.deepEqual([...wider.subarray(0, 3)], [7, -1, 0]);
  assert.ok(
    grown(new Float64Array(3000), 3001).length >= 4500,
    "one more entry makes room for many",
  );
  assert.ok(grown(new Uint8Array(0), 1).length >= 1);
});
