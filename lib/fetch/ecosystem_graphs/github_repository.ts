import { HttpClient } from "../http_client.ts";
import { HttpError } from "../http_errors.ts";
import type { HttpClientOptions } from "../http_types.ts";
import { upstreamAddress } from "../hosts.ts";
import type { NamedBlob } from "./check_blobs.ts";
import type { CommitReference } from "./commit_reference.ts";

/** A commit of a repository. */
export interface Commit {
  /** 40 hexadecimal digits. */
  hash: string;
  /** When it was committed, ISO 8601, UTC. */
  date: string;
}

/** Options of a {@link GitHubRepository}. */
export interface GitHubOptions
  extends Pick<HttpClientOptions, "tries" | "backoff" | "longestWait" | "idle"> {
  /**
   * Where both its API and its archives are, for a mirror.
   * @default what KINDRED_GITHUB says, else GitHub
   */
  address?: URL;
  /** Sent to GitHub's API and nowhere else; raises its limit of 60 requests an hour. */
  token?: string;
  /** Told of every wait that is due, before it begins. */
  onWait?: HttpClientOptions["onWait"];
  /** Ends waits and requests. */
  signal?: AbortSignal;
}

/** An entry of a tree of git, as GitHub writes it. */
interface TreeEntry {
  path: string;
  mode: string;
  type: string;
  sha: string;
}

/** Largest archive of a repository, and largest answer of the API. */
const mostBytes = { archive: 256 << 20, api: 64 << 20 };

/** A repository on GitHub: its commits and trees by the API, its archives from where GitHub hands them out. */
export class GitHubRepository {
  /** Owner and name, with a slash. */
  readonly name: string;
  /** Time of the first answer by GitHub's own clock, null where it tells none. */
  from: string | null = null;
  /** Time of the last one. */
  to: string | null = null;
  #api: URL;
  #archives: URL;
  #apiClient: HttpClient;
  #archiveClient: HttpClient;
  #hasToken: boolean;

