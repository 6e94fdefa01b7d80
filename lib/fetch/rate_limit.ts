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

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3: seconds or a date), and the quota in each form that is in use: `RateLimit` as a structured field
 * (`"api";r=0;t=55`, drafts 08 and later of ietf-httpapi-ratelimit-headers, the Hub's form), as a list (`limit=100, remaining=0, reset=55`,
 * drafts 03 to 07), and the separate `RateLimit-Remaining` and `RateLimit-Reset` (drafts 00 to 02), also with `X-` (GitHub, reset as a time).
 * Dates are compared with the server's own `Date`.
 */
export function readRateLimit(headers: Headers): RateLimit {
  const windows = [...listed(headers), ...separate(headers, ""), ...separate(headers, "x-")];
  const empty = windows.filter(({ remaining }) => remaining < 1);
  const longest = (of: Window[]) => 1000 * Math.max(0, ...of.map(({ reset }) => reset));
  const stated = retryAfter(headers);
  const inferred = windows.length > 0 ? longest(empty.length > 0 ? empty : windows) : null;
  return { afterRefusal: stated ?? inferred, beforeNext: longest(empty) };
}

/** Milliseconds of the server's clock, NaN where it does not say. */
function serverTime(headers: Headers): number {
  return Date.parse(headers.get("date") ?? "");
}

function retryAfter(headers: Headers): number | null {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(value)) return 1000 * Number(value);
  const wait = Date.parse(value) - serverTime(headers);
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

function listed(headers: Headers): Window[] {
  const value = headers.get("ratelimit") ?? "";
  if (value === "") return [];
  const parameter = (text: string, name: string) => {
    const found = new RegExp(`(?:^|[;,\\s])${name}\\s*=\\s*"?(\\d+)`, "i").exec(text);
    return found === null ? NaN : Number(found[1]);
  };
  const windows = /;\s*[rt]\s*=/i.test(value)
    ? value.split(",").map((item) => ({
      remaining: parameter(item, "r"),
      reset: parameter(item, "t"),
    }))
    : [{ remaining: parameter(value, "remaining"), reset: parameter(value, "reset") }];
  return windows.filter(known);
}

function separate(headers: Headers, prefix: string): Window[] {
  const number = (name: string) => {
    const value = headers.get(`${prefix}ratelimit-${name}`)?.trim() ?? "";
    return /^\d+$/.test(value) ? Number(value) : NaN;
  };
  let reset = number("reset");
  if (reset > epoch) reset = Math.max(0, reset - serverTime(headers) / 1000);
  return [{ remaining: number("remaining"), reset }].filter(known);
}

function known({ remaining, reset }: Window): boolean {
  return !Number.isNaN(remaining) && !Number.isNaN(reset);
}
