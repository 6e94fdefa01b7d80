import { join } from "node:path";
import type { RawManifest } from "../../source/raw_manifest.ts";
import { RawFolder, rawSnapshot } from "../raw_folder.ts";
import { checkBlobs, type NamedBlob } from "./check_blobs.ts";
import { commitReference } from "./commit_reference.ts";
import { type Commit, type GitHubOptions, GitHubRepository } from "./github_repository.ts";
import { assetPath, unpackAssets } from "./unpack_assets.ts";

/** Repository that holds the asset graph of foundation models. */
export const ecosystemGraphsRepository = "stanford-crfm/ecosystem-graphs";

const archiveName = "archive.tar.gz";

/** How often a damaged archive is fetched before it is given up. */
const mostArchives = 3;

/** What of Ecosystem Graphs is fetched, and how. */
export interface FetchEcosystemGraphsOptions extends GitHubOptions {
  /**
   * 7 to 40 digits of a commit, or a day: the last commit up to its end, UTC.
   * @default the newest commit
   */
  at?: string;
  /**
   * Name of the snapshot.
   * @default `ecosystem-graphs-` and the day of the commit, UTC; with seven digits of the commit where another one of that day has it
   */
  name?: string;
  /** Called with the name of the snapshot before there is anything of it; what it throws ends the fetch. */
  checkName?: (name: string) => void;
  /** Called when a step begins. */
  onStep?: (step: string) => void;
}

/** A raw snapshot of Ecosystem Graphs. */
export interface FetchedEcosystemGraphs {
  /** False where it was there already, and nothing but its commit was asked for. */
  fetched: boolean;
  /** Commit that it is of. */
  commit: Commit;
  manifest: RawManifest;
}

/**
 * Fetches Ecosystem Graphs (Bommasani et al. 2023) at a commit into `data/raw`: the archive as GitHub hands it out, and its YAML files,
 * each proved by git's own hash to be the one of that commit. What fails or is interrupted leaves nothing behind.
 *
 * @throws {RangeError} when there is no such commit, the name is taken by something else, or the commit has no assets
 * @throws {SyntaxError} when GitHub's answers cannot be read, or the archive is cut or damaged each time
 * @throws {RefusedError} when the archive is not of the commit, or holds what no archive of git does
 * @throws {HttpError} when GitHub refuses or cannot be reached
 */
export async function fetchEcosystemGraphs(
  { at, name: given, checkName, onStep = () => {}, ...options }: FetchEcosystemGraphsOptions = {},
): Promise<FetchedEcosystemGraphs> {
  onStep("commit");
  const repository = new GitHubRepository(ecosystemGraphsRepository, options);
  const commit = await repository.commitAt(commitReference(at));
  const name = given ?? freeName(commit);
  const there = rawSnapshot(name);
  if (there !== null && isOf(there, commit)) return { fetched: false, commit, manifest: there };
  checkName?.(name);
  const raw = RawFolder.open(
    name,
    { upstream: "ecosystem-graphs", request: { at: at ?? null } },
    { anew: true },
  );
  let complete = false;
  try {
    const files = await fetchAssets(repository, { commit, folder: raw.path, onStep });
    options.signal?.throwIfAborted();
    const manifest = await raw.finish({
      kind: "assets",
      origin: repository.origin,
      revision: commit.hash,
      from: repository.from,
      to: repository.to,
      base: null,
      counts: { files: files.length },
      issues: [],
      roleOf: (file) => file === archiveName ? "archive" : assetPath.test(file) ? "assets" : null,
    });
    complete = true;
    return { fetched: true, commit, manifest };
  } finally {
    if (!complete) raw.remove();
  }
}

/** Fetches the archive and unpacks it. @returns its files, proved to be those of the commit */
async function fetchAssets(
  repository: GitHubRepository,
  { commit: { hash }, folder, onStep }: {
    commit: Commit;
    folder: string;
    onStep: (step: string) => void;
  },
): Promise<NamedBlob[]> {
  const expected = (await repository.blobsIn(hash, { folder: "assets" }))
    .filter(({ path }) => assetPath.test(path));
  if (expected.length === 0) {
    throw new RangeError(
      `Cannot fetch ${repository.name} at ${
        hash.slice(0, 7)
      }: this commit has no YAML files in the folder assets; its first ones had not. Give a later one`,
    );
  }
  const archive = join(folder, archiveName);
  for (let attempt = 1;; attempt++) {
    onStep("archive");
    await Deno.writeFile(archive, await repository.archive(hash));
    onStep("unpacking");
    try {
      const files = await unpackAssets(archive, { folder });
      checkBlobs(files, { commit: hash, expected });
      return files;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      if (attempt === mostArchives) {
        throw new SyntaxError(
          `Cannot fetch ${repository.name} at ${
            hash.slice(0, 7)
          }: its archive came damaged ${attempt} times; run the same command again later. ${error.message}`,
          { cause: error },
        );
      }
      await Deno.remove(join(folder, "assets"), { recursive: true });
    }
  }
}

/** The name by the commit's day, with its hash where another commit of that day has it. */
function freeName(commit: Commit): string {
  const name = `ecosystem-graphs-${commit.date.slice(0, 10)}`;
  const there = rawSnapshot(name);
  return there === null || isOf(there, commit) ? name : `${name}-${commit.hash.slice(0, 7)}`;
}

function isOf({ upstream, revision }: RawManifest, { hash }: Commit): boolean {
  return upstream === "ecosystem-graphs" && revision === hash;
}
