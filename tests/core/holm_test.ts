import assert from "node:assert/strict";
import { holm } from "../../lib/core/holm.ts";

Deno.test("holm() multiplies by the tests that are left and never falls behind a smaller one", () => {
  assert.deepEqual(holm([0.0625, 0.015625, 0.03125, 0.5]), [0.125, 0.0625, 0.09375, 0.5]);
  assert.deepEqual(holm([0.25, 0.1875, 1, 0.75]), [0.75, 0.75, 1, 1]);
  assert.deepEqual(holm([0.25, 0.25]), [0.5, 0.5]);
});

Deno.test("holm() leaves out what was not tested", () => {
  assert.deepEqual(holm([null, 0.25, null]), [null, 0.25, null]);
  assert.deepEqual(holm([]), []);
});

Deno.test("holm() refuses what is no p-value", () => {
  for (const p of [-0.1, 1.1, NaN]) {
    assert.throws(() => holm([0.5, p]), {
      name: "RangeError",
      message: `Cannot adjust the p-value ${p}: expected a number from 0 to 1`,
    });
  }
});
