import { HttpClient } from "../http_client.ts";
import type { Answer, HttpClientOptions, RequestOptions } from "../http_types.ts";

/** Options of {@link ArxivClient}. */
export interface ArxivClientOptions
  extends Pick<HttpClientOptions, "tries" | "backoff" | "signal" | "onWait"> {
  /**
   * Milliseconds between an answer and the next request.
   * @default 3000
   */
  pause?: number;
  /**
   * Whether there is a pause before the first request as well, since another program may have asked just now.
   * @default false
   */
  resumed?: boolean;
}

/** Why there is a wait between two requests. */
export const pauseReason = "arXiv asks for a pause between requests";

/** Asks arXiv's API, with a pause before each request but the first, as arXiv asks for, be it after a failure. Requests must not overlap. */
export class ArxivClient {
  /** Address of the API. */
  readonly address: URL;
  #client: HttpClient;

  /** @param address Address of the API, up to `/api/query`. */
  constructor(
    address: URL,
    { pause = 3000, resumed = false, ...options }: ArxivClientOptions = {},
  ) {
    this.address = address;
    let asked = resumed;
    this.#client = new HttpClient({
      ...options,
      hosts: [address.host],
      beforeRequest: async () => {
        if (asked) await this.#client.wait(pause, pauseReason);
        asked = true;
      },
    });
  }

  /** The whole answer to a request, as {@link HttpClient.get} gives it. */
  async get(url: URL | string, options?: RequestOptions): Promise<Answer> {
    return await this.#client.get(url, options);
  }

  /** Waits before a request is repeated whose answer was none, as {@link HttpClient.backOff} does. */
  async backOff(
    url: URL | string,
    options: { failures: number; error: unknown },
  ): Promise<void> {
    await this.#client.backOff(url, options);
  }
}
