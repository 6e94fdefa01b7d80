/**
 * A server on loopback that answers what a handler says, and does one thing wrong where a plan says so. It writes HTTP/1.1 by hand, since servers of
 * libraries do not lie about lengths or stop in the middle.
 *
 *     await using server = faultServer(
 *       ({ url }) => ({ body: JSON.stringify({ page: url.searchParams.get("page") }), gzip: true }),
 *       { plan: inTurn(["status500", "truncatedBody", null, "429RateLimit"]) }, // or randomly({ seed: 7, share: 0.3 })
 *     );
 *     await client.get(`${server.address}api?page=2`); // client: hosts [server.host], backoff 1
 *     server.log.at(-1); // { number, attempt, method, path: "/api?page=2", headers, status: 200, fault: null }
 *     server.faults; // Map { "status500" => 1, "truncatedBody" => 1 }
 *
 * A handler returns `null` for 404. Faults that ask to wait ask for `wait` seconds (0 unless told). Give clients an `idle` of 100 ms or so where "silence" is
 * among the faults. Programs that are started as processes get `server.address` by HF_ENDPOINT, KINDRED_GITHUB or KINDRED_ARXIV.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { random } from "../../lib/core/random.ts";

/** A request as the handler and the plan see it. */
export interface ServedRequest {
  /** From 1, over all requests. */
  number: number;
  /** From 1, over the requests for the same path and query. */
  attempt: number;
  method: string;
  /** With the query. */
  path: string;
  url: URL;
  headers: Headers;
  body: Uint8Array;
}

/** What a handler answers. */
export interface ServedAnswer {
  /** @default 200 */
  status?: number;
  /** A list of values is sent as several lines. */
  headers?: Record<string, string | string[]>;
  /** @default "" */
  body?: string | Uint8Array;
  /**
   * Compressed, with Content-Encoding.
   * @default false
   */
  gzip?: boolean;
  /**
   * Sent in chunks, without Content-Length.
   * @default false
   */
  chunked?: boolean;
}

/** Faults that pass: a client that asks again gets the answer. */
export const passingFaults = [
  /** Content-Length is right, the connection ends half-way. */
  "truncatedBody",
  /** The connection ends before an answer. */
  "droppedBeforeHeaders",
  /** A chunked answer ends between two chunks. */
  "droppedMidBody",
  /** Content-Length is larger than the body, after which the connection ends. */
  "longContentLength",
  /** Compressed; some bytes in the middle are others. */
  "corruptGzip",
  /** Compressed; the stream ends half-way, the answer is complete as HTTP. */
  "cutGzip",
  "status500",
  "status502",
  "status503",
  "503RetryAfter",
  "429",
  "429RetryAfterSeconds",
  "429RetryAfterDate",
  /** `"api";r=0;t=1` */
  "429RateLimit",
  /** `limit=500, remaining=0, reset=1` */
  "429RateLimitList",
  /** RateLimit-Remaining and RateLimit-Reset. */
  "429RateLimitSeparate",
  /** X-RateLimit-Remaining, and X-RateLimit-Reset as a time since 1970. */
  "429XRateLimit",
  /** The same with status 403, as GitHub does. */
  "403XRateLimit",
  /** Nothing comes. */
  "silence",
  /** The head of the answer comes, then nothing. */
  "silenceAfterHeaders",
  /** Half of the body comes, then nothing. */
  "silenceMidBody",
] as const;

/** Faults in form only: the answer is right, a client must bear with it. */
export const harmlessFaults = [
  /** Comes in eight pieces with pauses between. */
  "slowDrip",
  /** Interim answers (100, 103) come first. */
  "interimAnswers",
] as const;

/** Answers that are HTTP and not what was asked for: the caller's parser or checksum finds them, who then calls `backOff` and asks again. */
export const deceivingFaults = [
  /** Content-Length is smaller than the body, whose rest is left on the connection. */
  "shortContentLength",
  /** A page for people, status 200. */
  "htmlPage",
] as const;

/** Faults that stay, which a client must refuse at once. */
export const refusedFaults = [
  /** To `elsewhere`. */
  "redirectElsewhere",
  /** To ftp. */
  "redirectScheme",
  /** To itself. */
  "redirectLoop",
  /** `oversize` bytes. */
  "oversized",
] as const;

export type FaultKind =
  | typeof passingFaults[number]
  | typeof harmlessFaults[number]
  | typeof deceivingFaults[number]
  | typeof refusedFaults[number];

/** Says what goes wrong with a request, null for nothing. */
export type FaultPlan = (request: ServedRequest) => FaultKind | null;

