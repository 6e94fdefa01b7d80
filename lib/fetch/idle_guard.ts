/** Ends a request that says nothing for too long. */
export class IdleGuard {
  #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #idle: number;
  readonly signal: AbortSignal;

  constructor(idle: number, outer: AbortSignal | null) {
    this.#idle = idle;
    this.signal = outer === null
      ? this.#controller.signal
      : AbortSignal.any([outer, this.#controller.signal]);
    this.touch();
  }

  touch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#controller.abort(new Error(`nothing came for ${this.#idle / 1000} s`)),
      this.#idle,
    );
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** The body of a response, as long as its `Content-Length` says. */
export async function* pieces(
  response: Response,
  guard: IdleGuard,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const stated = response.headers.get("content-encoding") === null
    ? Number(response.headers.get("content-length") ?? NaN)
    : NaN;
  let length = 0;
  try {
    for await (const part of response.body ?? []) {
      guard.touch();
      length += part.length;
      yield part as Uint8Array<ArrayBuffer>;
    }
  } finally {
    guard.end();
  }
  if (!Number.isNaN(stated) && length !== stated) {
    throw new Error(`${length} bytes came, the server announced ${stated}`);
  }
}
