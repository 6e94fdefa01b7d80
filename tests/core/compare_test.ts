import assert from "node:assert/strict";
import { byCodeUnits } from "../../lib/core/compare.ts";

Deno.test("byCodeUnits() sorts as `<` does, whatever the locale says", () => {
  const names = ["ä", "z", "Z", "", "a", "🦙", "\ufb01", "10", "9", "a "];
  assert.deepEqual(names.toSorted(byCodeUnits), names.toSorted());
  assert.equal(byCodeUnits("a", "a"), 0);
  assert.ok(byCodeUnits("Z", "a") < 0 && byCodeUnits("a", "Z") > 0);
});
