import assert from "node:assert/strict";
import { commitReference } from "../../../lib/fetch/ecosystem_graphs/commit_reference.ts";

Deno.test("commitReference() tells days from commits, and nothing is the newest commit", () => {
  assert.deepEqual(commitReference(undefined), { kind: "head" });
  assert.deepEqual(commitReference("2024-02-29"), { kind: "day", day: "2024-02-29" });
  assert.deepEqual(commitReference("ABCDEF1"), { kind: "commit", hash: "abcdef1" });
  assert.deepEqual(commitReference("20230320"), { kind: "commit", hash: "20230320" });
  assert.deepEqual(commitReference("a".repeat(40)), { kind: "commit", hash: "a".repeat(40) });
});

Deno.test("commitReference() refuses what is neither a day nor a commit", () => {
  for (
    const at of [
      "",
      "main",
      "abcdef",
      "a".repeat(41),
      "2023-02-30",
      "2023-3-1",
      "2023-03-20T00:00:00Z",
      "../../x",
      "__proto__",
      "abcdef1\n",
    ]
  ) {
    assert.throws(() => commitReference(at), {
      name: "RangeError",
      message: `found ${
        JSON.stringify(at)
      }, expected a day like 2023-03-20 or 7 to 40 digits of a commit`,
    });
  }
});
