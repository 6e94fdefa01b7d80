/**
 * Datasets of the Hub, fetched as the Hub's conversion to Parquet or as they were published, at one commit.
 *
 * `datasetInfo` and `listFiles` of @huggingface/hub find the commit and its files, each with its size and the hash of its content; they take a
 * `fetch`, so that waits, hosts and the token are those of `HttpClient`. The files come from `/datasets/NAME/resolve/COMMIT/PATH` without that
 * package: its `downloadFile` asks for each file's address in a request of its own, cannot go on with what is on disk, and puts files in Xet
 * storage together from parts on hosts besides. Of the two lists of conversions, the branch `refs/convert/parquet` is taken rather than
 * `/api/datasets/NAME/parquet`: it has a commit, sizes and hashes, and shows what was converted in part (`partial-SPLIT`).
 *
 * @module
 */
import { join } from "node:path";
import { type IssueCount, Issues } from "../../core/issues.ts";
import { paths } from "../../paths.ts";
import { exists } from "../../source/exists.ts";
import { parquetRows } from "../../source/parquet_buffer.ts";
import type { RawManifest } from "../../source/raw_manifest.ts";
import { upstreamAddress } from "../hosts.ts";
import { HttpClient } from "../http_client.ts";
import { HttpError } from "../http_errors.ts";
import type { HttpClientOptions } from "../http_types.ts";
import { RawFolder, writeWhole } from "../raw_folder.ts";
import { chooseConverted, chooseOriginal, type ChosenFiles } from "./choose_files.ts";
import { clientFetch } from "./client_fetch.ts";
import { type DatasetSource, hubStorage } from "./dataset_sources.ts";
import { chooseName, type DatasetRequest, unfinishedOf } from "./dataset_names.ts";
import { downloadFile } from "./download_file.ts";
import { pinDataset, type PinnedDataset } from "./pin_dataset.ts";

const branches = { converted: "refs/convert/parquet", original: "main" };

/** Options of {@link fetchDataset}. */
export interface FetchDatasetOptions
  extends Pick<HttpClientOptions, "token" | "signal" | "onWait"> {
  /** Other options of the client, for example the pause before a second attempt. */
  client?: Partial<HttpClientOptions>;
  /**
   * Takes the files as they were published also where there is a conversion.
   * @default false
   */
  original?: boolean;
  /**
   * Commit to fetch.
   * @default the newest
   */
  at?: string;
  /**
   * Name of the snapshot.
   * @default that of the source, with its day or with digits of the commit where another one has the name
   */
  name?: string;
  /**
   * Hosts besides the Hub that files may come from.
   * @default the Hub's storage
   */
  storage?: readonly string[];
  /** Called with the name of the snapshot before there is anything of it; what it throws ends the fetch. */
  checkName?: (name: string) => void;
  /** Told once, when it is known which snapshot is fetched and whether it was begun earlier. */
  onBegin?: (snapshot: { name: string; resumed: boolean; path: string }) => void;
  /** Told what begins. */
  onStep?: (step: string) => void;
  /** Called with the bytes that are on disk and all. */
  onBytes?: (done: number, total: number) => void;
}

/** What {@link fetchDataset} did. */
export interface FetchedDataset {
  manifest: RawManifest;
  /** Whether it was there already, and nothing was downloaded. */
  known: boolean;
}

/**
 * Fetches a dataset to `data/raw`, or goes on with a fetch of the same that was interrupted, at the commit that was newest then.
 *
 * @throws {RangeError} when there is another snapshot of that name, or the dataset has no files of rows
 * @throws {HttpError} when the Hub refuses
 * @throws {RefusedError} when it answers otherwise than it should: a redirect elsewhere, other content than it lists, hostile paths
 */
export async function fetchDataset(
  source: DatasetSource,
  options: FetchDatasetOptions = {},
): Promise<FetchedDataset> {
  const { storage = hubStorage, token, signal, onWait } = options;
  const hub = upstreamAddress("https://huggingface.co/", { variable: "HF_ENDPOINT" });
  const client = new HttpClient({
    hosts: [hub.host, ...storage],
    tokenHost: hub.host,
    token,
    signal,
    onWait,
    ...options.client,
  });
  const dates: string[] = [];
  const onDate = (date: string) => void dates.push(date);
  const fetch = clientFetch(client, { onDate });
  const { original = false, at = null } = options;
  const asked = { dataset: source.dataset, config: source.config, original, at };
  const begun = unfinishedOf(source.upstream, { asked, name: options.name });
  options.onStep?.("asking for its files");
  const { pinned, chosen } = begun === null
    ? await newest(source, { hub, fetch, original, at })
    : await pinnedAgain(source, { begun, hub, fetch });
  const request: DatasetRequest = {
    ...asked,
    commit: pinned.commit,
    form: chosen.form,
    splits: chosen.splits,
  };
  const named = begun === null
    ? chooseName(source, { pinned, request, name: options.name })
    : { name: begun.name, known: null };
  if (named.known !== null) return { manifest: named.known, known: true };
  options.checkName?.(named.name);
  const folder = RawFolder.open(named.name, { upstream: source.upstream, request: { ...request } });
  try {
    options.onBegin?.(folder);
    const manifest = await download(folder, {
      ...options,
      source,
      hub,
      client,
      pinned,
      chosen,
      dates,
    });
    return { manifest, known: false };
  } finally {
    folder.close();
  }
}

