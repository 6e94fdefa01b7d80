import assert from "node:assert/strict";
import { readContentRange } from "../../../lib/fetch/dataset/content_range.ts";

Deno.test("readContentRange() reads first byte, last byte and size", () => {
  assert.deepEqual(readContentRange("bytes 0-9/10"), { start: 0, end: 9, size: 10 });
  assert.deepEqual(readContentRange(" Bytes  5-9/* "), { start: 5, end: 9, size: null });
});

Deno.test("readContentRange() gives null when there is none, or it says what cannot be", () => {
  for (
    const value of [
      null,
      "",
      "bytes */10",
      "bytes 5-4/10",
      "bytes 0-10/10",
      "bytes -1-4/10",
      "items 0-9/10",
      "bytes 0-9",
      "bytes 0-9/10, bytes 0-1/10",
      "bytes 99999999999999999999-1/2",
    ]
  ) assert.equal(readContentRange(value), null, String(value));
});
