import assert from "node:assert/strict";
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
