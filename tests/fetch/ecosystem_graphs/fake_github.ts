import { gzipSync } from "node:zlib";
import { packTar, type TarEntry } from "modern-tar";
import { gitBlob } from "../../../lib/fetch/ecosystem_graphs/git_blob.ts";
import {
  type FaultServer,
  faultServer,
  type FaultServerOptions,
  type ServedAnswer,
} from "../fault_server.ts";

/** Repository that the server has. */
export const repositoryName = "stanford-crfm/ecosystem-graphs";

/** A commit that the server has. */
export interface FakeCommit {
  hash: string;
  /** ISO 8601. */
  date: string;
  /** Content by path. */
  files: Record<string, string | Uint8Array>;
  /** Entries of its archive. @default as GitHub packs `files` */
  entries?: TarEntry[];
}

/** Entries of an archive as GitHub writes them: the commit in a global header, the folders, the files. */
export function entriesOf({ hash, files }: FakeCommit): TarEntry[] {
  const top = `ecosystem-graphs-${hash}/`;
  const comment = `52 comment=${hash}\n`;
  const mtime = new Date(0);
  const folders = new Set([top]);
  for (const path of Object.keys(files)) {
    const parts = path.split("/");
    for (let i = 1; i < parts.length; i++) folders.add(`${top}${parts.slice(0, i).join("/")}/`);
  }
  return [
    {
      header: { name: "pax_global_header", type: "pax-global-header", size: comment.length, mtime },
      body: comment,
    },
    ...[...folders].map((name): TarEntry => ({
      header: { name, type: "directory", size: 0, mtime },
    })),
    ...Object.entries(files).map(([path, content]): TarEntry => {
      const body = bytesOf(content);
      return { header: { name: `${top}${path}`, type: "file", size: body.length, mtime }, body };
    }),
  ];
}

/** A tar.gz of entries. */
export async function archiveOf(entries: readonly TarEntry[]): Promise<Uint8Array> {
  return new Uint8Array(gzipSync(await packTar(entries), { level: 1 }));
}

/** Options of {@link fakeGitHub}. */
export interface FakeGitHubOptions extends FaultServerOptions {
  /** Answers instead of the server where it does not return undefined. */
  instead?: (url: URL) => ServedAnswer | null | undefined;
  /** Hides the recursive tree's entries as GitHub does where they are too many. */
  truncated?: boolean;
}

/** A server on loopback with the part of GitHub's API that is asked, and its archives. */
export function fakeGitHub(
  commits: readonly FakeCommit[],
  { instead = () => undefined, truncated = false, ...options }: FakeGitHubOptions = {},
): FaultServer {
  const newestFirst = commits.toSorted((a, b) => a.date < b.date ? 1 : -1);
  return faultServer(async ({ url }) => {
    const answer = instead(url);
    if (answer !== undefined) return answer;
    const archive = new RegExp(`^/${repositoryName}/tar\\.gz/([0-9a-f]{40})$`).exec(url.pathname);
    const asked = new RegExp(`^/repos/${repositoryName}/(commits|git/trees)(?:/(\\w+))?$`)
      .exec(url.pathname);
    if (archive !== null) {
      const commit = commits.find(({ hash }) => hash === archive[1]);
      if (commit === undefined) return null;
      return {
        headers: { "content-type": "application/x-gzip" },
        body: await archiveOf(commit.entries ?? entriesOf(commit)),
      };
    }
    if (asked === null) return null;
    const [, what, reference] = asked;
    if (what === "git/trees") {
      return treeAnswer(newestFirst, { reference, url, truncated });
    }
    if (reference === undefined) {
      const until = url.searchParams.get("until") ?? "9999";
      const listed = newestFirst.filter(({ date }) => date <= until);
      return json(listed.slice(0, Number(url.searchParams.get("per_page"))).map(described));
    }
    const commit = newestFirst.find(({ hash }) => hash.startsWith(reference));
    return commit === undefined
      ? json({ message: `No commit found for SHA: ${reference}`, status: "422" }, 422)
      : json(described(commit));
  }, options);
}

function treeAnswer(
  commits: readonly FakeCommit[],
  { reference, url, truncated }: { reference: string; url: URL; truncated: boolean },
): ServedAnswer | null {
  const recursive = url.searchParams.has("recursive");
  const folder = commits.find(({ hash }) => treeHash(hash) === reference);
  const commit = folder ?? commits.find(({ hash }) => hash === reference);
  if (commit === undefined) return null;
  const blobs = Object.entries(commit.files).map(([path, content]) => ({
    path,
    mode: "100644",
    type: "blob",
    sha: gitBlob(bytesOf(content)),
  }));
  if (folder !== undefined) {
    return json({
      tree: blobs.filter(({ path }) => path.startsWith("assets/"))
        .map((blob) => ({ ...blob, path: blob.path.slice("assets/".length) })),
      truncated: false,
    });
  }
  const trees = Object.keys(commit.files).some((path) => path.startsWith("assets/"))
    ? [{ path: "assets", mode: "040000", type: "tree", sha: treeHash(commit.hash) }]
    : [];
  const whole = [...trees, ...blobs];
  if (!recursive) {
    return json({ tree: whole.filter(({ path }) => !path.includes("/")), truncated: false });
  }
  return json({ tree: truncated ? whole.slice(0, 1) : whole, truncated });
}

/** Stands for the hash of the folder of assets. */
function treeHash(commit: string): string {
  return commit.slice(0, 20).padStart(40, "f");
}

function described({ hash, date }: FakeCommit) {
  return {
    sha: hash,
    commit: {
      message: "Add assets",
      author: { date: "2001-01-01T00:00:00Z" },
      committer: { date },
    },
  };
}

function json(value: unknown, status = 200): ServedAnswer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(value),
    gzip: true,
  };
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
