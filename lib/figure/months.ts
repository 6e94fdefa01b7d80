/**
 * First day of a month in UTC.
 *
 * @throws {SyntaxError} when the month is not written "YYYY-MM"
 */
export function monthDate(month: string): Date {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) {
    throw new SyntaxError(
      `Cannot place the month ${JSON.stringify(month)}: expected "YYYY-MM", for example "2022-07"`,
    );
  }
  return new Date(`${month}-01T00:00:00Z`);
}

/** The months from the first to the last of those given, without gaps; empty where none is given. */
export function everyMonth(months: Iterable<string>): string[] {
  const sorted = [...new Set(months)].sort();
  if (sorted.length === 0) return [];
  sorted.forEach(monthDate);
  const last = sorted.at(-1)!;
  const all: string[] = [];
  let [year, month] = sorted[0].split("-").map(Number);
  for (let name = sorted[0]; name <= last;) {
    all.push(name);
    if (++month > 12) [year, month] = [year + 1, 1];
    name = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
  }
  return all;
}

/** The end of a month, where a running total of that month is drawn. */
export function monthEnd(month: string): Date {
  const start = monthDate(month);
  return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1));
}
