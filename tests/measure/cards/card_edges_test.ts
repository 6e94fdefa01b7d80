import assert from "node:assert/strict";
import { buildLineage } from "../../../lib/graph/build_lineage.ts";
import { cardEdges } from "../../../lib/measure/cards/card_edges.ts";
import { snapshotOfRows } from "../../oracle/random_lineage.ts";

//   a -> b    a -> c (no card)    a -> d (automatic)    b -quantized-> e
const rows = [
  { id: "a", modelCard: "# A model" },
  { id: "b", tags: ["base_model:finetune:a"], modelCard: "# Another" },
  { id: "c", tags: ["base_model:finetune:a"], modelCard: "abc" },
  { id: "d", tags: ["base_model:finetune:a"], modelCard: "This was generated automatically." },
  { id: "e", tags: ["base_model:quantized:b"], modelCard: "# Small" },
];

async function view() {
  const snapshot = await snapshotOfRows(rows);
  return { snapshot, view: buildLineage(snapshot).lineage.view("finetune") };
}

Deno.test("cardEdges() takes the edges between two cards and reads every card", async () => {
  const { snapshot, view: finetune } = await view();
  assert.deepEqual(cardEdges(snapshot, finetune), {
    parent: Uint32Array.of(0, 0),
    child: Uint32Array.of(1, 3),
    read: Uint8Array.of(1, 1, 0, 1, 1),
    usable: { cards: 4, edges: 2 },
  });
});

Deno.test("cardEdges() passes over automatic cards when those are not wanted", async () => {
  const { snapshot, view: finetune } = await view();
  const edges = cardEdges(snapshot, finetune, { automatic: false });
  assert.deepEqual([...edges.child], [1]);
  assert.deepEqual([...edges.read], [1, 1, 0, 0, 1]);
  assert.deepEqual(edges.usable, { cards: 3, edges: 1 });
});

Deno.test("cardEdges() draws edges within the limit, all alike over seeds, the same for one seed", async () => {
  //   r0 -> c0, r1 -> c1 ... r5 -> c5
  const pairs = Array.from({ length: 6 }, (_, i) => [
    { id: `r${i}`, modelCard: "# Root" },
    { id: `c${i}`, tags: [`base_model:finetune:r${i}`], modelCard: "# Child" },
  ]).flat();
  const snapshot = await snapshotOfRows(pairs);
  const finetune = buildLineage(snapshot).lineage.view("finetune");
  const drawn = new Array(12).fill(0);
  for (let seed = 1; seed <= 600; seed++) {
    const edges = cardEdges(snapshot, finetune, { limit: 5, seed });
    assert.equal(edges.parent.length, 2);
    assert.equal(edges.read.reduce((a, b) => a + b), 4);
    assert.deepEqual(edges.usable, { cards: 12, edges: 6 });
    for (const row of edges.child) drawn[row]++;
    assert.deepEqual(cardEdges(snapshot, finetune, { limit: 5, seed }), edges);
  }
  // Each of the six edges is expected 200 times; the standard deviation is about 12.
  for (let row = 1; row < 12; row += 2) assert.ok(Math.abs(drawn[row] - 200) < 50, `${drawn}`);
  assert.equal(cardEdges(snapshot, finetune, { limit: 12 }).parent.length, 6);
});

Deno.test("cardEdges() fills the limit with other cards, all alike, when all edges are in", async () => {
  //   a -> b    c    d    e    f
  const cards = ["a", "b", "c", "d", "e", "f"].map((id) => ({
    id,
    tags: id === "b" ? ["base_model:finetune:a"] : [],
    modelCard: "# Card",
  }));
  const snapshot = await snapshotOfRows(cards);
  const finetune = buildLineage(snapshot).lineage.view("finetune");
  const drawn = new Array(6).fill(0);
  for (let seed = 1; seed <= 400; seed++) {
    const { read, parent } = cardEdges(snapshot, finetune, { limit: 4, seed });
    assert.equal(parent.length, 1);
    assert.equal(read.reduce((a, b) => a + b), 4);
    read.forEach((one, row) => drawn[row] += one);
  }
  assert.deepEqual(drawn.slice(0, 2), [400, 400]);
  // Expected 200 times each; the standard deviation is 10.
  for (const times of drawn.slice(2)) assert.ok(Math.abs(times - 200) < 40, `${drawn}`);
});

Deno.test("cardEdges() refuses a limit that no edge fits in", async () => {
  const { snapshot, view: finetune } = await view();
  for (const limit of [1, 0, -3, 2.5, NaN]) {
    assert.throws(
      () => cardEdges(snapshot, finetune, { limit }),
      /^RangeError: Cannot read .* cards: expected a whole number of at least 2/,
    );
  }
});
