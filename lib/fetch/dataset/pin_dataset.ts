import { datasetInfo, listFiles } from "@huggingface/hub";
import { RefusedError } from "../http_errors.ts";

/** A file of a dataset at a commit. */
export interface DatasetFile {
  /** Path in the repository. */
  path: string;
  bytes: number;
  /** Hash of its content: SHA-256 of files in large-file storage, of others git's own (SHA-1). */
  hash: { kind: "sha256" | "git"; hex: string };
}

/** A dataset at one commit. */
export interface PinnedDataset {
  commit: string;
  /** When it was last changed, ISO 8601. */
  changed: string;
  files: DatasetFile[];
}

/** More files than any dataset that is read here has. */
const mostFiles = 100_000;

/**
 * Finds the commit of a branch of a dataset and lists the files of that commit.
 *
 * @param name For example `cfahlgren1/hub-stats`.
 * @param options.revision Branch or commit.
 * @param options.fetch As `clientFetch` makes it.
 * @throws {HttpError} when there is no such dataset or branch
 * @throws {RefusedError} when the answer has another form, or names a file outside the repository
 */
export async function pinDataset(
  name: string,
  { revision, hub, fetch }: { revision: string; hub: URL; fetch: typeof globalThis.fetch },
): Promise<PinnedDataset> {
  const hubUrl = hub.href.replace(/\/+$/, "");
  const found = await datasetInfo({ name, revision, additionalFields: ["sha"], hubUrl, fetch });
  const { sha: commit, updatedAt } = found;
  if (
    typeof commit !== "string" || !/^[0-9a-f]{40}$/.test(commit) || Number.isNaN(+updatedAt)
  ) {
    throw new RefusedError(
      `Cannot fetch "${name}": its commit is ${JSON.stringify(commit)}, changed ${
        JSON.stringify(updatedAt)
      }; expected 40 hexadecimal digits and a date`,
    );
  }
  const files: DatasetFile[] = [];
  const repo = { type: "dataset", name } as const;
  let entries = 0;
  for await (const entry of listFiles({ repo, revision: commit, recursive: true, hubUrl, fetch })) {
    if (++entries > mostFiles) {
      throw new RefusedError(`Cannot fetch "${name}": it lists more than ${mostFiles} files`);
    }
    checkPath(entry.path, name);
    if (entry.type !== "file") continue;
    const { size, oid, lfs } = entry;
    const hash = lfs === undefined
      ? { kind: "git", hex: oid } as const
      : { kind: "sha256", hex: lfs.oid } as const;
    const digits = hash.kind === "git" ? /^[0-9a-f]{40}$/ : /^[0-9a-f]{64}$/;
    if (!Number.isSafeInteger(size) || size < 0 || !digits.test(hash.hex ?? "")) {
      throw new RefusedError(
        `Cannot fetch "${name}": it lists ${JSON.stringify(entry.path)} with size ${
          JSON.stringify(size)
        } and hash ${JSON.stringify(hash.hex)}`,
      );
    }
    files.push({ path: entry.path, bytes: size, hash: { ...hash, hex: hash.hex! } });
  }
  return { commit, changed: updatedAt.toISOString(), files };
}

/** Refuses a path that would lead out of a folder, here or on another system, or could not be shown as it is: control characters, C0 and C1, and those that turn the direction of text. */
function checkPath(path: unknown, name: string): void {
  const parts = typeof path === "string" ? path.split("/") : [];
  // deno-lint-ignore no-control-regex
  const hostile = /[\\\x00-\x1f\x7f-\x9f:\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
  if (parts.length > 0 && parts.every((part) => !/^\.{0,2}$/.test(part) && !hostile.test(part))) {
    return;
  }
  throw new RefusedError(
    `Cannot fetch "${name}": it lists the file ${
      JSON.stringify(path)
    }, expected a path below the repository`,
  );
}
