/** What a server says about when it may be asked again. */
export interface RateLimit {
  /** Milliseconds to wait after a refusal (429, 503), null where nothing is said. */
  afterRefusal: number | null;
  /** Milliseconds to wait before the next request although this one was answered: nothing remains of the quota; else 0. */
  beforeNext: number;
}

/** A window of a quota: requests that remain of it, and seconds until it is whole again. */
interface Window {
  remaining: number;
  reset: number;
}

/** Resets above this many seconds are times since 1970, as GitHub gives them, and not spans. */
const epoch = 1e9;

/** Resets above this are times in milliseconds. */
const milliEpoch = 1e11;

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3: seconds or a date), and the quota in each form that is in use: `RateLimit` as a structured field
 * (`"api";r=0;t=55`, drafts 08 and later of ietf-httpapi-ratelimit-headers, the Hub's form), as a list (`limit=100, remaining=0, reset=55`,
 * drafts 03 to 07), and the separate `RateLimit-Remaining` and `RateLimit-Reset` (drafts 00 to 02), also with `X-` (GitHub, reset as a time).
 * Dates are compared with the server's own `Date`, never with the clock of this machine; without it they say nothing. Of several windows those count
 * of which nothing remains; the others are sent with every answer, also with one that failed for another reason.
 */
export function readRateLimit(headers: Headers): RateLimit {
  const empty = [...listed(headers), ...separate(headers, ""), ...separate(headers, "x-")]
    .filter(({ remaining }) => remaining < 1);
  const beforeNext = 1000 * Math.max(0, ...empty.map(({ reset }) => reset));
  return {
    afterRefusal: retryAfter(headers) ?? (empty.length > 0 ? beforeNext : null),
    beforeNext,
  };
}

/** Milliseconds of the server's clock, NaN where it does not say; a store on the way says how long ago it was. */
function serverTime(headers: Headers): number {
  const age = Number(/^\d+$/.exec(headers.get("age") ?? "")?.[0] ?? 0);
  return Date.parse(headers.get("date") ?? "") + 1000 * age;
}

function retryAfter(headers: Headers): number | null {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+(?:\.\d+)?(?:\s*,\s*\d+)*$/.test(value)) {
    return 1000 * Math.max(...value.split(",").map(Number));
  }
  // Date.parse takes "-5" for a day in May 2001.
  if (!/^[A-Za-z]{3,9},? .*\d\d:\d\d:\d\d/.test(value)) return null;
  // The oldest of the three forms of a date does not say that it is Greenwich's.
  const wait = Date.parse(/GMT$/.test(value) ? value : `${value} GMT`) - serverTime(headers);
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

function listed(headers: Headers): Window[] {
  // The name of a window may look like a parameter.
  const value = (headers.get("ratelimit") ?? "").replace(/(^|,)\s*"(?:[^"\\]|\\.)*"/g, "$1");
  const numbers = (text: string, name: string) =>
    [...text.matchAll(new RegExp(`(?:^|[;,\\s])${name}\\s*=\\s*"?(-?\\d+(?:\\.\\d+)?)`, "gi"))]
      .map(([, number]) => Number(number));
  if (/;\s*[rt]\s*=/i.test(value)) {
    return value.split(",")
      .map((item) => ({
        remaining: numbers(item, "r")[0] ?? NaN,
        reset: numbers(item, "t")[0] ?? NaN,
      }))
      .filter(known);
  }
  const resets = numbers(value, "reset");
  return numbers(value, "remaining")
    .map((remaining, i) => ({ remaining, reset: resets[i] ?? NaN }))
    .filter(known);
}

function separate(headers: Headers, prefix: string): Window[] {
  const number = (name: string) => {
    const value = headers.get(`${prefix}ratelimit-${name}`)?.trim() ?? "";
    return /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : NaN;
  };
  let reset = number("reset");
  if (reset > milliEpoch) reset /= 1000;
  if (reset > epoch) reset = Math.max(0, reset - serverTime(headers) / 1000);
  return [{ remaining: number("remaining"), reset }].filter(known);
}

function known({ remaining, reset }: Window): boolean {
  return !Number.isNaN(remaining) && !Number.isNaN(reset);
}
