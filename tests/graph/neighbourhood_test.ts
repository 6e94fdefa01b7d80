import assert from "node:assert/strict";
import { Lineage } from "../../lib/graph/lineage.ts";
import { neighbourhood } from "../../lib/graph/neighbourhood.ts";

// 0 -> 1 -> 2 -> 3 <- 4   5
const lineage = new Lineage(6, {
  parent: Uint32Array.of(0, 1, 2, 4),
  child: Uint32Array.of(1, 2, 3, 3),
  relation: Uint8Array.of(1, 1, 2, 4),
  time: new Float64Array(4),
});

Deno.test("neighbourhood() follows edges up, down or both ways when hops are given", () => {
  const walk = (starts: number[], options = {}) => [...neighbourhood(lineage, starts, options)];
  assert.deepEqual(walk([2]), [1, 2, 3]);
  assert.deepEqual(walk([2], { hops: 0 }), [2]);
  assert.deepEqual(walk([2], { hops: 2, direction: "up" }), [0, 1, 2]);
  assert.deepEqual(walk([2], { hops: 2, direction: "down" }), [2, 3]);
  assert.deepEqual(walk([2], { hops: 2, direction: "both" }), [0, 1, 2, 3, 4]);
  assert.deepEqual(walk([4, 0, 4], { hops: 1 }), [0, 1, 3, 4]);
  assert.deepEqual(walk([0], { hops: Infinity }), [0, 1, 2, 3, 4]);
  assert.deepEqual(walk([5], { hops: Infinity }), [5]);
  assert.deepEqual(walk([]), []);
});

Deno.test("neighbourhood() crosses only the edges that count when it is told which", () => {
  const has = (edge: number) => lineage.view("no-merge").has(edge);
  assert.deepEqual([...neighbourhood(lineage, [0], { hops: Infinity, has })], [0, 1, 2, 3]);
});

Deno.test("neighbourhood() refuses what is no start, number of hops or direction", () => {
  assert.throws(() => neighbourhood(lineage, [6]), {
    name: "RangeError",
    message: /node 6: the graph has 6 nodes/,
  });
  assert.throws(() => neighbourhood(lineage, [-1]), RangeError);
  assert.throws(() => neighbourhood(lineage, [0], { hops: 1.5 }), {
    name: "RangeError",
    message: /1\.5 hops/,
  });
  assert.throws(() => neighbourhood(lineage, [0], { hops: -1 }), RangeError);
  assert.throws(() => neighbourhood(lineage, [0], { hops: NaN }), RangeError);
  const sideways = { direction: "sideways" as "up" };
  assert.throws(() => neighbourhood(lineage, [0], sideways), {
    name: "RangeError",
    message: /"sideways".*"up"/,
  });
});
