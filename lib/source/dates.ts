import { civilTime } from "../core/time.ts";

const first = civilTime(2000, 1, 1, 0);
const end = civilTime(2100, 12, 31, 86_399_999) + 1;

/**
 * The time itself where it lies in the years 2000 to 2100, otherwise NaN. The Hub opened in 2022 and keeps that as its
 * placeholder for everything older, so that a year outside this range is a fault of the file.
 *
 * @param time Milliseconds since 1970-01-01 UTC, or NaN.
 */
export function inRange(time: number): number {
  return time >= first && time < end ? time : NaN;
}

/** Two decimal digits of a text as a number, NaN where they are not digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

function timeOfDay(hour: number, minute: number, second: number): number {
  return hour <= 23 && minute <= 59 && second <= 59
    ? ((hour * 60 + minute) * 60 + second) * 1000
    : NaN;
}

const hyphen = 45, colon = 58, dot = 46, letterT = 84, letterZ = 90;

/** The form that the Hub writes: `2022-03-02T23:29:04.000Z`. */
function parseCanonical(text: string): number {
  if (text.charCodeAt(4) !== hyphen || text.charCodeAt(7) !== hyphen) return NaN;
  if (text.charCodeAt(10) !== letterT || text.charCodeAt(13) !== colon) return NaN;
  if (text.charCodeAt(16) !== colon || text.charCodeAt(19) !== dot) return NaN;
  if (text.charCodeAt(23) !== letterZ) return NaN;
  const hundreds = text.charCodeAt(20) - 48;
  if (!(hundreds >= 0 && hundreds <= 9)) return NaN;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const time = timeOfDay(twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17));
  return civilTime(
    year,
    twoDigits(text, 5),
    twoDigits(text, 8),
    time + hundreds * 100 + twoDigits(text, 21),
  );
}

const general =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(?:([Zz])|([+-])(\d\d):?(\d\d)?)?)?$/;

/**
 * Time of a date as the Hub, pandas or Parquet tools write it: `2022-03-02T23:29:04.000Z`, with or without time, seconds,
 * fraction (cut to milliseconds) and zone (none means UTC), a blank in place of the T.
 *
 * A date that cannot be is NaN: a day that its month has not, hour 24, second 60, and any year outside 2000 to 2100.
 *
 * @returns milliseconds since 1970-01-01 UTC, or NaN
 *
 * @example
 * ```ts
 * import { parseDate } from "kindred";
 * parseDate("2022-03-02T23:29:04.000Z"); // 1646263744000
 * parseDate("2022-03-02 23:29:04+00:00"); // 1646263744000
 * parseDate("2023-02-30"); // NaN
 * ```
 */
export function parseDate(text: string): number {
  if (text.length === 24) {
    const time = parseCanonical(text);
    if (!Number.isNaN(time)) return inRange(time);
  }
  const match = general.exec(text.trim());
  if (match === null) return NaN;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = ""] = match;
  const time = timeOfDay(Number(hour), Number(minute), Number(second)) +
    Number(fraction.padEnd(3, "0").slice(0, 3));
  const local = civilTime(Number(year), Number(month), Number(day), time);
  const [sign, offsetHour = "0", offsetMinute = "0"] = match.slice(9);
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return NaN;
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000;
  return inRange(sign === "-" ? local + offset : local - offset);
}
