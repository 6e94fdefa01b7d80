import assert from "node:assert/strict";
import { everyMonth, monthDate, monthEnd } from "../../lib/figure/months.ts";

Deno.test("everyMonth() fills the gaps, also over the end of a year", () => {
  assert.deepEqual(everyMonth(["2023-02", "2022-11", "2023-02"]), [
    "2022-11",
    "2022-12",
    "2023-01",
    "2023-02",
  ]);
  assert.deepEqual(everyMonth([]), []);
});

Deno.test("monthEnd() is the first instant of the next month", () => {
  assert.equal(monthEnd("2022-12").toISOString(), "2023-01-01T00:00:00.000Z");
  assert.equal(monthDate("2024-02").toISOString(), "2024-02-01T00:00:00.000Z");
});

Deno.test("monthDate() refuses what is no month", () => {
  for (const wrong of ["2022", "2022-13", "2022-1", "__proto__", "", "2022-07-01"]) {
    assert.throws(() => monthDate(wrong), { name: "SyntaxError", message: /expected "YYYY-MM"/ });
    assert.throws(() => everyMonth(["2022-01", wrong]), SyntaxError);
  }
});
