import { HttpClient } from "../../../lib/fetch/http_client.ts";
import type { HttpClientOptions } from "../../../lib/fetch/http_types.ts";
import { ModelCards } from "../../../lib/fetch/hub/model_card.ts";
import { ModelPages } from "../../../lib/fetch/hub/model_pages.ts";
import type { LoggedPage, PageLog } from "../../../lib/fetch/page_log.ts";
import type { FaultServer } from "../fault_server.ts";

/** A client that does not wait long. */
export function clientOf(
  server: FaultServer,
  options: Partial<HttpClientOptions> = {},
): HttpClient {
  return new HttpClient({ hosts: [server.host], backoff: 1, idle: 2000, ...options });
}

/** The list of models of a server. */
export function pagesOf(server: FaultServer, options: Partial<HttpClientOptions> = {}): ModelPages {
  return new ModelPages(clientOf(server, options), new URL(server.address));
}

/** The cards of a server's models. */
export function cardsOf(
  server: FaultServer,
  { authorized = false, ...options }: Partial<HttpClientOptions> & { authorized?: boolean } = {},
): ModelCards {
  return new ModelCards(clientOf(server, options), {
    endpoint: new URL(server.address),
    authorized,
  });
}

/** The lines of a log's pages, parsed. */
export async function linesOf(log: PageLog<object>): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  for (const page of log.pages as LoggedPage[]) {
    const text = new TextDecoder().decode(await log.read(page));
    lines.push(...text.split("\n").slice(0, -1).map((line) => JSON.parse(line)));
  }
  return lines;
}

/** Runs with a folder of its own, which is gone afterwards. */
export async function inFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "kindred-hub-" });
  try {
    return await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
