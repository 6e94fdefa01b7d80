import assert from "node:assert/strict";
import { civilDate } from "../../lib/core/civil_date.ts";

Deno.test("civilDate() names the day of a time", () => {
  assert.equal(civilDate(Date.UTC(2024, 1, 29, 23, 59)), "2024-02-29");
  assert.equal(civilDate(0), "1970-01-01");
  assert.equal(civilDate(-1), "1969-12-31");
});

Deno.test("civilDate() gives null when there is no day of four digits", () => {
  for (const time of [NaN, Infinity, -1e15, 1e15]) assert.equal(civilDate(time), null);
});
