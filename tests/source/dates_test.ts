import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { canonicalDate } from "../../lib/source/canonical_date.ts";
import { inRange, parseDate } from "../../lib/source/dates.ts";

Deno.test("parseDate() agrees with Date.parse when the date is in the Hub's form", () => {
  for (let time = Date.UTC(2000); time < Date.UTC(2101); time += 12_345_678_901) {
    const text = new Date(time).toISOString();
    assert.equal(parseDate(text), time, text);
  }
});

Deno.test("parseDate() reads what pandas and Parquet tools write", () => {
  const time = 1646263744000;
  for (
    const text of [
      "2022-03-02T23:29:04Z",
      "2022-03-02 23:29:04",
      "2022-03-02 23:29:04+00:00",
      "2022-03-02 23:29:04 UTC".replace(" UTC", "Z"),
      "2022-03-03T04:59:04+0530",
      "2022-03-02T21:29:04-02",
      " 2022-03-02T23:29:04.000000Z ",
    ]
  ) assert.equal(parseDate(text), time, text);
  assert.equal(parseDate("2022-03-02T23:29:04.1239Z"), time + 123);
  assert.equal(parseDate("2022-03-02T23:29:04.5Z"), time + 500);
  assert.equal(parseDate("2022-03-02"), Date.UTC(2022, 2, 2));
  assert.equal(parseDate("2024-02-29T00:00:00.000Z"), Date.UTC(2024, 1, 29));
});

Deno.test("parseDate() is NaN when the date cannot be", () => {
  for (
    const text of [
      "",
      "today",
      "2023-02-30",
      "2023-02-29T00:00:00.000Z",
      "2022-00-10",
      "2022-13-10",
      "2022-03-32",
      "2022-03-02T24:00:00.000Z",
      "2022-03-02T23:60:00.000Z",
      "2022-03-02T23:29:60.000Z",
      "0000-01-01",
      "1999-12-31T23:59:59.999Z",
      "2101-01-01T00:00:00.000Z",
      "2022-03-02T23:29:04+24:00",
      "2022-03-02T23:29:04+01:60",
      "2022-03-02T2x:29:04.000Z",
      "2022-3-2",
      "1646263744",
      "__proto__",
    ]
  ) assert.ok(Number.isNaN(parseDate(text)), text);
});

Deno.test("inRange() keeps the years 2000 to 2100", () => {
  assert.equal(inRange(Date.UTC(2000)), Date.UTC(2000));
  assert.equal(inRange(Date.UTC(2101) - 1), Date.UTC(2101) - 1);
  assert.ok(Number.isNaN(inRange(Date.UTC(2000) - 1)));
  assert.ok(Number.isNaN(inRange(Date.UTC(2101))));
  assert.ok(Number.isNaN(inRange(NaN)));
});

Deno.test("canonicalDate() agrees with parseDate() when bytes of a date are changed at random", () => {
  const encoder = new TextEncoder();
  const rng = random({ seed: 5 });
  const others = "0123456789-:TZ./ {}x\0\xff";
  const first = Date.UTC(1999, 11, 1);
  const span = Date.UTC(2101, 1, 1) - first;
  let dates = 0;
  for (let i = 0; i < 20_000; i++) {
    const text = new Date(first + Math.floor(rng.uniform() * span)).toISOString().split("");
    for (let changes = rng.below(3); changes > 0; changes--) {
      text[rng.below(24)] = others[rng.below(others.length)];
    }
    // What is no Latin letter becomes two bytes; the date itself is 24 of them anywhere in a block.
    const bytes = encoder.encode(`"${text.join("").replace("\xff", "?")}"`);
    if (rng.below(10) === 0) bytes[1 + rng.below(24)] = 128 + rng.below(128);
    const shown = String.fromCharCode(...bytes.subarray(1, 25));
    const wanted = /^[\d:TZ.-]{24}$/.test(shown) ? parseDate(shown) : NaN;
    const found = canonicalDate(bytes, 1);
    // The careful path also takes other ways to write a date of 24 characters.
    const isCanonical = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(shown);
    assert.ok(Object.is(found, isCanonical ? wanted : NaN), `${shown}: ${found}`);
    if (!Number.isNaN(found)) dates++;
  }
  assert.ok(dates > 5000 && dates < 15_000, String(dates));
});
