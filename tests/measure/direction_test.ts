import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { forwardInterval, trafficByEdge, traitDirections } from "../../lib/measure/direction.ts";
import { transitions } from "../../lib/measure/transitions.ts";
import { type Trait, traitColumn } from "../../lib/snapshot/traits.ts";
import { type Row, slowLineage, slowTrait } from "../oracle/model_rows.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";
import { randomRows } from "../oracle/random_rows.ts";

/** How often a gives way to b along an edge: once for each of the two that the other end has not. */
function slowTransitions(
  parent: readonly string[],
  child: readonly string[],
  a: string,
  b: string,
) {
  if (!parent.includes(a) || !child.includes(b)) return 0;
  return Number(!parent.includes(b)) + Number(!child.includes(a));
}

/** Transitions forward and back in an order over all finetune edges. */
function slowTraffic(rows: readonly Row[], trait: Trait, order: readonly string[]) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  let [forward, back] = [0, 0];
  for (const { parent, child, relation } of slowLineage(rows).edges) {
    if (relation !== "finetune") continue;
    const ends = [parent, child].map((id) => [...new Set(slowTrait(byId.get(id)!, trait))]);
    for (let i = 0; i < order.length; i++) {
      for (let j = 0; j < order.length; j++) {
        const count = slowTransitions(ends[0], ends[1], order[i], order[j]);
        if (i < j) forward += count;
        if (i > j) back += count;
      }
    }
  }
  return { forward, back };
}

async function finetune(rows: readonly Row[], trait: Trait) {
  const snapshot = await snapshotOfRows(rows);
  return {
    view: buildLineage(snapshot).lineage.view("finetune"),
    column: traitColumn(snapshot, trait),
  };
}

Deno.test("trafficByEdge() equals the slow definition when rows are random", async () => {
  let counted = 0;
  const order = ["de", "zh", "en"];
  for (let seed = 1; seed <= 60; seed++) {
    const rows = randomRows({ seed, models: 10 + seed % 40 });
    const { view, column } = await finetune(rows, "language");
    const { numerator, denominator } = trafficByEdge(view, column, { order });
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
    const { forward, back } = slowTraffic(rows, "language", order);
    assert.equal(sum(numerator), forward);
    assert.equal(sum(denominator), forward + back);
    const other = trafficByEdge(view, column, { order: order.toReversed() });
    assert.equal(sum(other.numerator), back);
    const { estimate } = forwardInterval(view, column, { order });
    assert.equal(estimate, forward + back > 0 ? forward / (forward + back) : null);
    counted += forward + back;
  }
  assert.ok(counted > 50, `${counted} transitions`);
});

/** Pairs of a parent and its child, each a family. */
function pairs(moves: readonly [from: string, to: string][]): Row[] {
  return moves.flatMap(([from, to], i) => [
    { id: `p${i}`, tags: [`license:${from}`] },
    { id: `c${i}`, tags: [`base_model:finetune:p${i}`, `license:${to}`] },
  ]);
}

Deno.test("traitDirections() names the dominant direction of the busiest pairs, ties by code units", async () => {
  const moves: [string, string][] = [
    ...Array<[string, string]>(9).fill(["mit", "gemma"]),
    ...Array<[string, string]>(3).fill(["gemma", "mit"]),
    ["b", "a"],
    ["a", "b"],
    ["__proto__", "constructor"],
    ["constructor", "__proto__"],
    ["mit", "mit"],
  ];
  const { view, column } = await finetune(pairs(moves), "license");
  const found = transitions(view, column);
  const [first, ...rest] = traitDirections(view, column, { found });
  const { interval, ...counts } = first;
  assert.deepEqual(counts, { from: "mit", to: "gemma", forward: 18, back: 6, share: 0.75 });
  assert.ok(interval![0] > 0.3 && interval![0] < 0.75 && interval![1] <= 1);
  assert.deepEqual(rest, [
    { from: "__proto__", to: "constructor", forward: 2, back: 2, share: 0.5, interval: null },
    { from: "a", to: "b", forward: 2, back: 2, share: 0.5, interval: null },
  ]);
  assert.equal(traitDirections(view, column, { found, n: 1 }).length, 1);
});

Deno.test("forwardInterval() has nothing to say when no value of the order moves", async () => {
  const { view, column } = await finetune(pairs([["mit", "mit"]]), "license");
  const { estimate, low } = forwardInterval(view, column, { order: ["mit", "absent"] });
  assert.equal(estimate, null);
  assert.equal(low, null);
  assert.deepEqual(traitDirections(view, column, { found: transitions(view, column) }), []);
});

Deno.test("trafficByEdge() refuses an order with a value twice", async () => {
  const { view, column } = await finetune(pairs([["mit", "gemma"]]), "license");
  assert.throws(() => trafficByEdge(view, column, { order: ["mit", "x", "mit"] }), {
    name: "RangeError",
    message: /"mit" is given twice/,
  });
});
