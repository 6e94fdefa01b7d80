import assert from "node:assert/strict";
import { brief, fitCount, plural } from "../../lib/figure/format.ts";

Deno.test("brief() keeps at most five characters", () => {
  assert.deepEqual([0, 950, 1000, 1949, 9949, 12_345, 123_456, 3_400_000].map(brief), [
    "0",
    "950",
    "1k",
    "1.9k",
    "9.9k",
    "12.3k",
    "123k",
    "3.4M",
  ]);
});

Deno.test("fitCount() writes digits, thousands or millions, whichever fits first", () => {
  assert.equal(fitCount(1234, { width: 100 }), "1,234");
  assert.equal(fitCount(1234, { width: 16 }), "1k");
  assert.equal(fitCount(2_400_000, { width: 16 }), "2M");
  assert.equal(fitCount(999, { width: 5 }), "");
});

Deno.test("plural() agrees with its number", () => {
  assert.deepEqual([0, 1, 2000].map((n) => plural(n, "model")), [
    "0 models",
    "1 model",
    "2,000 models",
  ]);
});
