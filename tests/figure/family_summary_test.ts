import assert from "node:assert/strict";
import { type FamilyMark, summariseFamily } from "../../lib/figure/family_summary.ts";
import type { Relation } from "../../lib/graph/lineage.ts";

function family(lines: string[], models: number) {
  const edges = lines.map((line) => {
    const [parent, relation, child] = line.split(" ");
    return { parent, child, relation: relation as Relation };
  });
  return { root: "r", models, edges };
}

//  r -finetune-> a -adapter-> c      c is also a quantized child of b
//   \-finetune-> b
//   \-quantized-> q1 .. q5
const small = family([
  "r finetune a",
  "r finetune b",
  "r quantized q1",
  "r quantized q2",
  "r quantized q3",
  "r quantized q4",
  "r quantized q5",
  "a adapter c",
  "b quantized c",
], 9);

function leaves(mark: FamilyMark): FamilyMark[] {
  return mark.children.length === 0 ? [mark] : mark.children.flatMap(leaves);
}

function all(mark: FamilyMark): FamilyMark[] {
  return [mark, ...mark.children.flatMap(all)];
}

Deno.test("summariseFamily() names everything that has room and draws a model once", () => {
  const root = summariseFamily(small, { width: 1000 });
  assert.equal(root.models, 9);
  assert.deepEqual(
    all(root).map(({ id }) => id).sort(),
    ["a", "b", "c", "q1", "q2", "q3", "q4", "q5", "r"],
  );
  assert.deepEqual(all(root).find(({ id }) => id === "a")!.children.map(({ id }) => id), ["c"]);
});

Deno.test("summariseFamily() bundles by relation what has no room, and the counts add up", () => {
  for (const width of [0, 60, 90, 120, 200]) {
    const root = summariseFamily(small, { width });
    const named = all(root).filter(({ id }) => id !== null);
    const bundles = all(root).filter(({ id }) => id === null);
    const total = named.length + bundles.reduce((sum, { models }) => sum + models, 0);
    assert.equal(total, 9, `width ${width}`);
    assert.ok(leaves(root).length > 0);
    if (named.length > 1) assert.ok(root.room <= width);
  }
  const narrow = summariseFamily(small, { width: 0 });
  assert.deepEqual(narrow.children.map(({ relation, label }) => [relation, label]), [
    ["finetune", "+3"],
    ["quantized", "+5"],
  ]);
});

Deno.test("summariseFamily() stops at the depth and survives cycles and unknown parents", () => {
  const chain = family(["r finetune a", "a finetune b", "b finetune c", "c finetune r"], 4);
  const root = summariseFamily(chain, { width: 500, depth: 2 });
  assert.deepEqual(all(root).map(({ label }) => label), ["", "a", "b", "+1"]);
  const apart = family(["x finetune y"], 3);
  assert.deepEqual(all(summariseFamily(apart, { width: 500 })).map(({ id }) => id), ["r"]);
});
