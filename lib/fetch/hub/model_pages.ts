import { RefusedError } from "../http_errors.ts";
import type { HttpClient } from "../http_client.ts";
import { expandedFields } from "./hub_row.ts";

/** A page of the list of models as the Hub gave it. */
export interface ModelPage {
  /** What stands in its array. */
  elements: unknown[];
  /** Path and query of the page after it, null where there is none. */
  next: string | null;
  /** The Hub's clock as an ISO time, null where it does not say. */
  date: string | null;
}

/** Attempts at a page that leads back to one that was read. */
const mostLoops = 5;

/**
 * Pages of the Hub's list of models, the next one by the cursor of the `Link` header.
 *
 * `listModels` of the package `@huggingface/hub` does not serve here: it gives no cursor, so that nothing can go on where it stopped, has pages
 * of 500, renames fields, cannot ask for `trendingScore`, and gives up when it is asked to wait (429).
 */
export class ModelPages {
  #client: HttpClient;
  #endpoint: URL;

  /** Takes the address of the Hub. */
  constructor(client: HttpClient, endpoint: URL) {
    this.#client = client;
    this.#endpoint = endpoint;
  }

  /**
   * Path and query of the first page.
   *
   * @param sort Field and direction; by `lastModified` the Hub sorts downwards only.
   */
  firstPath(sort: ModelOrder): string {
    const query = new URLSearchParams(
      listParameters(sort).flatMap(([key, value]) =>
        [value].flat().map((one) => [key, String(one)])
      ),
    );
    return `${modelsAddress(this.#endpoint).pathname}?${query}`;
  }

  /**
   * A page. What is no page is asked for again, and so is the last one: the header may have been lost on the way.
   *
   * @param seen Paths that were asked for; a page that leads back to one is asked for again.
   * @throws {HttpError} when the Hub refuses, or gives no page however often it is asked
   * @throws {RefusedError} when the next page is said to be elsewhere
   */
  async page(path: string, seen: ReadonlySet<string>): Promise<ModelPage> {
    const url = new URL(path, this.#endpoint);
    let asked = 0;
    for (let failures = 0;;) {
      const { bytes, headers, date } = await this.#client.get(url);
      asked++;
      try {
        const elements = elementsOf(bytes);
        const next = this.#next(headers);
        if (next === null && asked === failures + 1) continue;
        if (next === null || !seen.has(next)) return { elements, next, date };
        if (failures === mostLoops) {
          throw new RefusedError(
            `Cannot go on: the Hub's list of models leads in a circle, back to ${
              JSON.stringify(next)
            }; what was read is kept, try again later`,
          );
        }
        throw new Error("the page leads back to one that was read");
      } catch (error) {
        if (error instanceof RefusedError) throw error;
        await this.#client.backOff(url, { failures: ++failures, error });
      }
    }
  }

  /** Path and query of the next page. */
  #next(headers: Headers): string | null {
    const target = nextLink(headers.get("link") ?? "");
    if (target === null) return null;
    const expected = modelsAddress(this.#endpoint);
    const url = URL.parse(target, expected);
    if (url?.origin === expected.origin && url.pathname === expected.pathname) {
      return `${url.pathname}${url.search}`;
    }
    throw new RefusedError(
      `Cannot go on: the next page is said to be ${
        JSON.stringify(url === null ? target : `${url.origin}${url.pathname}`)
      }, expected ${expected.href}`,
    );
  }
}

/** Order of a list of models. */
export type ModelOrder = "created" | "changed";

/** Parameters of a list of models. */
export function listParameters(order: ModelOrder): [string, number | string | readonly string[]][] {
  return [
    ["limit", 1000],
    ["sort", order === "created" ? "createdAt" : "lastModified"],
    ["direction", order === "created" ? 1 : -1],
    ["expand[]", expandedFields],
  ];
}

/** Address of the Hub's list of models. */
export function modelsAddress(endpoint: URL): URL {
  return new URL(`${endpoint.origin}${endpoint.pathname.replace(/\/+$/, "")}/api/models`);
}

/** Target of the link whose relation is `next` (RFC 8288), null where there is none. */
function nextLink(header: string): string | null {
  for (const link of header.split(/,\s*(?=<)/)) {
    const found = /^\s*<([^>]*)>(.*)$/.exec(link);
    if (
      found !== null && /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(found[2])
    ) {
      return found[1];
    }
  }
  return null;
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** @throws {SyntaxError} when the answer is no JSON array */
function elementsOf(bytes: Uint8Array): unknown[] {
  let page: unknown;
  try {
    page = JSON.parse(decoder.decode(bytes));
  } catch (error) {
    throw new SyntaxError(`the answer is no JSON (${(error as Error).message})`);
  }
  if (Array.isArray(page)) return page;
  throw new SyntaxError(
    `the answer is ${JSON.stringify(page).slice(0, 80)}, expected a JSON array`,
  );
}
