import assert from "node:assert/strict";
import { Issues } from "../../lib/core/issues.ts";
import { expandedRow } from "../../lib/source/expanded_row.ts";

function rowOf(cells: Record<string, unknown>): { row: Record<string, unknown>; issues: Issues } {
  const issues = new Issues();
  return { row: expandedRow((name) => cells[name], { place: "row 1", issues }), issues };
}

Deno.test("expandedRow() reads lists when they are native, Python, JSON, numpy or a single text", () => {
  const lists: [unknown, unknown][] = [
    [["a", null, "b"], ["a", "b"]],
    ["['a', \"it's\", 'c\\\\d']", ["a", "it's", "c\\d"]],
    ['["a", "\\u00e9"]', ["a", "é"]],
    ["('a',)", ["a"]],
    ["['a' \"it's\"\n 'b']", ["a", "it's", "b"]],
    ["['a']", ["a"]],
    ["[]", []],
    ["plain", ["plain"]],
    ["", undefined],
    ["None", undefined],
    [null, undefined],
  ];
  for (const [cell, tags] of lists) {
    assert.deepEqual(rowOf({ id: "x", tags: cell }).row.tags, tags, String(cell));
  }
  for (const cell of ["['a'", "{'a': 1}", "[a]", "[__proto__]"]) {
    assert.throws(
      () => rowOf({ id: "x", tags: cell }),
      { name: "SyntaxError", message: /^tags: / },
      cell,
    );
  }
});

Deno.test("expandedRow() writes dates as the API does when they are dates, texts or numbers", () => {
  const iso = "2022-03-02T23:29:04.000Z";
  const time = Date.parse(iso);
  const dates = [new Date(iso), iso, "2022-03-02 23:29:04", time, BigInt(time), time / 1000];
  for (const date of [...dates, BigInt(time) * 1000n, BigInt(time) * 1000000n]) {
    assert.equal(rowOf({ id: "x", createdAt: date }).row.createdAt, iso, String(date));
  }
  assert.equal(rowOf({ id: "x", createdAt: "2023-02-30" }).row.createdAt, "2023-02-30");
  assert.equal(rowOf({ id: "x", createdAt: 5 }).row.createdAt, 5);
  for (const date of [new Date(NaN), "NaT", "", null, undefined]) {
    assert.ok(!("createdAt" in rowOf({ id: "x", createdAt: date }).row));
  }
});

Deno.test("expandedRow() takes the id from model_id, id or modelId, and keeps the API's order of keys", () => {
  assert.deepEqual(rowOf({ model_id: "a" }).row, { id: "a", modelId: "a" });
  assert.deepEqual(rowOf({ modelId: "a" }).row, { id: "a", modelId: "a" });
  assert.deepEqual(rowOf({ id: "a", modelId: "b" }).row, { id: "a", modelId: "b" });
  assert.deepEqual(rowOf({ likes: 1 }).row, { likes: 1 });
  const { row } = rowOf({ modelCard: "None", private: "True", likes: "3.0", id: "a", tags: "[]" });
  assert.deepEqual(Object.entries(row), [
    ["id", "a"],
    ["likes", 3],
    ["private", true],
    ["tags", []],
    ["modelId", "a"],
    ["modelCard", "None"],
  ]);
});

Deno.test("expandedRow() adds a tag once when typed columns repeat it, hostile names too", () => {
  const { row, issues } = rowOf({
    id: "a",
    tags: ["license:mit"],
    licenses: "['mit', '__proto__', '__proto__']",
    merge_parent: ["constructor", "", null],
    parent_model: "finetune:p/q",
  });
  assert.deepEqual(row.tags, [
    "license:mit",
    "license:__proto__",
    "base_model:finetune:p/q",
    "base_model:merge:constructor",
  ]);
  assert.equal(issues.count("tagMissing"), 3);
  assert.equal(issues.list()[0].examples[0], "a: license:__proto__ (row 1)");
});
