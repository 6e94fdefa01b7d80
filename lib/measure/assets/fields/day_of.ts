import { civilTime } from "../../../core/time.ts";

/**
 * Milliseconds since 1970 of a day that a person names.
 *
 * @param options.option Name of the option, for the message.
 * @throws {RangeError} when it is no day written `2024-02-29`
 */
export function dayOf(day: string, { option }: { option: string }): number {
  const [, year, month, date] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []).map(Number);
  const time = civilTime(year, month, date, 0);
  if (Number.isNaN(time)) {
    throw new RangeError(
      `Cannot read ${option} ${JSON.stringify(day)}: expected a day like "2024-02-29"`,
    );
  }
  return time;
}
