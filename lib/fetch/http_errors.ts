/** A server refused, or could not be reached. */
export class HttpError extends Error {
  override name = "HttpError";
  /** Status of its answer, null where there was none. */
  readonly status: number | null;
  /** Milliseconds after which it wishes to be asked again, null where it does not say. */
  readonly wait: number | null;
  /** Whether it said that nothing remains of the quota. */
  readonly exhausted: boolean;
  /** What was wrong in a few words, for who is told of a wait: `status 429`. */
  readonly reason: string;

  /** An error with the status of the answer. */
  constructor(
    message: string,
    { status, wait = null, exhausted = false, reason = message, cause }: {
      status: number | null;
      wait?: number | null;
      exhausted?: boolean;
      reason?: string;
      cause?: unknown;
    },
  ) {
    super(message, { cause });
    this.status = status;
    this.wait = wait;
    this.exhausted = exhausted;
    this.reason = reason;
  }
}

/** An answer that is not accepted, however often it is asked for: from another host, too large, of another form. */
export class RefusedError extends Error {
  override name = "RefusedError";
}

/** An answer that is larger than it may be. */
export class OversizedError extends RefusedError {
  override name = "OversizedError";
}

/**
 * What was wrong with a connection, in the system's words, without the address, whose query may hold a signature.
 *
 * @param error What `fetch` threw.
 */
export function connectionReason(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const text = cause instanceof Error ? cause.message : message;
  return text
    .replace(/^.*client error \(\w+\): /s, "")
    .replace(/ \(os error \d+\)/g, "")
    .replace(/\bhttps?:\/\/[^\s)]*/g, "the server");
}
