/** Options of an `HttpClient`. */
export interface HttpClientOptions {
  /** Hosts that may be asked and redirected to, as `isAllowed` reads them. */
  hosts: readonly string[];
  /** Sent to `tokenHost` and to no other; never part of a message. White space around it is left out. */
  token?: string;
  /** Host that gets the token, with its port where that is not the usual one. */
  tokenHost?: string;
  /**
   * Environment variable that the token is from, for messages about a refusal of `tokenHost`.
   * @default "HF_TOKEN"
   */
  tokenName?: string;
  /**
   * Most attempts at one request.
   * @default 10
   */
  tries?: number;
  /**
   * Milliseconds before the second attempt; each further wait is twice as long, up to 64 times, less a random part of up to half.
   * @default 1000
   */
  backoff?: number;
  /**
   * Longest wait, in milliseconds, that a server may ask for; who asks for a longer one is not asked again.
   * @default 900000
   */
  longestWait?: number;
  /**
   * Milliseconds without a byte after which an attempt has failed.
   * @default 60000
   */
  idle?: number;
  /** Awaited before each request, those after a failure and those that a redirect leads to as well. */
  beforeRequest?: () => Promise<void>;
  /** Told of every wait that is due, before it begins; the reason is a few words, such as `status 429`. */
  onWait?: (wait: { milliseconds: number; reason: string }) => void;
  /** Ends waits and requests. */
  signal?: AbortSignal;
}

/** Options of a request. */
export interface RequestOptions {
  /** Headers besides the client's own; after a redirect to another host, `authorization` and `cookie` are left out. */
  headers?: Record<string, string>;
  /**
   * Statuses that are answers and not errors.
   * @default [200]
   */
  accept?: readonly number[];
  /**
   * Most bytes of the body, after decompression.
   * @default 256 MB for `get`, without bound for `open`
   */
  mostBytes?: number;
}

/** An answer whose body is still to come. */
export interface OpenAnswer {
  status: number;
  headers: Headers;
  /** Where it came from, after redirects. */
  url: URL;
  /** The server's clock as an ISO time, null where it does not say. */
  date: string | null;
  /** Headers of the first answer, where it was a redirect; the Hub says there what the file is. */
  redirect: Headers | null;
  /** The body in pieces; throws when the connection ends too early or nothing comes for too long. Must be read or `cancel`led. */
  body: AsyncGenerator<Uint8Array<ArrayBuffer>>;
  /** Ends the connection, also after some of the body was read. */
  cancel(): Promise<void>;
}

/** A whole answer. */
export interface Answer extends Omit<OpenAnswer, "body" | "cancel"> {
  bytes: Uint8Array<ArrayBuffer>;
}
