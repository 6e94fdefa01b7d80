import type { RawManifest, RawRole } from "../../source/raw_manifest.ts";
import { HttpClient } from "../http_client.ts";
import { checkNewName, RawFolder, rawSnapshot, unfinishedRequest } from "../raw_folder.ts";
import { checkBase } from "./choose_base.ts";
import { fetchAll, refresh } from "./gather.ts";
import type { FetchHubOptions } from "./hub_options.ts";
import { isSame, nameOf, requestOf, unfinishedName } from "./hub_request.ts";
import { ModelCards } from "./model_card.ts";
import { type ModelPage, ModelPages, modelsAddress } from "./model_pages.ts";

/**
 * Fetches a snapshot of the Hub's models through its API, or goes on with one; see `deno task fetch hub --help`.
 *
 * @returns its manifest; that of a complete snapshot of this name and request, where there is one
 * @throws {RangeError} when the options do not fit what is there
 * @throws {HttpError} when the Hub cannot be reached or refuses; what was fetched is kept
 */
export async function fetchHub(options: FetchHubOptions): Promise<RawManifest> {
  const { endpoint, token, signal, onWait, onBegin = () => {} } = options;
  const client = new HttpClient({
    hosts: [endpoint.host],
    ...(token === undefined ? {} : { token, tokenHost: endpoint.host }),
    signal,
    onWait,
    ...options.client,
  });
  const pages = new ModelPages(client, endpoint);
  const begun = options.name ?? unfinishedName();
  const before = begun === null ? null : unfinishedRequest(begun);
  const request = requestOf(options, before);
  if (before === null && request.base !== undefined) {
    await checkBase(request.base.name, { since: request.since!, cards: options.cards === true });
  }
  const completeOf = (name: string) => {
    const complete = rawSnapshot(name);
    if (complete !== null && isSame(complete, { request, options })) return complete;
    options.checkName?.(name, request.base ?? null);
    checkNewName(name);
    return null;
  };
  const known = begun === null ? null : completeOf(begun);
  if (known !== null) return known;
  // Nothing is begun before the Hub has answered.
  const first = before === null ? await firstPage(pages, options) : null;
  const name = begun ?? nameOf(first!);
  const complete = begun === null ? completeOf(name) : null;
  if (complete !== null) return complete;
  const folder = RawFolder.open(name, { upstream: "hub", request: { ...request } });
  try {
    onBegin({ name, resumed: folder.resumed, path: folder.path });
    const cards = options.cards
      ? new ModelCards(client, { endpoint, authorized: token !== undefined })
      : null;
    const work = { folder, request, pages, first, cards, options };
    const { counts, issues, dates } = request.base === undefined
      ? await fetchAll(work)
      : await refresh(work);
    const told = dates.filter((date) => date !== null);
    signal?.throwIfAborted();
    return await folder.finish({
      kind: "models",
      origin: modelsAddress(endpoint).href,
      revision: null,
      from: told[0] ?? null,
      to: told.reduce<string | null>(
        (last, date) => last === null || date > last ? date : last,
        null,
      ),
      base: request.base ?? null,
      counts,
      issues: issues.list(),
      roleOf,
      onProgress: (done, total) => options.onProgress?.({ stage: "files", done, total, at: null }),
    });
  } finally {
    folder.close();
  }
}

/** The first page of the list that is asked for. @throws {Error} when the Hub has no models */
async function firstPage(pages: ModelPages, { since }: FetchHubOptions): Promise<ModelPage> {
  const path = pages.firstPath(since === undefined ? "created" : "changed");
  const page = await pages.page(path, new Set());
  if (page.elements.length > 0 || page.next !== null || since !== undefined) return page;
  throw new Error("Cannot fetch the Hub's models: the list has none; nothing was begun");
}

/** What a file of the folder is for. */
function roleOf(name: string): RawRole | null {
  if (/^(?:rows|cards|changes)\.index\.jsonl$/.test(name)) return "index";
  return (/^(rows|cards|changes)-\d+\.jsonl\.zst$/.exec(name)?.[1] ?? null) as RawRole | null;
}
