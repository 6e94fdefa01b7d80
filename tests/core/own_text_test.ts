import assert from "node:assert/strict";
import { ownText } from "../../lib/core/own_text.ts";

Deno.test("ownText() gives the same text, with U+FFFD for half surrogates", () => {
  for (const text of ["", "a", "\ufeffmark", "模型 🦙", "\u0000"]) {
    assert.equal(ownText(text), text);
  }
  assert.equal(ownText("a\ud800b"), "a\ufffdb");
});
