import assert from "node:assert/strict";
import { Estimate } from "../../lib/display/estimate.ts";

Deno.test("Estimate.of() takes what a bootstrap found, without an interval where it cannot be said", () => {
  const found = { estimate: 0.5, low: 0.25, high: 0.75, replicates: 500, standardError: 0.1 };
  assert.equal(Estimate.of(found).text(2), "0.50 (95% 0.25 to 0.75)");
  assert.equal(Estimate.of({ ...found, low: null, high: null }).text(2), "0.50");
  assert.equal(Estimate.of({ ...found, estimate: null, low: null, high: null }).text(2), "–");
});
