import assert from "node:assert/strict";
import { edgesWhere } from "../../lib/measure/edges_where.ts";

Deno.test("edgesWhere() keeps what is asked for, and asks only of edges that count", () => {
  const columns = {
    numerator: Float64Array.of(3, 9, 0, 5),
    denominator: Float64Array.of(4, 0, 1, 1),
  };
  const asked: number[] = [];
  const kept = edgesWhere(columns, (e) => {
    asked.push(e);
    return e !== 2;
  });
  assert.deepEqual(asked, [0, 2, 3]);
  assert.deepEqual(kept, {
    numerator: Float64Array.of(3, 0, 0, 5),
    denominator: Float64Array.of(4, 0, 0, 1),
  });
  assert.deepEqual(columns.denominator, Float64Array.of(4, 0, 1, 1));
});
