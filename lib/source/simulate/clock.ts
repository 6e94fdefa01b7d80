import type { Random } from "../../core/random.ts";
import { civilTime } from "../../core/time.ts";

/** The placeholder moment of models older than the Hub's dates, in milliseconds since 1970. */
export const epoch = civilTime(2022, 3, 2, (23 * 3600 + 29 * 60 + 4) * 1000);

/** Seconds from the placeholder moment to the start of a day `YYYY-MM-DD`, at least 0. */
export function seconds(day: string): number {
  const [year, month, date] = day.split("-").map(Number);
  return Math.max(0, Math.round((civilTime(year, month, date, 0) - epoch) / 1000));
}

/** How many of the models that no hub accounts for existed by a day: the Hub's growth, roughly. */
const growth: [day: string, share: number][] = [
  ["2022-03-03", 0],
  ["2022-07-01", 0.02],
  ["2023-01-01", 0.07],
  ["2023-07-01", 0.155],
  ["2024-01-01", 0.275],
  ["2024-07-01", 0.445],
  ["2025-01-01", 0.7],
  ["2025-07-15", 1],
];
const days = Float64Array.from(growth, ([day]) => seconds(day));
const shares = Float64Array.from(growth, ([, share]) => share);

/** Last second of the history. */
export const lastSecond = days[days.length - 1];

/** Share of the background's models that exist at a time. */
export function grownBy(time: number): number {
  if (time <= days[0]) return 0;
  for (let i = 1; i < days.length; i++) {
    if (time < days[i]) {
      const part = (time - days[i - 1]) / (days[i] - days[i - 1]);
      return shares[i - 1] + part * (shares[i] - shares[i - 1]);
    }
  }
  return 1;
}

/** A moment drawn from the growth of the background after `since`, in seconds. */
export function drawMoment(rng: Random, since = 0): number {
  const from = grownBy(since);
  const share = from + rng.uniform() * (1 - from);
  let i = 1;
  while (i < shares.length - 1 && share >= shares[i]) i++;
  const part = (share - shares[i - 1]) / (shares[i] - shares[i - 1]);
  return Math.floor(days[i - 1] + part * (days[i] - days[i - 1]));
}

/** Creation time as the Hub writes it, `2024-05-17T12:34:56.000Z`. */
export function timestamp(time: number): string {
  const total = Math.floor(epoch / 1000) + time;
  const day = Math.floor(total / 86400);
  if (day !== lastDay) {
    lastDay = day;
    lastDate = new Date(day * 86_400_000).toISOString().slice(0, 11);
  }
  const second = total - day * 86400;
  const minute = Math.floor(second / 60);
  return `${lastDate}${two[Math.floor(minute / 60)]}:${two[minute % 60]}:${two[second % 60]}.000Z`;
}

// Rows come in the order of time: the date changes a thousand times, the row two million times.
let lastDay = NaN;
let lastDate = "";
const two = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, "0"));