/** The newest commit, or that which was asked for, and its files; the published ones where the conversion holds a part or is missing. */
async function newest(
  source: DatasetSource,
  { hub, fetch, original, at }: {
    hub: URL;
    fetch: typeof globalThis.fetch;
    original: boolean;
    at: string | null;
  },
): Promise<{ pinned: PinnedDataset; chosen: ChosenFiles }> {
  const pin = (revision: string) => pinDataset(source.dataset, { revision, hub, fetch });
  if (at !== null) {
    const pinned = await pin(at);
    const found = original ? null : chooseConverted(pinned.files, source);
    const form = found === null || "partial" in found ? "original" : "parquet";
    return choose(source, { pinned, form });
  }
  if (!original) {
    const pinned = await pin(branches.converted).catch(ignoreMissing);
    const found = pinned && chooseConverted(pinned.files, source);
    if (pinned && found && !("partial" in found)) return { pinned, chosen: found };
  }
  return choose(source, { pinned: await pin(branches.original), form: "original" });
}

/** The files that an interrupted fetch was about. */
async function pinnedAgain(
  source: DatasetSource,
  { begun: { name, request }, hub, fetch }: {
    begun: { name: string; request: DatasetRequest };
    hub: URL;
    fetch: typeof globalThis.fetch;
  },
): Promise<{ pinned: PinnedDataset; chosen: ChosenFiles }> {
  const { commit: revision, form } = request;
  const pinned = await pinDataset(source.dataset, { revision, hub, fetch }).catch(ignoreMissing);
  if (pinned !== null) return choose(source, { pinned, form });
  throw new RangeError(
    `Cannot go on with "${name}": it was begun with commit ${revision}, which the Hub no longer has; remove ${
      join(paths.raw, `${name}.part`)
    } and run the same command again`,
  );
}

/** The files of a commit in a form. */
function choose(
  source: DatasetSource,
  { pinned, form }: { pinned: PinnedDataset; form: ChosenFiles["form"] },
): { pinned: PinnedDataset; chosen: ChosenFiles } {
  if (form === "original") {
    const chosen = chooseOriginal(pinned.files, { ...source, prefer: source.original });
    return { pinned, chosen };
  }
  const chosen = chooseConverted(pinned.files, source);
  if (chosen !== null && !("partial" in chosen)) return { pinned, chosen };
  throw new RangeError(
    `Cannot fetch "${source.dataset}" at commit ${pinned.commit}: found ${
      chosen === null ? "no conversion to Parquet" : `"${chosen.partial}"`
    }, expected one of the whole`,
  );
}

/** What a fetch must know of itself when it goes on, since that is another process. */
interface DatasetState {
  /** Time of the first answer. */
  from: string | null;
  /** What went wrong and was mended. */
  issues: IssueCount[];
}

const stateName = "state.json";

async function download(
  folder: RawFolder,
  { source, hub, client, pinned, chosen, dates, onStep, onBytes }: FetchDatasetOptions & {
    source: DatasetSource;
    hub: URL;
    client: HttpClient;
    pinned: PinnedDataset;
    chosen: ChosenFiles;
    dates: string[];
  },
): Promise<RawManifest> {
  const before = stateOf(folder);
  const from = before === null ? dates[0] ?? null : before.from;
  const issues = new Issues();
  issues.merge(before?.issues ?? []);
  const keepState = () => {
    const state: DatasetState = { from, issues: issues.list() };
    writeWhole(join(folder.path, stateName), JSON.stringify(state));
  };
  if (before === null) keepState();
  const { files } = chosen;
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  let rows = 0;
  for (const [i, file] of files.entries()) {
    onStep?.(files.length === 1 ? file.path : `${file.path} (${i + 1} of ${files.length})`);
    const path = join(folder.path, "rows", file.path);
    await downloadFile(fileUrl(hub, { source, commit: pinned.commit, path: file.path }), {
      file,
      path,
      client,
      commit: pinned.commit,
      onBytes: (bytes) => onBytes?.(done + bytes, total),
      onDate: (date) => void dates.push(date),
      onIssue(kind, example) {
        issues.add(kind, issueRules[kind], example);
        keepState();
      },
    });
    done += file.bytes;
    if (/\.parquet$/i.test(path)) rows += await parquetRows(path);
  }
  onStep?.("hashing");
  return await folder.finish({
    kind: "models",
    origin: new URL(`datasets/${source.dataset}`, hub).href,
    revision: pinned.commit,
    from,
    to: dates.at(-1) ?? null,
    base: null,
    counts: { files: files.length, bytes: total, ...(rows > 0 ? { rows } : {}) },
    issues: issues.list(),
    roleOf: (name) => name.startsWith("rows/") && !/\.(?:part|etag)$/.test(name) ? "rows" : null,
    onProgress: onBytes,
  });
}

const issueRules = {
  beganAgain: "the server did not go on where the file ended; the file was begun again",
  wrongHash: "the content was not what the Hub lists; the file was fetched again",
};

/** What was known when the fetch was interrupted, null where it begins. */
function stateOf(folder: RawFolder): DatasetState | null {
  const path = join(folder.path, stateName);
  return exists(path) ? JSON.parse(Deno.readTextFileSync(path)) : null;
}

/** Address of a file at a commit. */
function fileUrl(
  hub: URL,
  { source, commit, path }: { source: DatasetSource; commit: string; path: string },
): URL {
  const escaped = path.split("/").map(encodeURIComponent).join("/");
  return new URL(`datasets/${source.dataset}/resolve/${commit}/${escaped}`, hub);
}

function ignoreMissing(error: unknown): null {
  if (error instanceof HttpError && error.status === 404) return null;
  throw error;
}
