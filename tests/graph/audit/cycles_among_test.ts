import assert from "node:assert/strict";
import { buildCsr } from "../../../lib/core/csr.ts";
import { cyclesAmong } from "../../../lib/graph/audit/cycles_among.ts";

const csr = (nodes: number, edges: [number, number][]) =>
  buildCsr(
    nodes,
    Uint32Array.from(edges, ([from]) => from),
    Uint32Array.from(edges, ([, to]) => to),
  );

Deno.test("cyclesAmong() finds every cycle of a small group, the longest first", () => {
  // 0 -> 1 -> 2 -> 0    1 -> 3 -> 2    3 -> 3    2 -> 4
  const edges: [number, number][] = [[0, 1], [1, 2], [2, 0], [1, 3], [3, 2], [3, 3], [2, 4]];
  assert.deepEqual(cyclesAmong([0, 1, 2, 3], csr(5, edges)), [[0, 1, 3, 2, 0], [0, 1, 2, 0]]);
  // 1 <-> 2, beside 0
  assert.deepEqual(cyclesAmong([1, 2], csr(3, [[1, 2], [2, 1], [1, 0]])), [[1, 2, 1]]);
});

Deno.test("cyclesAmong() returns at most ten cycles, and of a large group the shortest through its lowest node", () => {
  const all = (n: number) =>
    Array.from({ length: n * n }, (_, i): [number, number] => [Math.floor(i / n), i % n]);
  const dense = cyclesAmong([...Array(12).keys()], csr(12, all(12)));
  assert.equal(dense.length, 10);
  for (const path of dense) {
    assert.equal(path[0], path.at(-1));
    assert.equal(new Set(path).size, path.length - 1);
  }
  // A ring of 20, with a way back from 4 to 0.
  const ring = Array.from({ length: 20 }, (_, i): [number, number] => [i, (i + 1) % 20]);
  assert.deepEqual(cyclesAmong([...Array(20).keys()], csr(20, [...ring, [4, 0]])), [
    [0, 1, 2, 3, 4, 0],
  ]);
});
