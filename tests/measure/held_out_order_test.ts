import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { families } from "../../lib/measure/families.ts";
import { heldOutOrder } from "../../lib/measure/held_out_order.ts";
import { traitColumn } from "../../lib/snapshot/traits.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";

/** Pairs of a parent and a fine-tune, each a family of its own: from one license to another. */
async function pairs(moves: readonly (readonly [string, string])[]) {
  const snapshot = await snapshotOfRows(moves.flatMap(([from, to], i) => [
    { id: `p${i}`, tags: [`license:${from}`] },
    { id: `c${i}`, tags: [`base_model:finetune:p${i}`, `license:${to}`] },
  ]));
  const { lineage } = buildLineage(snapshot);
  return {
    view: lineage.view("finetune"),
    column: traitColumn(snapshot, "license"),
    families: families(lineage.view("no-merge")),
  };
}

Deno.test("heldOutOrder() finds an order again that all families share", async () => {
  const moves = Array.from({ length: 40 }, () => [["a", "b"], ["b", "constructor"]] as const)
    .flat();
  const { view, column, families } = await pairs(moves);
  assert.deepEqual(heldOutOrder(view, column, { families }), {
    splits: 20,
    fitted: 1,
    heldOut: 1,
    range: [1, 1],
  });
});

Deno.test("heldOutOrder() is near one half where families move at random, and fitted is above", async () => {
  const draw = random({ seed: 5 });
  const licenses = [..."abcdef"];
  const moves = Array.from({ length: 300 }, () => {
    const from = draw.below(6);
    return [licenses[from], licenses[(from + 1 + draw.below(5)) % 6]] as const;
  });
  const { view, column, families } = await pairs(moves);
  const { fitted, heldOut, range, splits } = heldOutOrder(view, column, { families, splits: 40 });
  assert.equal(splits, 40);
  assert.ok(fitted! > 0.57, `${fitted}`);
  assert.ok(Math.abs(heldOut! - 0.5) < 0.05, `${heldOut}`);
  assert.ok(range![0] <= heldOut! && range![1] >= heldOut!);
  assert.deepEqual(
    heldOutOrder(view, column, { families, splits: 3, seed: 9 }),
    heldOutOrder(view, column, { families, splits: 3, seed: 9 }),
  );
});

Deno.test("heldOutOrder() says nothing where no split has a transition in both halves", async () => {
  const { view, column, families } = await pairs([["a", "b"], ["c", "c"]]);
  assert.deepEqual(heldOutOrder(view, column, { families }), {
    splits: 0,
    fitted: null,
    heldOut: null,
    range: null,
  });
});

Deno.test("heldOutOrder() refuses no splits and too many values", async () => {
  const { view, column, families } = await pairs([["a", "b"]]);
  for (const splits of [0, 1.5, NaN]) {
    assert.throws(() => heldOutOrder(view, column, { families, splits }), {
      name: "RangeError",
      message: /expected a whole number from 1/,
    });
  }
  assert.throws(() => heldOutOrder(view, column, { families, n: 21 }), RangeError);
});
