import { quoted } from "../hosts.ts";
import type { HttpClient } from "../http_client.ts";

/** Largest answer of the API, which is a page of a list. */
const mostBytes = 64 << 20;

/**
 * A `fetch` for functions that take one (those of @huggingface/hub do), with the waits, hosts and token of a client. It answers GET with a body
 * that is JSON; what is none, such as a page for people, is asked for again.
 */
export function clientFetch(
  client: HttpClient,
  { onDate = () => {} }: { onDate?: (date: string) => void } = {},
): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { accept = "application/json" } = Object.fromEntries(new Headers(init?.headers));
    for (let failures = 1;; failures++) {
      const { status, headers, bytes, date } = await client.get(url, {
        headers: { accept },
        mostBytes,
      });
      try {
        JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
      } catch {
        const error = new Error(`the answer of ${quoted(url)} is no JSON`);
        await client.backOff(url, { failures, error });
        continue;
      }
      if (date !== null) onDate(date);
      const link = headers.get("link");
      return new Response(bytes, {
        status,
        headers: { "content-type": "application/json", ...(link === null ? {} : { link }) },
      });
    }
  };
}
