/** A server refused, or could not be reached. */
export class HttpError extends Error {
  override name = "HttpError";
  /** Status of its answer, null where there was none. */
  readonly status: number | null;
  /** Milliseconds after which it wishes to be asked again, null where it does not say. */
  readonly wait: number | null;
  /** Whether it said that nothing remains of the quota. */
  readonly exhausted: boolean;

  /** An error with the status of the answer. */
  constructor(
    message: string,
    { status, wait = null, exhausted = false, cause }: {
      status: number | null;
      wait?: number | null;
      exhausted?: boolean;
      cause?: unknown;
    },
  ) {
    super(message, { cause });
    this.status = status;
    this.wait = wait;
    this.exhausted = exhausted;
  }
}

/** An answer that is not accepted, however often it is asked for: from another host, too large, of another form. */
export class RefusedError extends Error {
  override name = "RefusedError";
}