/** Options of {@link faultServer}. */
export interface FaultServerOptions {
  /** @default nothing goes wrong */
  plan?: FaultPlan;
  /**
   * Seconds that refusals ask to wait.
   * @default 0
   */
  wait?: number;
  /**
   * The Date header, null for none.
   * @default the clock
   */
  date?: () => Date | null;
  /**
   * Where "redirectElsewhere" leads.
   * @default a host that does not exist
   */
  elsewhere?: string;
  /**
   * Bytes of "oversized" answers.
   * @default 4 MB
   */
  oversize?: number;
  /**
   * Port to listen at.
   * @default a free one
   */
  port?: number;
}

/** A line of the log. */
export interface Served {
  number: number;
  attempt: number;
  method: string;
  /** With the query. */
  path: string;
  headers: Headers;
  /** Status that was sent, null where none was. */
  status: number | null;
  fault: FaultKind | null;
}

/** A server that runs. */
export interface FaultServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/` */
  address: string;
  /** `127.0.0.1:PORT` */
  host: string;
  port: number;
  /** Every request in its order. */
  log: Served[];
  /** How often each fault was done. */
  faults: Map<FaultKind, number>;
  /** Another plan from now on. */
  plan(plan: FaultPlan): void;
  /** Ends every connection. @throws what a handler threw */
  close(): Promise<void>;
}

/** The faults one after the other, one a request; then none. */
export function inTurn(faults: readonly (FaultKind | null)[]): FaultPlan {
  let next = 0;
  return () => faults[next++] ?? null;
}

/** The faults one after the other for each path and query; then none. */
export function inTurnPerPath(faults: readonly (FaultKind | null)[]): FaultPlan {
  return ({ attempt }) => faults[attempt - 1] ?? null;
}

/**
 * A fault for a share of the requests, drawn from a seed; never for the same path and query more than `mostInRow` times in a row.
 *
 * @param options.kinds Default: those that pass without waiting for a client's `idle`.
 */
export function randomly(
  { seed = 1, share = 0.3, mostInRow = 5, kinds = quickFaults }: {
    seed?: number;
    share?: number;
    mostInRow?: number;
    kinds?: readonly FaultKind[];
  } = {},
): FaultPlan {
  const draw = random({ seed });
  const rows = new Map<string, number>();
  return ({ path }) => {
    const row = rows.get(path) ?? 0;
    const fault = row < mostInRow && draw.uniform() < share
      ? kinds[Math.floor(draw.uniform() * kinds.length)]
      : null;
    rows.set(path, fault === null ? 0 : row + 1);
    return fault;
  };
}

/** Faults that pass and are over at once: no silence. */
export const quickFaults: readonly FaultKind[] = passingFaults.filter((kind) =>
  !kind.startsWith("silence")
);

/** Starts a server on 127.0.0.1. */
export function faultServer(
  handler: (request: ServedRequest) => ServedAnswer | null | Promise<ServedAnswer | null>,
  options: FaultServerOptions = {},
): FaultServer {
  const { wait = 0, date = () => new Date(), elsewhere = "https://elsewhere.invalid/", port = 0 } =
    options;
  const { oversize = 4 << 20 } = options;
  let plan: FaultPlan = options.plan ?? (() => null);
  const listener = Deno.listen({ hostname: "127.0.0.1", port });
  const host = `127.0.0.1:${listener.addr.port}`;
  const log: Served[] = [];
  const faults = new Map<FaultKind, number>();
  const attempts = new Map<string, number>();
  const connections = new Map<Deno.TcpConn, Promise<void>>();
  const errors: unknown[] = [];
  let closed = false;

  async function serve(connection: Deno.TcpConn): Promise<void> {
    const source = new RequestSource(connection);
    for (;;) {
      const read = await source.next();
      if (read === null) return;
      const attempt = (attempts.get(read.path) ?? 0) + 1;
      attempts.set(read.path, attempt);
      const request: ServedRequest = {
        ...read,
        number: log.length + 1,
        attempt,
        url: new URL(read.path, `http://${host}`),
      };
      const { number, method, path, headers } = request;
      const entry: Served = { number, attempt, method, path, headers, status: null, fault: null };
      log.push(entry);
      const fault = plan(request);
      entry.fault = fault;
      if (fault !== null) faults.set(fault, (faults.get(fault) ?? 0) + 1);
      const answer = await handler(request) ?? { status: 404, body: "Not found" };
      const now = date();
      const sent = spoil(answer, { fault, request, now, wait, elsewhere, oversize, host });
      if (sent.bytes.length > 0) entry.status = sent.status;
      const head = method === "HEAD";
      const bytes = head ? sent.bytes.subarray(0, sent.headBytes) : sent.bytes;
      if (fault === "slowDrip") {
        for (let i = 0; i < 8; i++) {
          const at = (part: number) => Math.floor(bytes.length * part / 8);
          await writeAll(connection, bytes.subarray(at(i), at(i + 1)));
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      } else await writeAll(connection, bytes);
      if (sent.silent) await source.ended();
      if (sent.ends) return;
    }
  }

  const accepting = (async () => {
    for await (const connection of listener) {
      const served = serve(connection)
        .catch((error) => {
          if (!closed && !isDisconnected(error)) errors.push(error);
        })
        .finally(() => {
          connections.delete(connection);
          try {
            connection.close();
          } catch {
            // It is closed.
          }
        });
      connections.set(connection, served);
    }
  })();

  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    listener.close();
    await accepting;
    const all = [...connections];
    for (const [connection] of all) connection.close();
    await Promise.all(all.map(([, served]) => served));
    if (errors.length > 0) throw errors[0];
  }

  return {
    address: `http://${host}/`,
    host,
    port: listener.addr.port,
    log,
    faults,
    plan: (next) => void (plan = next),
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface Sent {
  status: number;
  bytes: Uint8Array;
  /** How many of them are the head. */
  headBytes: number;
  /** Whether nothing comes after them, and the connection stays. */
  silent: boolean;
  /** Whether the connection ends after them. */
  ends: boolean;
}

/** The bytes of an answer, with a fault in them. */
function spoil(
  answer: ServedAnswer,
  { fault, request, now, wait, elsewhere, oversize, host }: {
    fault: FaultKind | null;
    request: ServedRequest;
    now: Date | null;
    wait: number;
    elsewhere: string;
    oversize: number;
    host: string;
  },
): Sent {
  const refusal = refusalOf(fault, { now, wait });
  if (refusal !== null) answer = refusal;
  if (fault === "redirectElsewhere") answer = { status: 302, headers: { location: elsewhere } };
  if (fault === "redirectScheme") {
    answer = { status: 302, headers: { location: `ftp://${host}/x` } };
  }
  if (fault === "redirectLoop") answer = { status: 302, headers: { location: request.path } };
  if (fault === "oversized") answer = { ...answer, body: new Uint8Array(oversize) };
  if (fault === "htmlPage") {
    answer = {
      headers: { "content-type": "text/html" },
      body: "<!doctype html><title>Be right back</title><script>alert(1)</script>",
    };
  }
  const { status = 200, headers = {}, chunked = fault === "droppedMidBody" } = answer;
  const plain = typeof answer.body === "string"
    ? new TextEncoder().encode(answer.body)
    : answer.body ?? new Uint8Array();
  const gzip = answer.gzip === true || fault === "corruptGzip" || fault === "cutGzip";
  let body: Uint8Array = gzip ? new Uint8Array(gzipSync(plain)) : plain;
  if (fault === "cutGzip") body = body.subarray(0, body.length >> 1);
  if (fault === "corruptGzip") {
    // The checksum at the end too: a flipped bit in between may say nothing but another text.
    body = body.map((byte, i) => i > 10 && i % 3 === 0 ? byte ^ 0x5a : byte);
  }
  const length = body.length +
    (fault === "longContentLength"
      ? 1000
      : fault === "shortContentLength"
      ? -Math.ceil(body.length / 2)
      : 0);
  const lines = [`HTTP/1.1 ${status} X`];
  const line = (name: string, value: string) => lines.push(`${name}: ${value}`);
  if (now !== null) line("date", now.toUTCString());
  if (gzip) line("content-encoding", "gzip");
  const bodiless = status === 204 || status === 304;
  if (chunked) line("transfer-encoding", "chunked");
  else if (!bodiless) line("content-length", String(length));
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value].flat()) line(name, one);
  }
  const before = fault === "interimAnswers"
    ? "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n"
    : "";
  const head = new TextEncoder().encode(`${before}${lines.join("\r\n")}\r\n\r\n`);
  const part = fault === "silenceAfterHeaders"
    ? new Uint8Array()
    : fault === "truncatedBody" || fault === "silenceMidBody"
    ? body.subarray(0, body.length >> 1)
    : body;
  const framed = bodiless
    ? new Uint8Array()
    : chunked
    ? inChunks(part, { ended: fault !== "droppedMidBody" })
    : part;
  const nothing = fault === "droppedBeforeHeaders" || fault === "silence";
  return {
    status,
    bytes: nothing ? new Uint8Array() : joined([head, framed]),
    headBytes: head.length,
    silent: fault?.startsWith("silence") ?? false,
    ends: nothing || fault === "truncatedBody" || fault === "droppedMidBody" ||
      fault === "longContentLength" || fault?.startsWith("silence") === true,
  };
}

