import { civilTime } from "../core/time.ts";
import { inRange } from "./dates.ts";

/** Milliseconds of the 24 bytes `2022-03-02T23:29:04.000Z` at p, NaN when they are not such a date. */
export function canonicalDate(b: Uint8Array, p: number): number {
  if (
    b[p + 4] !== 45 || b[p + 7] !== 45 || b[p + 10] !== 84 || b[p + 13] !== 58 || b[p + 16] !== 58
  ) return NaN;
  if (b[p + 19] !== 46 || b[p + 23] !== 90) return NaN;
  for (let i = 0; i < 23; i++) {
    if (i === 4 || i === 7 || i === 10 || i === 13 || i === 16 || i === 19) continue;
    if (b[p + i] < 48 || b[p + i] > 57) return NaN;
  }
  const two = (at: number) => (b[p + at] - 48) * 10 + b[p + at + 1] - 48;
  const hour = two(11), minute = two(14), second = two(17);
  if (minute > 59 || second > 59) return NaN;
  const ms = (b[p + 20] - 48) * 100 + two(21);
  return inRange(
    civilTime(
      two(0) * 100 + two(2),
      two(5),
      two(8),
      ((hour * 60 + minute) * 60 + second) * 1000 + ms,
    ),
  );
}
