import { HttpClient } from "../http_client.ts";
import type { Answer, HttpClientOptions, RequestOptions } from "../http_types.ts";

/** Options of {@link ArxivClient}. */
export interface ArxivClientOptions
  extends Pick<HttpClientOptions, "tries" | "backoff" | "signal"> {
  /**
   * Milliseconds between an answer and the next request.
   * @default 3000
   */
  pause?: number;
  /** Told of every wait besides these pauses, before it begins. */
  onWait?: HttpClientOptions["onWait"];
  /** Whether there is a pause before the first request as well, since another program may have asked just now. @default false */
  resumed?: boolean;
}

/** Asks arXiv's API, with a pause after each answer as arXiv asks for, be it a failure. Requests must not overlap. */
export class ArxivClient extends HttpClient {
  /** Address of the API. */
  readonly address: URL;
  #pause: number;
  #due: boolean;

  /** @param address Address of the API, up to `/api/query`. */
  constructor(
    address: URL,
    { pause = 3000, resumed = false, onWait, ...options }: ArxivClientOptions = {},
  ) {
    super({
      ...options,
      hosts: [address.host],
      onWait: (wait) => wait.reason === pauseReason || onWait?.(wait),
    });
    this.address = address;
    this.#pause = pause;
    this.#due = resumed;
  }

  override async get(url: URL | string, options?: RequestOptions): Promise<Answer> {
    if (this.#due) await this.wait(this.#pause, pauseReason);
    this.#due = true;
    return await super.get(url, options);
  }

  override async backOff(
    url: URL | string,
    options: { failures: number; error: unknown },
  ): Promise<void> {
    await super.backOff(url, options);
    await this.wait(this.#pause, pauseReason);
    this.#due = false;
  }
}

const pauseReason = "arXiv asks for a pause between requests";
