import assert from "node:assert/strict";
import { Issues } from "../../lib/core/issues.ts";

Deno.test("Issues counts by kind in the order first met and keeps the first examples", () => {
  const issues = new Issues({ examples: 2 });
  issues.add("b", "rule b", "one");
  issues.add("a", "rule a");
  for (const example of ["two", "three"]) issues.add("b", "another rule", example);
  issues.add("a", "rule a", undefined, 5);
  assert.deepEqual(issues.list(), [
    { kind: "b", rule: "rule b", count: 3, examples: ["one", "two"] },
    { kind: "a", rule: "rule a", count: 6, examples: [] },
  ]);
  assert.equal(issues.count("b"), 3);
  assert.equal(issues.count("c"), 0);
});

Deno.test("Issues gives copies that do not change it", () => {
  const issues = new Issues();
  issues.add("a", "rule", "one");
  const [entry] = issues.list();
  entry.count = 9;
  entry.examples.push("two");
  assert.deepEqual(issues.list(), [{ kind: "a", rule: "rule", count: 1, examples: ["one"] }]);
});

Deno.test("Issues.merge() is as if all had been added to one list", () => {
  const faults = ["a", "b", "a", "a", "c", "b", "a"].map((kind, i) => [kind, `example ${i}`]);
  const whole = new Issues();
  const [first, second] = [new Issues(), new Issues()];
  faults.forEach(([kind, example], i) => {
    whole.add(kind, `rule ${kind}`, example);
    (i < 4 ? first : second).add(kind, `rule ${kind}`, example);
  });
  first.merge(second.list());
  assert.deepEqual(first.list(), whole.list());
});

Deno.test("Issues keeps hostile kinds apart and cuts long examples between characters", () => {
  const issues = new Issues();
  for (const kind of ["__proto__", "constructor", "__proto__"]) issues.add(kind, "rule");
  assert.deepEqual(issues.list().map(({ kind, count }) => [kind, count]), [
    ["__proto__", 2],
    ["constructor", 1],
  ]);
  for (const start of ["", "x"]) {
    issues.add(`long${start}`, "rule", start + "🦙".repeat(100));
    const [example] = issues.list().at(-1)!.examples;
    assert.ok(example.isWellFormed() && example.endsWith("🦙…"), example);
    assert.ok(example.length <= 121);
    const again = new Issues();
    again.merge(issues.list());
    assert.deepEqual(again.list(), issues.list(), "what is cut is not cut again");
  }
  issues.add("fits", "rule", "y".repeat(120));
  assert.equal(issues.list().at(-1)!.examples[0], "y".repeat(120));
});
