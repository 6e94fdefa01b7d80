import { civilTime } from "../core/time.ts";
import { inRange } from "./dates.ts";

/** Number of two digits at p, negative or above 99 where one of them is none. */
function twoDigits(b: Uint8Array, p: number): number {
  const tens = b[p] - 48;
  const ones = b[p + 1] - 48;
  return tens >>> 0 <= 9 && ones >>> 0 <= 9 ? 10 * tens + ones : -10_000;
}

let lastYear = 0, lastMonth = 0, lastDay = 0;
/** Midnight of the day that was asked for last: rows of an age stand together. */
let lastMidnight = NaN;

/** Milliseconds of the 24 bytes `2022-03-02T23:29:04.000Z` at p, NaN when they are not such a date. */
export function canonicalDate(b: Uint8Array, p: number): number {
  const marks = (b[p + 4] ^ 45) | (b[p + 7] ^ 45) | (b[p + 10] ^ 84) | (b[p + 13] ^ 58) |
    (b[p + 16] ^ 58) | (b[p + 19] ^ 46) | (b[p + 23] ^ 90);
  if (marks !== 0) return NaN;
  const year = 100 * twoDigits(b, p) + twoDigits(b, p + 2);
  const month = twoDigits(b, p + 5);
  const day = twoDigits(b, p + 8);
  const hour = twoDigits(b, p + 11);
  const minute = twoDigits(b, p + 14);
  const second = twoDigits(b, p + 17);
  const hundreds = b[p + 20] - 48;
  const ms = 100 * hundreds + twoDigits(b, p + 21);
  if (hour > 23 || minute > 59 || second > 59 || hundreds > 9) return NaN;
  if ((year | month | day | hour | minute | second | hundreds | ms) < 0) return NaN;
  if (day !== lastDay || month !== lastMonth || year !== lastYear) {
    lastMidnight = inRange(civilTime(year, month, day, 0));
    lastYear = year;
    lastMonth = month;
    lastDay = day;
  }
  return lastMidnight + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
}
