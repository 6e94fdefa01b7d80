import assert from "node:assert/strict";
import { ratioBootstrap } from "../../lib/core/cluster_bootstrap.ts";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { families } from "../../lib/measure/families.ts";
import { familyMean } from "../../lib/measure/family_mean.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";

//  a   c   e  f  g  h     six families, a and c with a child
//  |   |
//  b   d
const rows = [..."abcdefgh"].map((id) => ({
  id,
  tags: id === "b" ? ["base_model:a"] : id === "d" ? ["base_model:finetune:c"] : [],
}));

Deno.test("familyMean() resamples families, and leaves out models that are NaN", async () => {
  const groups = families(buildLineage(await snapshotOfRows(rows)).lineage.view("no-merge"));
  const values = Float64Array.of(1, 3, 5, NaN, 0, 2, 4, 6);
  const sums = {
    numerator: Float64Array.of(4, 5, 0, 2, 4, 6),
    denominator: Float64Array.of(2, 1, 1, 1, 1, 1),
  };
  const options = { seed: 7, range: [0, 6] } as const;
  const found = familyMean(values, { families: groups, ...options });
  assert.deepEqual(found, ratioBootstrap(sums, options));
  assert.equal(found.estimate, 3);
  assert.ok(found.low! < 3 && found.high! > 3);
  assert.equal(familyMean(new Float64Array(8).fill(NaN), { families: groups }).estimate, null);
});

Deno.test("familyMean() refuses values that are not one a model", async () => {
  const groups = families(buildLineage(await snapshotOfRows(rows)).lineage.view("no-merge"));
  assert.throws(() => familyMean(new Float64Array(7), { families: groups }), {
    name: "RangeError",
    message: /found 7 values, expected 8/,
  });
  assert.throws(
    () => familyMean(Float64Array.of(1, 2, 3, 4, 5, 6, 7, Infinity), { families: groups }),
    RangeError,
  );
});
