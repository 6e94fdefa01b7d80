import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { civilTime, monthName, monthOf } from "../../lib/core/time.ts";

const day = 86_400_000;

Deno.test("civilTime() equals the built-in calendar in every month from year 1 to 9999", () => {
  const date = new Date(0);
  date.setUTCFullYear(1, 0, 1);
  let expected = date.getTime();
  for (let year = 1; year <= 9999; year++) {
    for (let month = 1; month <= 12; month++) {
      date.setTime(0);
      date.setUTCFullYear(year, month, 0);
      const days = date.getUTCDate();
      // Every day of some years, the first and last of each month in all.
      for (
        const d of year % 101 === 0 ? Array.from({ length: days }, (_, i) => i + 1) : [1, days]
      ) {
        if (civilTime(year, month, d, 5) !== expected + (d - 1) * day + 5) {
          assert.fail(`${year}-${month}-${d}`);
        }
      }
      assert.ok(Number.isNaN(civilTime(year, month, days + 1, 0)));
      expected += days * day;
    }
  }
  assert.equal(expected, Date.UTC(10_000, 0, 1));
});

Deno.test("civilTime() is NaN when there is no such date", () => {
  const impossible: [number, number, number, number][] = [
    [0, 1, 1, 0],
    [10_000, 1, 1, 0],
    [2024, 0, 1, 0],
    [2024, 13, 1, 0],
    [2024, 1, 0, 0],
    [2024, 4, 31, 0],
    [1900, 2, 29, 0],
    [2024, 1, 1, -1],
    [2024, 1, 1, day],
    [NaN, 1, 1, 0],
    [2024, NaN, 1, 0],
    [2024, 1, NaN, 0],
    [2024, 1, 1, NaN],
    [2024, 1.5, 31, 0],
  ];
  for (const date of impossible) assert.ok(Number.isNaN(civilTime(...date)), date.join(" "));
  assert.equal(civilTime(2000, 2, 29, 0), Date.UTC(2000, 1, 29));
});

Deno.test("monthOf() equals the built-in calendar at random times and at the edges of every month", () => {
  const rng = random({ seed: 4 });
  const slow = (time: number) => {
    const date = new Date(time);
    return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
  };
  for (let i = 0; i < 20_000; i++) {
    const time = Math.floor(rng.uniform() * Date.UTC(2200, 0));
    assert.equal(monthOf(time), slow(time));
  }
  for (let month = 0; month < 230 * 12; month++) {
    const start = Date.UTC(1970, month);
    assert.equal(monthOf(start), month);
    assert.equal(monthOf(start - 1), month - 1);
    assert.equal(monthName(month), new Date(start).toISOString().slice(0, 7));
  }
  for (const outside of [NaN, -1, Date.UTC(2200, 0), Infinity, -Infinity]) {
    assert.equal(monthOf(outside), -1);
  }
  assert.equal(monthOf(Date.UTC(2200, 0) - 1), 230 * 12 - 1);
});