  /** @throws {RangeError} when KINDRED_GITHUB holds no address */
  constructor(name: string, { address, token, ...options }: GitHubOptions = {}) {
    this.name = name;
    this.#hasToken = (token ?? "").trim() !== "";
    const variable = "KINDRED_GITHUB";
    this.#api = address ?? upstreamAddress("https://api.github.com", { variable });
    this.#archives = address ?? upstreamAddress("https://codeload.github.com", { variable });
    // Two clients, since the API's limit is not one of the archives.
    this.#apiClient = new HttpClient({
      ...options,
      hosts: [this.#api.host],
      token,
      tokenHost: this.#api.host,
      tokenName: "GITHUB_TOKEN",
    });
    this.#archiveClient = new HttpClient({ ...options, hosts: [this.#archives.host] });
  }

  /** Address for people. */
  get origin(): string {
    const usual = this.#api.host === "api.github.com";
    return usual ? `https://github.com/${this.name}` : below(this.#api, this.name).href;
  }

  /**
   * The commit that is meant; of a day the last one that GitHub lists up to its end.
   *
   * @throws {RangeError} when there is none
   * @throws {HttpError} when GitHub refuses or cannot be reached
   */
  async commitAt(reference: CommitReference): Promise<Commit> {
    if (reference.kind === "commit") return await this.#commitOf(reference.hash);
    const query = reference.kind === "day" ? `&until=${reference.day}T23:59:59Z` : "";
    const { value, date } = await this.#ask(`commits?per_page=1${query}`);
    const when = reference.kind === "day" ? ` up to the end of ${reference.day}` : "";
    if (reference.kind === "day" && date !== null && reference.day > date.slice(0, 10)) {
      throw new RangeError(
        `Cannot fetch ${this.name} at ${reference.day}: by GitHub's clock that day has not come yet, it is ${
          date.slice(0, 10)
        }`,
      );
    }
    if (!Array.isArray(value)) throw unexpected("a list of commits");
    if (value.length === 0) {
      throw new RangeError(`Cannot fetch ${this.name}: it has no commit${when}`);
    }
    const commit = commitIn(value[0]);
    if (reference.kind === "day" && commit.date.slice(0, 10) > reference.day) {
      throw unexpected(`a commit${when}, found one of ${commit.date}`);
    }
    return commit;
  }

  /**
   * The files of a folder at a commit, without those in folders below it.
   *
   * @param options.folder One at the repository's root.
   * @returns in GitHub's order; links have an empty hash, so that no file equals them
   */
  async blobsIn(commit: string, { folder }: { folder: string }): Promise<NamedBlob[]> {
    let [entries, whole] = await this.#tree(`${commit}?recursive=1`);
    if (!whole) {
      [entries] = await this.#tree(commit);
      const tree = entries.find(({ path, type }) => path === folder && type === "tree");
      if (tree === undefined) return [];
      [entries, whole] = await this.#tree(tree.sha);
      if (!whole) throw unexpected(`the whole folder ${folder}`);
      entries = entries.map((entry) => ({ ...entry, path: `${folder}/${entry.path}` }));
    }
    return entries
      .filter(({ path, type }) =>
        type === "blob" && path.startsWith(`${folder}/`) &&
        !path.slice(folder.length + 1).includes("/")
      )
      .map(({ path, mode, sha }) => ({ path, blob: mode === "120000" ? "" : sha }));
  }

  /** The repository at a commit as tar.gz. */
  async archive(commit: string): Promise<Uint8Array<ArrayBuffer>> {
    const { bytes, date } = await this.#archiveClient.get(
      below(this.#archives, `${this.name}/tar.gz/${commit}`),
      { mostBytes: mostBytes.archive },
    );
    this.#saw(date);
    return bytes;
  }

  async #commitOf(hash: string): Promise<Commit> {
    let value: unknown;
    try {
      ({ value } = await this.#ask(`commits/${hash}`));
    } catch (error) {
      if (!(error instanceof HttpError && (error.status === 422 || error.status === 404))) {
        throw error;
      }
      const hint = /^\d{8}$/.test(hash) ? "; a day is written like 2023-03-20" : "";
      throw new RangeError(
        `Cannot fetch ${this.name}: it has no commit "${hash}", or more than one that begins so${hint}`,
        { cause: error },
      );
    }
    const commit = commitIn(value);
    if (!commit.hash.startsWith(hash)) throw unexpected(`commit ${hash}, found ${commit.hash}`);
    return commit;
  }

  async #tree(what: string): Promise<[entries: TreeEntry[], whole: boolean]> {
    const { value } = await this.#ask(`git/trees/${what}`);
    const { tree, truncated } = (value ?? {}) as { tree?: unknown; truncated?: unknown };
    const texts: (keyof TreeEntry)[] = ["path", "mode", "type", "sha"];
    if (
      !Array.isArray(tree) ||
      !tree.every((entry) => texts.every((name) => typeof entry?.[name] === "string"))
    ) throw unexpected("a tree of files with their hashes");
    return [tree, truncated !== true];
  }

  async #ask(what: string): Promise<{ value: unknown; date: string | null }> {
    const url = below(this.#api, `repos/${this.name}/${what}`);
    const headers = {
      accept: "application/vnd.github+json",
      "x-github-api-version": "2022-11-28",
    };
    try {
      const { bytes, date } = await this.#apiClient.get(url, { headers, mostBytes: mostBytes.api });
      this.#saw(date);
      return { value: parsed(bytes), date };
    } catch (error) {
      const waited = error instanceof HttpError && error.cause instanceof HttpError;
      if (!waited || ![403, 429].includes(error.status ?? 0) || this.#hasToken) throw error;
      throw new HttpError(
        `${error.message}; GitHub answers 60 requests an hour, and more to those who set GITHUB_TOKEN`,
        { status: error.status, cause: error },
      );
    }
  }

  #saw(date: string | null): void {
    this.from ??= date;
    this.to = date ?? this.to;
  }
}

/** An address below another, which may itself have a path. */
function below(base: URL, path: string): URL {
  return new URL(`${base.href.replace(/\/+$/, "")}/${path}`);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new SyntaxError("Cannot read GitHub's answer: it is no JSON; try again later", { cause });
  }
}

function unexpected(wanted: string): SyntaxError {
  return new SyntaxError(`Cannot read GitHub's answer: expected ${wanted}`);
}

function commitIn(value: unknown): Commit {
  const { sha, commit } = (value ?? {}) as {
    sha?: unknown;
    commit?: { committer?: { date?: unknown } };
  };
  const time = Date.parse(String(commit?.committer?.date));
  if (typeof sha !== "string" || !/^[0-9a-f]{40}$/.test(sha) || Number.isNaN(time)) {
    throw unexpected("a commit with its hash and date");
  }
  return { hash: sha, date: new Date(time).toISOString() };
}