/** The answers of servers that do not want to be asked now. */
function refusalOf(
  fault: FaultKind | null,
  { now, wait }: { now: Date | null; wait: number },
): ServedAnswer | null {
  const seconds = Math.floor((now ?? new Date()).getTime() / 1000) + wait;
  const separate = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${seconds}` };
  const answers: Partial<Record<FaultKind, [number, Record<string, string>]>> = {
    status500: [500, {}],
    status502: [502, {}],
    status503: [503, {}],
    "503RetryAfter": [503, { "retry-after": `${wait}` }],
    "429": [429, {}],
    "429RetryAfterSeconds": [429, { "retry-after": `${wait}` }],
    "429RetryAfterDate": [429, { "retry-after": new Date(1000 * seconds).toUTCString() }],
    "429RateLimit": [429, {
      "ratelimit": `"api";r=0;t=${wait}`,
      "ratelimit-policy": `"fixed window";"api";q=500;w=300`,
    }],
    "429RateLimitList": [429, { "ratelimit": `limit=500, remaining=0, reset=${wait}` }],
    "429RateLimitSeparate": [429, {
      "ratelimit-limit": "500",
      "ratelimit-remaining": "0",
      "ratelimit-reset": `${wait}`,
    }],
    "429XRateLimit": [429, separate],
    "403XRateLimit": [403, separate],
  };
  const [status, headers] = answers[fault as FaultKind] ?? [];
  return status === undefined
    ? null
    : { status, headers, body: `{"error":"${status}, as was planned"}` };
}

/** Chunks of a third of the body; without an end, the last one and the end are missing. */
function inChunks(body: Uint8Array, { ended }: { ended: boolean }): Uint8Array {
  const parts: Uint8Array[] = [];
  const encoder = new TextEncoder();
  const size = Math.max(1, Math.ceil(body.length / 3));
  for (let at = 0; at < body.length; at += size) {
    const chunk = body.subarray(at, at + size);
    if (!ended && at + size >= body.length) break;
    parts.push(encoder.encode(`${chunk.length.toString(16)}\r\n`), chunk, encoder.encode("\r\n"));
  }
  if (ended) parts.push(encoder.encode("0\r\n\r\n"));
  return joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

async function writeAll(connection: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

/** Whether the other side went away, which clients that are killed do. */
function isDisconnected(error: unknown): boolean {
  const { BrokenPipe, ConnectionReset, ConnectionAborted, NotConnected } = Deno.errors;
  return [BrokenPipe, ConnectionReset, ConnectionAborted, NotConnected].some((kind) =>
    error instanceof kind
  );
}

/** The requests of a connection, one after the other. */
class RequestSource {
  #connection: Deno.TcpConn;
  #bytes: Uint8Array = new Uint8Array();

  constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  async next(): Promise<Pick<ServedRequest, "method" | "path" | "headers" | "body"> | null> {
    let end = -1;
    let text = "";
    while (end < 0) {
      if (this.#bytes.length > 0) {
        text = new TextDecoder("latin1").decode(this.#bytes);
        end = text.indexOf("\r\n\r\n");
      }
      if (end < 0 && !await this.#more()) return null;
    }
    const [first, ...lines] = text.slice(0, end).split("\r\n");
    const [method, path] = first.split(" ");
    const headers = new Headers();
    for (const line of lines) {
      const colon = line.indexOf(":");
      headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
    }
    const length = Number(headers.get("content-length") ?? 0);
    while (this.#bytes.length < end + 4 + length) if (!await this.#more()) return null;
    const body = this.#bytes.slice(end + 4, end + 4 + length);
    this.#bytes = this.#bytes.slice(end + 4 + length);
    return { method, path, headers, body };
  }

  /** Resolves when the other side goes away. */
  async ended(): Promise<void> {
    while (await this.#more());
  }

  async #more(): Promise<boolean> {
    const buffer = new Uint8Array(16_384);
    const read = await this.#connection.read(buffer);
    if (read === null) return false;
    this.#bytes = joined([this.#bytes, buffer.subarray(0, read)]);
    return true;
  }
}
