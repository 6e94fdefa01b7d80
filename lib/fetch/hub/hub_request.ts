import type { RawManifest } from "../../source/raw_manifest.ts";
import { type RawRequest, unfinishedSnapshots } from "../raw_folder.ts";
import { chooseBase } from "./choose_base.ts";
import type { FetchHubOptions } from "./hub_options.ts";
import { listParameters, type ModelPage, modelsAddress } from "./model_pages.ts";

/** What is asked for, as a raw snapshot keeps it. */
export interface HubRequest {
  /** Address that is asked; two Hubs do not mix. */
  address: string;
  parameters: Record<string, unknown>;
  form: string;
  cards: string | null;
  since?: string;
  base?: { name: string; sha256: string };
}

/** The one snapshot that was begun, null where there is none. */
export function unfinishedName(): string | null {
  const names = unfinishedSnapshots("hub");
  if (names.length <= 1) return names[0] ?? null;
  throw new RangeError(
    `Cannot tell which snapshot to go on with: ${
      names.map((name) => JSON.stringify(name)).join(", ")
    } are unfinished; give --name`,
  );
}

/** What is asked for; a snapshot that was begun keeps its base. */
export function requestOf(
  { endpoint, cards = false, since, base, onDamaged }: FetchHubOptions,
  before: RawRequest | null,
): HubRequest {
  const request: HubRequest = {
    address: modelsAddress(endpoint).href,
    parameters: Object.fromEntries(listParameters(since === undefined ? "created" : "changed")),
    form: "as in published dumps: id, the fields, modelId",
    cards: cards ? "raw/main/README.md" : null,
  };
  if (since === undefined) {
    if (base === undefined) return request;
    throw new RangeError(`Cannot use the base "${base}": it is for --since, which is missing`);
  }
  const kept = before?.request.base as HubRequest["base"];
  if (kept !== undefined && (base === undefined || base === kept.name)) {
    return { ...request, since, base: kept };
  }
  const { name, sha256 } = chooseBase(since, { base, cards, onDamaged });
  return { ...request, since, base: { name, sha256 } };
}

/** Whether a complete snapshot is what is asked for. */
export function isSame(
  { upstream, request: made }: RawManifest,
  { request, options }: { request: HubRequest; options: FetchHubOptions },
): boolean {
  const { base: one, ...rest } = request;
  const { base: other, ...done } = made as unknown as HubRequest;
  return upstream === "hub" && JSON.stringify(rest) === JSON.stringify(done) &&
    (options.base === undefined || one?.name === other?.name);
}

/** Name of a snapshot whose first page is given. */
export function nameOf({ date }: ModelPage): string {
  if (date !== null) return `hub-${date.slice(0, 10)}`;
  throw new RangeError(
    "Cannot name the snapshot: the Hub does not say what day it is; give --name",
  );
}
