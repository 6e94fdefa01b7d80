import { type Random, random } from "../core/random.ts";
import { version } from "../version.ts";
import { HttpError, RefusedError } from "./http_errors.ts";
import { isAllowed, quoted } from "./hosts.ts";
import type { Answer, HttpClientOptions, OpenAnswer, RequestOptions } from "./http_types.ts";
import { IdleGuard, pieces } from "./idle_guard.ts";
import { readRateLimit } from "./rate_limit.ts";

const mostRedirects = 5;

/**
 * Asks servers for files the way they wish to be asked: follows redirects to allowed hosts only, waits as `Retry-After` and the rate
 * limit's headers say, backs off on errors that pass, gives up on those that do not.
 */
export class HttpClient {
  #options: Required<Omit<HttpClientOptions, "token" | "tokenHost" | "signal" | "onWait">>;
  #token: string | null;
  #tokenHost: string | null;
  #onWait: NonNullable<HttpClientOptions["onWait"]>;
  #signal: AbortSignal | null;
  #random: Random = random();
  /** Milliseconds that the last answer asked to wait before the next request. */
  #pause = 0;

  /** Takes the rules of a server. */
  constructor(
    { token, tokenHost, signal, onWait = () => {}, ...options }: HttpClientOptions,
  ) {
    this.#options = {
      tries: 10,
      backoff: 1000,
      longestWait: 900_000,
      idle: 60_000,
      ...options,
    };
    this.#token = token ?? null;
    this.#tokenHost = tokenHost ?? null;
    this.#signal = signal ?? null;
    this.#onWait = onWait;
  }

  /**
   * The whole answer to a request; an answer that breaks off or cannot be decompressed is asked for again.
   *
   * @throws {HttpError} when the server refuses, or every attempt fails
   * @throws {RefusedError} when a redirect leads elsewhere or the body is too large
   */
  async get(url: URL | string, options: RequestOptions = {}): Promise<Answer> {
    const { mostBytes = 256 << 20 } = options;
    return await this.#attempts(new URL(url), async (target) => {
      const { body, cancel, ...answer } = await this.#ask(target, options);
      const parts: Uint8Array[] = [];
      let length = 0;
      for await (const part of body) {
        length += part.length;
        if (length > mostBytes) {
          await cancel();
          throw new RefusedError(
            `Cannot fetch ${quoted(target)}: the answer is larger than ${mostBytes} bytes`,
          );
        }
        parts.push(part);
      }
      const bytes = new Uint8Array(length);
      let at = 0;
      for (const part of parts) {
        bytes.set(part, at);
        at += part.length;
      }
      return { ...answer, bytes };
    });
  }

  /** The same, its body to be read as it comes; what breaks off then is the caller's to ask for again. */
  async open(url: URL | string, options: RequestOptions = {}): Promise<OpenAnswer> {
    return await this.#attempts(new URL(url), (target) => this.#ask(target, options));
  }

  /**
   * Waits as before another attempt.
   *
   * @param options.failures How often in a row it has failed.
   * @throws {HttpError} when that is too often
   */
  async backOff(
    url: URL | string,
    { failures, error }: { failures: number; error: unknown },
  ): Promise<void> {
    const { tries, backoff } = this.#options;
    const reason = error instanceof Error ? error.message : String(error);
    if (failures >= tries) {
      throw new HttpError(
        `Cannot fetch ${quoted(new URL(url))}: ${reason} (${failures} attempts); try again later`,
        { status: error instanceof HttpError ? error.status : null, cause: error },
      );
    }
    const full = backoff * 2 ** Math.min(6, failures - 1);
    const stated = error instanceof HttpError ? error.wait : null;
    if (stated !== null && stated > this.#options.longestWait) {
      throw new HttpError(
        `Cannot fetch ${quoted(new URL(url))}: the server asks to wait ${
          (stated / 1000).toFixed(0)
        } s; try again then`,
        { status: (error as HttpError).status, cause: error },
      );
    }
    await this.wait(stated ?? full * (1 - this.#random.uniform() / 2), reason);
  }

  /** Waits. @throws what the signal was aborted with */
  async wait(milliseconds: number, reason: string): Promise<void> {
    this.#signal?.throwIfAborted();
    if (milliseconds <= 0) return;
    this.#onWait({ milliseconds, reason });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    const stop = () => reject(this.#signal!.reason);
    this.#signal?.addEventListener("abort", stop, { once: true });
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#signal?.removeEventListener("abort", stop);
    }
  }

  async #attempts<T>(url: URL, attempt: (url: URL) => Promise<T>): Promise<T> {
    for (let failures = 0;;) {
      const pause = this.#pause;
      this.#pause = 0;
      await this.wait(Math.min(pause, this.#options.longestWait), "the rate limit is reached");
      try {
        return await attempt(url);
      } catch (error) {
        this.#signal?.throwIfAborted();
        if (!passes(error)) throw error;
        await this.backOff(url, { failures: ++failures, error });
      }
    }
  }

  async #ask(first: URL, { headers = {}, accept = [200] }: RequestOptions): Promise<OpenAnswer> {
    let url = first;
    let redirect: Headers | null = null;
    for (let hops = 0;; hops++) {
      if (!isAllowed(url, this.#options.hosts)) {
        throw new RefusedError(
          `Cannot fetch ${quoted(first)}: ${
            hops === 0 ? "its host" : `it redirects to ${quoted(url)}, which`
          } is not among ${this.#options.hosts.join(", ")}`,
        );
      }
      const guard = new IdleGuard(this.#options.idle, this.#signal);
      let response: Response;
      try {
        response = await fetch(url, {
          redirect: "manual",
          signal: guard.signal,
          headers: {
            "user-agent": `kindred/${version}`,
            ...headers,
            ...(this.#token !== null && url.host === this.#tokenHost
              ? { authorization: `Bearer ${this.#token}` }
              : {}),
          },
        });
      } catch (error) {
        guard.end();
        throw error;
      }
      const next = response.headers.get("location");
      if (response.status >= 300 && response.status < 400 && next !== null) {
        guard.end();
        await response.body?.cancel();
        if (hops === mostRedirects) {
          throw new RefusedError(`Cannot fetch ${quoted(first)}: more than ${hops} redirects`);
        }
        redirect ??= response.headers;
        const target = URL.parse(next, url);
        if (target === null) {
          throw new RefusedError(
            `Cannot fetch ${quoted(first)}: it redirects to ${JSON.stringify(next)}, no address`,
          );
        }
        url = target;
        continue;
      }
      const limit = readRateLimit(response.headers);
      if (!accept.includes(response.status)) {
        const said = await this.#said(response, guard);
        throw new HttpError(`Cannot fetch ${quoted(url)}: status ${response.status}${said}`, {
          status: response.status,
          wait: limit.afterRefusal,
          exhausted: limit.beforeNext > 0,
        });
      }
      this.#pause = limit.beforeNext;
      return {
        status: response.status,
        headers: response.headers,
        url,
        date: isoDate(response.headers.get("date")),
        redirect,
        body: pieces(response, guard),
        async cancel() {
          guard.end();
          await response.body?.cancel().catch(() => {});
        },
      };
    }
  }

  /** The beginning of an error's body, in one line and without the token. */
  async #said(response: Response, guard: IdleGuard): Promise<string> {
    let text = "";
    try {
      const decoder = new TextDecoder();
      for await (const part of pieces(response, guard)) {
        text += decoder.decode(part, { stream: true });
        if (text.length > 200) break;
      }
    } catch {
      // The status says enough.
    }
    guard.end();
    if (this.#token !== null) text = text.replaceAll(this.#token, "…");
    text = text.replace(/\s+/g, " ").trim();
    return text === "" ? "" : `, ${JSON.stringify(text.slice(0, 200))}`;
  }
}

/** Whether an error may pass: the connection's, 5xx, 429, and 403 for a used-up quota (GitHub). */
function passes(error: unknown): boolean {
  if (error instanceof RefusedError || error instanceof Deno.errors.NotCapable) return false;
  if (!(error instanceof HttpError)) return true;
  const { status, exhausted } = error;
  return status !== null &&
    (status >= 500 || status === 429 || status === 408 || (status === 403 && exhausted));
}

function isoDate(value: string | null): string | null {
  const time = Date.parse(value ?? "");
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
