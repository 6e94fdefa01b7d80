import assert from "node:assert/strict";
import { readRateLimit } from "../../lib/fetch/rate_limit.ts";

const date = "Sat, 22 Aug 2026 10:00:00 GMT";
const second = Date.parse(date) / 1000;

/** Seconds after a refusal and before the next request. */
function read(headers: Record<string, string | undefined>): [number | null, number] {
  const { afterRefusal, beforeNext } = readRateLimit(
    new Headers(headers as Record<string, string>),
  );
  return [afterRefusal === null ? null : afterRefusal / 1000, beforeNext / 1000];
}

Deno.test("readRateLimit() takes Retry-After as seconds or as a date of the server's clock", () => {
  for (
    const [value, wait] of [
      ["55", 55],
      ["0", 0],
      [" 7 ", 7],
      ["1.5", 1.5],
      ["5, 10", 10],
      ["9999999999", 9_999_999_999],
      ["Sat, 22 Aug 2026 10:00:55 GMT", 55],
      ["Saturday, 22-Aug-26 10:00:55 GMT", 55],
      ["Sat Aug 22 10:00:55 2026", 55],
      ["Sat, 22 Aug 2026 09:00:00 GMT", 0],
      ["Fri, 21 Aug 2026 10:00:00 GMT", 0],
      ["Sat, 22 Aug 2026 16:00:00 GMT", 21_600],
      ["", null],
      ["-5", null],
      ["1e9", null],
      ["soon", null],
      ["soon 5", null],
      ["NaN", null],
      ["Infinity", null],
      ["0x10", null],
      ["2026-08-22", null],
      ["Mon, 99 Foo 2026 10:00:00 GMT", null],
    ] as const
  ) assert.deepEqual(read({ date, "retry-after": value }), [wait, 0], value);
});

Deno.test("readRateLimit() cannot compare a date without the server's clock, and minds the age of a stored answer", () => {
  const retry = "Sat, 22 Aug 2026 10:00:55 GMT";
  assert.deepEqual(read({ "retry-after": retry }), [null, 0]);
  assert.deepEqual(read({ date: "gibberish", "retry-after": retry }), [null, 0]);
  assert.deepEqual(read({ "retry-after": "55" }), [55, 0]);
  assert.deepEqual(read({ date, age: "50", "retry-after": retry }), [5, 0]);
  assert.deepEqual(read({ date, age: "junk", "retry-after": retry }), [55, 0]);
  // A server whose clock is off by hours is off in both.
  assert.deepEqual(
    read({
      date: "Sat, 22 Aug 2026 03:00:00 GMT",
      "retry-after": "Sat, 22 Aug 2026 03:00:55 GMT",
    }),
    [55, 0],
  );
});

Deno.test("readRateLimit() takes the quota in each form", () => {
  for (
    const headers of [
      { ratelimit: '"api";r=0;t=55' },
      { ratelimit: '"api";t=55;r=0', "ratelimit-policy": '"fixed window";"api";q=500;w=300' },
      { ratelimit: "api; r=0; t=55" },
      { ratelimit: '"a,b;r=9;t=9";r=0;t=55' },
      { ratelimit: '"api";r=-1;t=55' },
      { ratelimit: '"api";r=0;t=10, "pages";r=0;t=55, "files";r=10;t=300' },
      { ratelimit: "limit=100, remaining=0, reset=55" },
      { ratelimit: "limit=100;remaining=0;reset=55" },
      { ratelimit: "limit=10, remaining=0, reset=55, limit=900, remaining=8, reset=3600" },
      { "ratelimit-limit": "100", "ratelimit-remaining": "0", "ratelimit-reset": "55" },
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "55" },
      { date, "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${second + 55}` },
      { date, "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${1000 * (second + 55)}` },
    ]
  ) assert.deepEqual(read(headers), [55, 55], JSON.stringify(headers));
});

Deno.test("readRateLimit() asks for no wait while something remains, or where the header is no such thing", () => {
  for (
    const headers of [
      {},
      { ratelimit: '"api";r=499;t=300' },
      { ratelimit: "limit=100, remaining=99, reset=55" },
      { "x-ratelimit-remaining": "4999", "x-ratelimit-reset": "55" },
      { ratelimit: '"api";r=0' },
      { ratelimit: '"r=0;t=55"' },
      { ratelimit: "" },
      { ratelimit: ";;;,,=,r==;t" },
      { ratelimit: "remaining=0" },
      { "ratelimit-remaining": "0" },
      { "ratelimit-remaining": "none", "ratelimit-reset": "55" },
      // A time, and no clock to compare it with.
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${second + 55}` },
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-08-22T10:00:55Z" },
    ]
  ) {
    assert.deepEqual(read(headers), [null, 0], JSON.stringify(headers));
  }
});

Deno.test("readRateLimit() prefers Retry-After after a refusal, and takes a reset that is over for now", () => {
  assert.deepEqual(read({ "retry-after": "3", ratelimit: '"api";r=0;t=55' }), [3, 55]);
  assert.deepEqual(
    read({ date, "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${second - 55}` }),
    [0, 0],
  );
  assert.deepEqual(read({ ratelimit: '"api";r=0;t=-5' }), [0, 0]);
});
