import { OversizedError } from "./http_errors.ts";

/** Ends a request that says nothing for too long. */
export class IdleGuard {
  #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #idle: number;
  readonly signal: AbortSignal;

  /** @param idle Milliseconds without a byte. */
  constructor(idle: number, outer: AbortSignal | null) {
    this.#idle = idle;
    this.signal = outer === null
      ? this.#controller.signal
      : AbortSignal.any([outer, this.#controller.signal]);
    this.touch();
  }

  /** Counts from now. */
  touch(): void {
    const abort = () =>
      this.#controller.abort(new Error(`nothing came for ${this.#idle / 1000} s`));
    // In two parts: after the first, bytes that came while this program was too busy to look are seen.
    const looks = () => this.#timer = setTimeout(abort, this.#idle / 5);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(looks, 0.8 * this.#idle);
  }

  /** Counts no longer. */
  end(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * The body of a response, as long as its `Content-Length` says. The time that its reader takes is not the server's silence.
 *
 * @param options.name How messages call the answer.
 * @throws {OversizedError} when it is, or is said to be, longer than `mostBytes`
 */
export async function* pieces(
  response: Response,
  { guard, mostBytes, name }: { guard: IdleGuard; mostBytes: number; name: string },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const header = response.headers.get("content-length");
  const stated = header === null ? NaN : Number(header);
  let length = stated > mostBytes ? stated : 0;
  try {
    guard.touch();
    for await (const part of response.body ?? []) {
      guard.end();
      length += part.length;
      if (length > mostBytes) {
        throw new OversizedError(
          `Cannot fetch ${name}: the answer is larger than ${mostBytes} bytes`,
        );
      }
      yield part as Uint8Array<ArrayBuffer>;
      guard.touch();
    }
  } finally {
    guard.end();
  }
  const encoded = response.headers.get("content-encoding") !== null;
  if (!encoded && !Number.isNaN(stated) && length !== stated) {
    throw new Error(`${length} bytes came, the server announced ${stated}`);
  }
}
