import { version } from "../version.ts";
import { quoted, refusalOf } from "./hosts.ts";
import { connectionReason, HttpError, RefusedError } from "./http_errors.ts";
import type { OpenAnswer, RequestOptions } from "./http_types.ts";
import { IdleGuard, pieces } from "./idle_guard.ts";
import { type RateLimit, readRateLimit } from "./rate_limit.ts";

const mostRedirects = 5;

/** What holds for every request of a client. */
export interface ServerRules {
  hosts: readonly string[];
  token: string | null;
  tokenHost: string | null;
  tokenName: string;
  idle: number;
  beforeRequest: () => Promise<void>;
  signal: AbortSignal | null;
}

/** An answer, and what the servers on the way said about their quotas. */
export interface AskedServer {
  answer: OpenAnswer;
  /** Milliseconds to wait before the next request. */
  beforeNext: number;
}

/**
 * Asks once, and again where the answer is a redirect to an allowed host.
 *
 * @throws {HttpError} when the status is not accepted
 * @throws {RefusedError} when the address or a redirect may not be followed, or a certificate is not valid
 * @throws {Error} when the connection fails
 */
export async function askServer(
  first: URL,
  { request, rules }: { request: RequestOptions; rules: ServerRules },
): Promise<AskedServer> {
  const { accept = [200], mostBytes = Infinity } = request;
  let redirect: Headers | null = null;
  let beforeNext = 0;
  let url = first;
  for (let hops = 0;; hops++) {
    const why = refusalOf(url, rules.hosts);
    if (why !== null) {
      const which = hops === 0 ? "an address that" : `it redirects to ${quoted(url)}, which`;
      throw refused(first, `${which} ${why}`, rules);
    }
    await rules.beforeRequest();
    const guard = new IdleGuard(rules.idle, rules.signal);
    const authorized = rules.token !== null && url.host === rules.tokenHost;
    let response: Response;
    try {
      response = await fetch(url, {
        redirect: "manual",
        signal: guard.signal,
        headers: {
          "user-agent": `kindred/${version}`,
          ...(url.host === first.host ? request.headers : withoutSecrets(request.headers)),
          ...(authorized ? { authorization: `Bearer ${rules.token}` } : {}),
        },
      });
    } catch (error) {
      throw connectionError(error, { first, rules });
    } finally {
      guard.end();
    }
    const limit = readRateLimit(response.headers);
    beforeNext = Math.max(beforeNext, limit.beforeNext);
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      if (hops === mostRedirects) throw refused(first, `more than ${hops} redirects`, rules);
      redirect ??= response.headers;
      url = redirected(url, { location, first, rules });
      continue;
    }
    const body = pieces(response, { guard, mostBytes, name: quoted(first) });
    const cancel = async () => {
      guard.end();
      await body.return(undefined).catch(() => {});
      await response.body?.cancel().catch(() => {});
    };
    const { status, headers } = response;
    if (!accept.includes(status)) {
      const answer = { status, headers, url, limit };
      throw await statusError(answer, { body, cancel, rules, authorized });
    }
    const answer = { status, headers, url, date: isoDate(headers.get("date")), redirect };
    return { answer: { ...answer, body, cancel }, beforeNext };
  }
}

/** Headers that are meant for one host only are not for the next. */
function withoutSecrets(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(?:authorization|cookie)$/i.test(name)),
  );
}

function redirected(
  from: URL,
  { location, first, rules }: { location: string; first: URL; rules: ServerRules },
): URL {
  const target = URL.parse(location, from);
  if (target === null) {
    const where = JSON.stringify(location.replace(/[?#].*$/s, "").slice(0, 200));
    throw refused(first, `it redirects to ${where}, which is no address`, rules);
  }
  if (from.protocol === "https:" && target.protocol === "http:") {
    throw refused(first, `it redirects to ${quoted(target)}, which is not https`, rules);
  }
  return target;
}

function refused(first: URL, why: string, { token }: ServerRules): RefusedError {
  return new RefusedError(`Cannot fetch ${quoted(first)}: ${hidden(why, token)}`);
}

/** What becomes of an error of `fetch`: those of the person who runs it stay, the others lose the address. */
function connectionError(
  error: unknown,
  { first, rules }: { first: URL; rules: ServerRules },
): unknown {
  if (rules.signal?.aborted || error instanceof Deno.errors.NotCapable) return error;
  const reason = connectionReason(error);
  return /invalid peer certificate|port \d+ (?:is|are) blocked/.test(reason)
    ? refused(first, reason, rules)
    : new Error(reason);
}

/** An error that says what the server said, and what may be wrong with the token. */
async function statusError(
  { status, headers, url, limit }: {
    status: number;
    headers: Headers;
    url: URL;
    limit: RateLimit;
  },
  { body, cancel, rules, authorized }: {
    body: OpenAnswer["body"];
    cancel: () => Promise<void>;
    rules: ServerRules;
    authorized: boolean;
  },
): Promise<HttpError> {
  const { token, tokenHost, tokenName } = rules;
  const said = /^text\/html\b/i.test(headers.get("content-type") ?? "")
    ? ""
    : await beginning(body, token);
  await cancel();
  const exhausted = limit.beforeNext > 0;
  const closed = status === 401 || (status === 403 && !exhausted && limit.afterRefusal === null);
  const hint = !closed || url.host !== tokenHost
    ? ""
    : authorized
    ? `; the token in ${tokenName} may be wrong, or may not be for this`
    : `; it may be open to a token in ${tokenName}`;
  const quote = said === "" ? "" : `, ${JSON.stringify(said)}`;
  const reason = `status ${status}`;
  const wait = limit.afterRefusal;
  const message = `Cannot fetch ${quoted(url)}: ${reason}${quote}${hint}`;
  return new HttpError(message, { status, wait, exhausted, reason });
}

/** The beginning of an error's body, in one line and without the token. */
async function beginning(body: OpenAnswer["body"], token: string | null): Promise<string> {
  let text = "";
  try {
    const decoder = new TextDecoder();
    for await (const part of body) {
      text += decoder.decode(part, { stream: true });
      // A token that begins within them must be whole to be found.
      if (text.length > 200 + (token?.length ?? 0)) break;
    }
  } catch {
    // The status says enough.
  }
  return hidden(text, token).replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim().slice(0, 200);
}

function hidden(text: string, token: string | null): string {
  return token === null ? text : text.replaceAll(token, "…");
}

function isoDate(value: string | null): string | null {
  const time = Date.parse(value ?? "");
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
