import { type Random, random } from "../core/random.ts";
import { askServer, type ServerRules } from "./ask_server.ts";
import { HttpError, RefusedError } from "./http_errors.ts";
import { quoted } from "./hosts.ts";
import type { Answer, HttpClientOptions, OpenAnswer, RequestOptions } from "./http_types.ts";

/** Longest time that a timer can be set to, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** Attempts at a server that has never answered: there may be no network. */
const firstTries = 6;

/**
 * Asks servers for files the way they wish to be asked: follows redirects to allowed hosts only, waits as `Retry-After` and the rate
 * limit's headers say, backs off on errors that pass, gives up on those that do not. Requests may run side by side; when one is told to wait, those
 * that begin later wait too.
 */
export class HttpClient {
  #rules: ServerRules;
  #tries: number;
  #backoff: number;
  #longestWait: number;
  #onWait: NonNullable<HttpClientOptions["onWait"]>;
  #random: Random = random();
  /** Milliseconds that an answer asked to wait before the next request. */
  #pause = 0;
  /** Whether a server has answered. */
  #met = false;
  /** A wait that all requests share. */
  #gate: Promise<void> | null = null;

  /**
   * Takes the rules of a server.
   *
   * @throws {RangeError} when no header can hold the token, in words that do not show it
   */
  constructor(options: HttpClientOptions) {
    const { hosts, token, tokenHost = null, tokenName = "HF_TOKEN", idle = 60_000 } = options;
    const { signal = null, tries = 10, backoff = 1000, longestWait = 900_000 } = options;
    const { beforeRequest = () => Promise.resolve() } = options;
    this.#rules = {
      hosts,
      token: checkedToken(token, { name: tokenName }),
      tokenHost,
      tokenName,
      idle,
      beforeRequest,
      signal,
    };
    this.#tries = tries;
    this.#backoff = backoff;
    this.#longestWait = Math.min(longestWait, longestTimer);
    this.#onWait = options.onWait ?? (() => {});
  }

  /**
   * The whole answer to a request; an answer that breaks off or cannot be decompressed is asked for again. One that is well-formed and
   * not what was asked for is the caller's to find, who then calls {@link HttpClient.backOff} and asks again.
   *
   * @throws {HttpError} when the server refuses, or every attempt fails
   * @throws {RefusedError} when a redirect leads elsewhere or the body is too large
   */
  async get(url: URL | string, options: RequestOptions = {}): Promise<Answer> {
    const request = { ...options, mostBytes: options.mostBytes ?? 256 << 20 };
    return await this.#attempts(new URL(url), async (target) => {
      const { body, cancel: _, ...answer } = await this.#ask(target, request);
      return { ...answer, bytes: await joined(body) };
    });
  }

  /** The same, its body to be read as it comes; what breaks off then is the caller's to ask for again. */
  async open(url: URL | string, options: RequestOptions = {}): Promise<OpenAnswer> {
    return await this.#attempts(new URL(url), (target) => this.#ask(target, options));
  }

  /**
   * Waits as before another attempt: as long as the server says, else twice as long each time. A server that says "at once" and
   * refuses a third time is given more.
   *
   * @param options.failures How often in a row it has failed.
   * @throws {HttpError} when that is too often, or the server asks for too long a wait
   */
  async backOff(
    url: URL | string,
    { failures, error }: { failures: number; error: unknown },
  ): Promise<void> {
    const answered = error instanceof HttpError ? error : null;
    const reason = answered?.reason ?? (error instanceof Error ? error.message : String(error));
    const fail = (what: string) =>
      new HttpError(what, { status: answered?.status ?? null, reason, cause: error });
    const what = answered?.message ?? `Cannot fetch ${quoted(new URL(url))}: ${reason}`;
    const stated = answered?.wait ?? null;
    if (stated !== null && stated > this.#longestWait) {
      throw fail(`${what}; the server asks to wait ${seconds(stated)} s; try again then`);
    }
    if (answered?.status != null) this.#met = true;
    if (!this.#met && failures >= firstTries) {
      throw fail(`${what} (${failures} attempts); is this machine online?`);
    }
    if (failures >= this.#tries) throw fail(`${what} (${failures} attempts); try again later`);
    const full = this.#backoff * 2 ** Math.min(6, failures - 1);
    const own = full * (1 - this.#random.uniform() / 2);
    if (stated === null) return await this.wait(own, reason);
    this.#gate ??= this.#shared(failures > 2 ? Math.max(stated, own) : stated, reason);
    await this.#gate;
  }

  /** Waits. @throws what the signal was aborted with */
  async wait(milliseconds: number, reason: string): Promise<void> {
    const { signal } = this.#rules;
    signal?.throwIfAborted();
    if (milliseconds <= 0) return;
    this.#onWait({ milliseconds, reason });
    // Who is told may have ended it.
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, Math.min(milliseconds, longestTimer));
    const stop = () => reject(signal!.reason);
    signal?.addEventListener("abort", stop, { once: true });
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  }

  async #attempts<T>(url: URL, attempt: (url: URL) => Promise<T>): Promise<T> {
    for (let failures = 0;;) {
      await this.#passGate();
      try {
        return await attempt(url);
      } catch (error) {
        this.#rules.signal?.throwIfAborted();
        if (!passes(error)) throw error;
        await this.backOff(url, { failures: ++failures, error });
      }
    }
  }

  async #ask(url: URL, request: RequestOptions): Promise<OpenAnswer> {
    const { answer, beforeNext } = await askServer(url, { request, rules: this.#rules });
    this.#met = true;
    // Those that were under way when the wait began say the same again.
    if (this.#gate === null) this.#pause = Math.max(this.#pause, beforeNext);
    return answer;
  }

  /** Waits with the others, or begins the wait that is due; one that is too long is left to the server's next answer. */
  async #passGate(): Promise<void> {
    if (this.#gate === null && this.#pause > 0) {
      const pause = this.#pause;
      this.#pause = 0;
      if (pause <= this.#longestWait) this.#gate = this.#shared(pause, "the rate limit is reached");
    }
    await this.#gate;
    this.#rules.signal?.throwIfAborted();
  }

  async #shared(milliseconds: number, reason: string): Promise<void> {
    try {
      await this.wait(milliseconds, reason);
    } finally {
      this.#gate = null;
    }
  }
}

/** A token without the line end of the file that it came from, null for none. */
function checkedToken(token: string | undefined, { name }: { name: string }): string | null {
  const trimmed = token?.trim() ?? "";
  if (/^[\x21-\x7e]*$/.test(trimmed)) return trimmed === "" ? null : trimmed;
  throw new RangeError(
    `Cannot use the token: it holds white space or characters that no token has; look at ${name}, where it is set`,
  );
}

/** Whether an error may pass: the connection's, 5xx, 429, and 403 for a used-up quota (GitHub, which also says it by `Retry-After` alone). */
function passes(error: unknown): boolean {
  if (error instanceof RefusedError || error instanceof Deno.errors.NotCapable) return false;
  if (!(error instanceof HttpError)) return true;
  const { status, exhausted, wait } = error;
  return status !== null &&
    (status >= 500 || status === 429 || status === 408 ||
      (status === 403 && (exhausted || wait !== null)));
}

function seconds(milliseconds: number): string {
  return String(Math.ceil(Math.min(milliseconds / 1000, Number.MAX_SAFE_INTEGER)));
}

async function joined(body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    parts.push(part);
    length += part.length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
