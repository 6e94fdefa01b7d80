import assert from "node:assert/strict";
import { wrap } from "../../lib/task/wrap.ts";

Deno.test("wrap() cuts at blanks, indents what follows, and leaves a long word whole", () => {
  assert.equal(wrap("", { width: 5 }), "");
  assert.equal(wrap("one two three", { width: 7 }), "one two\nthree");
  assert.equal(wrap("  one two", { width: 5, indent: "    " }), "  one\n    two");
  assert.equal(
    wrap("a https://example.org/long b", { width: 4 }),
    "a\nhttps://example.org/long\nb",
  );
  assert.equal(wrap("é😀 é😀", { width: 5 }), "é😀 é😀");
});
