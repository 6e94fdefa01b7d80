import type { RawManifest } from "../../source/raw_manifest.ts";
import type { HttpClientOptions } from "../http_types.ts";

/** How far fetching is. */
export interface HubProgress {
  /** What is done: `models` and `changes` are listed, `merge` joins changes and base, `cards` are fetched, `files` hashed. */
  stage: "models" | "changes" | "merge" | "cards" | "files";
  /** Rows, cards or bytes so far. */
  done: number;
  /** Of how many, null where it is not known. */
  total: number | null;
  /** Time of the row that was fetched last: of its creation, or of its change. */
  at: string | null;
}

/** Options of {@link fetchHub}. */
export interface FetchHubOptions {
  /** Address of the Hub. */
  endpoint: URL;
  /**
   * Name of the snapshot.
   * @default the one that is unfinished, else `hub-` and the day by the Hub's clock
   */
  name?: string;
  /**
   * Whether cards are fetched as well.
   * @default false
   */
  cards?: boolean;
  /** Day such as `2026-11-01`: fetch what was created or changed since, and merge it into a base. */
  since?: string;
  /**
   * Raw snapshot of models that the changes are merged into.
   * @default the newest of the Hub that was begun on the day `since` or later
   */
  base?: string;
  /** Token of the Hub; it is sent to the endpoint and kept nowhere. */
  token?: string;
  /** Ends it; the same call goes on. */
  signal?: AbortSignal;
  /** Other options of the client, for example the pause before a second attempt. */
  client?: Partial<HttpClientOptions>;
  /** Told of waits. */
  onWait?: HttpClientOptions["onWait"];
  /** Told the name of a snapshot, and its base, before it is begun or gone on with; what it throws ends the fetch. */
  checkName?: (name: string, base: RawManifest["base"]) => void;
  /** Told of each damaged raw snapshot that is passed over when a base is looked for. */
  onDamaged?: (error: SyntaxError) => void;
  /** Told once, when it is known which snapshot is fetched and whether it was begun earlier. */
  onBegin?: (snapshot: { name: string; resumed: boolean; path: string }) => void;
  /** Told how far it is. */
  onProgress?: (progress: HubProgress) => void;
}
