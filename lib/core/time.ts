/** Days in each month of a common year. */
const monthDays = Uint8Array.of(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

/**
 * Milliseconds since 1970-01-01 UTC of a Gregorian calendar date and time, NaN where there is no such date (30 February, hour 24).
 *
 * @param year Four digits at most, 1 to 9999.
 * @param month 1 to 12.
 * @param day 1 to 31.
 * @param milliseconds Within the day, 0 to 86,399,999.
 *
 * @example
 * ```ts
 * import { civilTime } from "kindred";
 * civilTime(2024, 2, 29, 0) === Date.UTC(2024, 1, 29); // true
 * civilTime(2023, 2, 29, 0); // NaN
 * ```
 */
export function civilTime(year: number, month: number, day: number, milliseconds: number): number {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return NaN;
  if (!(milliseconds >= 0 && milliseconds < 86_400_000)) return NaN;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && leap ? 29 : monthDays[month - 1];
  if (!(day <= days)) return NaN;
  // Howard Hinnant's days_from_civil: years begin in March, so that leap days end them.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) +
    dayOfYear;
  return (era * 146097 + dayOfEra - 719468) * 86_400_000 + milliseconds;
}

/** First millisecond of each month from January 1970 to December 2199. */
const monthStarts = Float64Array.from(
  { length: 230 * 12 },
  (_, i) => civilTime(1970 + Math.floor(i / 12), i % 12 + 1, 1, 0),
);
const meanMonth = 365.2425 / 12 * 86_400_000;

/**
 * Months since January 1970 of a time in milliseconds, -1 for NaN and for times outside 1970 to 2199.
 *
 * @example
 * ```ts
 * import { monthName, monthOf } from "kindred";
 * monthName(monthOf(Date.UTC(2022, 2, 2))); // "2022-03"
 * ```
 */
export function monthOf(milliseconds: number): number {
  if (!(milliseconds >= 0)) return -1;
  let month = Math.min(monthStarts.length - 1, Math.floor(milliseconds / meanMonth));
  while (milliseconds < monthStarts[month]) month--;
  while (month + 1 < monthStarts.length && milliseconds >= monthStarts[month + 1]) month++;
  return month === monthStarts.length - 1 && milliseconds >= monthStarts[month] + 31 * 86_400_000
    ? -1
    : month;
}

/**
 * Month number as text: 626 is `"2022-03"`.
 *
 * @example
 * ```ts
 * import { monthName } from "kindred";
 * monthName(626); // "2022-03"
 * ```
 */
export function monthName(month: number): string {
  return `${1970 + Math.floor(month / 12)}-${String(month % 12 + 1).padStart(2, "0")}`;
}
