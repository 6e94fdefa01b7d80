import { dirname, join } from "node:path";
import { paths } from "../paths.ts";
import {
  type RawFile,
  type RawManifest,
  rawManifestName,
  type RawRole,
  readRawManifest,
  sha256OfFiles,
  type Upstream,
} from "../source/raw_manifest.ts";
import { sha256File } from "../source/sha256.ts";
import { version } from "../version.ts";
import { entriesOf, exists, filesBelow } from "./folder_entries.ts";
import { syncFolder, writeWhole } from "./write_whole.ts";

export { writeWhole } from "./write_whole.ts";

/** Ending of the folder of a snapshot that is being fetched. */
const unfinishedEnding = ".part";
/** File of it that says what was asked for, so that it goes on with nothing else. */
const requestName = "request.json";
/** File of it that the program at work holds locked. */
const lockName = ".lock";

/** Files of it that are the folder's own; a program that was killed leaves one that is not whole. */
const ownFiles = /^(?:\.lock|(?:request|fetch)\.json(?:\.tmp)?)$/;

/** What a raw snapshot was begun with. */
export interface RawRequest {
  upstream: Upstream;
  /** What is asked for, as JSON can hold it; a snapshot goes on only with the same. */
  request: Record<string, unknown>;
}

/** What is known of a raw snapshot when it is complete. */
export interface RawDescription extends
  Pick<
    RawManifest,
    "kind" | "origin" | "revision" | "from" | "to" | "base" | "counts" | "issues"
  > {
  /** Role of a file by its path below the folder, null for one that shall not stay. */
  roleOf(name: string): RawRole | null;
  /** Called with the bytes hashed so far and in all. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * The folder of a raw snapshot while it is being fetched: `data/raw/NAME.part`. When it is complete it gets its name, and its files can no
 * longer be written.
 */
export class RawFolder {
  /** Where files are written. */
  readonly path: string;
  /** Name of the snapshot. */
  readonly name: string;
  /** Whether it was begun earlier. */
  readonly resumed: boolean;
  #request: RawRequest;
  #lock: Deno.FsFile;

  private constructor(
    name: string,
    { path, resumed, request, lock }: {
      path: string;
      resumed: boolean;
      request: RawRequest;
      lock: Deno.FsFile;
    },
  ) {
    this.name = name;
    this.path = path;
    this.resumed = resumed;
    this.#request = request;
    this.#lock = lock;
  }

  /**
   * Begins a snapshot, or goes on with the one of that name.
   *
   * @param options.anew Removes what an earlier attempt left, whatever it had asked for, and begins again. Default: false.
   * @throws {RangeError} when the name cannot be one, the snapshot is complete, or was begun with another request
   * @throws {Error} when another program is at work on it
   */
  static open(
    name: string,
    request: RawRequest,
    { anew = false }: { anew?: boolean } = {},
  ): RawFolder {
    checkName(name);
    checkFresh(name);
    const path = join(paths.raw, `${name}${unfinishedEnding}`);
    Deno.mkdirSync(path, { recursive: true });
    const lock = Deno.openSync(join(path, lockName), { write: true, create: true });
    if (!lock.tryLockSync(true)) {
      lock.close();
      throw new Error(`Cannot fetch "${name}": another program is at work on it`);
    }
    try {
      if (anew) {
        for (const entry of entriesOf(path)) {
          if (entry !== lockName) Deno.removeSync(join(path, entry), { recursive: true });
        }
      }
      const before = requestOf(path);
      // The program that held the lock may have finished meanwhile, and this folder be a new one.
      if (before === null && exists(join(paths.raw, name))) {
        Deno.removeSync(path, { recursive: true });
        checkFresh(name);
      }
      if (before === null) writeWhole(join(path, requestName), JSON.stringify(request));
      else if (JSON.stringify(before) !== JSON.stringify(request)) {
        throw new RangeError(
          `Cannot go on with "${name}": it was begun with ${JSON.stringify(before.request)}, not ${
            JSON.stringify(request.request)
          }; give the same options, another name, or remove ${path}`,
        );
      }
      return new RawFolder(name, { path, resumed: before !== null, request, lock });
    } catch (error) {
      lock.close();
      throw error;
    }
  }

  /**
   * Writes the manifest and gives the folder its name.
   *
   * @returns the manifest
   */
  async finish({ roleOf, onProgress, ...description }: RawDescription): Promise<RawManifest> {
    const files: RawFile[] = [];
    const found = filesBelow(this.path).filter((name) => !ownFiles.test(name)).sort();
    const kept: [name: string, role: RawRole][] = [];
    for (const name of found) {
      const role = roleOf(name);
      if (role === null) Deno.removeSync(join(this.path, name));
      else kept.push([name, role]);
    }
    syncFiles(this.path, kept.map(([name]) => name));
    const sizes = kept.map(([name]) => Deno.statSync(join(this.path, name)).size);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    let done = 0;
    for (const [i, [name, role]] of kept.entries()) {
      const sha256 = await sha256File(join(this.path, name), {
        onBytes: (read) => onProgress?.(done + read, total),
      });
      files.push({ name, role, bytes: sizes[i], sha256 });
      done += sizes[i];
    }
    const { kind, origin, revision, from, to, base, counts, issues } = description;
    const manifest: RawManifest = {
      schema: "kindred-raw-1",
      name: this.name,
      kind,
      upstream: this.#request.upstream,
      tool: `kindred ${version}`,
      origin,
      revision,
      from,
      to,
      request: this.#request.request,
      base,
      counts,
      issues,
      files,
      sha256: sha256OfFiles(files),
    };
    writeWhole(join(this.path, rawManifestName), `${JSON.stringify(manifest, null, 2)}\n`);
    const target = join(paths.raw, this.name);
    await Deno.rename(this.path, target);
    syncFolder(paths.raw);
    this.close();
    settle(target);
    return manifest;
  }

  /** Removes it with all that is in it. */
  remove(): void {
    this.close();
    if (exists(this.path)) Deno.removeSync(this.path, { recursive: true });
  }

  /** Lets other programs go on with it. */
  close(): void {
    try {
      this.#lock.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }
}

/** Names of the snapshots of an upstream that were begun and are not complete, in code-unit order. */
export function unfinishedSnapshots(upstream: Upstream): string[] {
  return entriesOf(paths.raw)
    .filter((name) =>
      name.endsWith(unfinishedEnding) && requestOf(join(paths.raw, name))?.upstream === upstream
    )
    .map((name) => name.slice(0, -unfinishedEnding.length));
}

/** What an unfinished snapshot was begun with, null where there is none of that name. */
export function unfinishedRequest(name: string): RawRequest | null {
  return requestOf(join(paths.raw, `${name}${unfinishedEnding}`));
}

/** Manifest of the complete snapshot of a name, null where there is none. */
export function rawSnapshot(name: string): RawManifest | null {
  if (!/^[\w.-]+$/.test(name) || !hasRawSnapshot(name)) return null;
  settle(join(paths.raw, name));
  return readRawManifest(join(paths.raw, name));
}

/** Manifests of the complete snapshots, in code-unit order of their names; folders that have none are passed over. */
export function rawSnapshots(): RawManifest[] {
  return entriesOf(paths.raw)
    .filter((name) => exists(join(paths.raw, name, rawManifestName)))
    .filter((name) => !name.endsWith(unfinishedEnding))
    .map((name) => readRawManifest(join(paths.raw, name)));
}

/** Whether there is a complete raw snapshot of a name. */
export function hasRawSnapshot(name: string): boolean {
  return exists(join(paths.raw, name, rawManifestName));
}

/** Takes from a snapshot that has its name what it no longer needs, unless that was done; the request goes last and tells. */
function settle(folder: string): void {
  if (!exists(join(folder, requestName)) || !exists(join(folder, rawManifestName))) return;
  if (Deno.build.os !== "windows") {
    const { files } = readRawManifest(folder);
    for (const { name } of [...files, { name: rawManifestName }]) {
      Deno.chmodSync(join(folder, name), 0o444);
    }
  }
  const temporary = [requestName, rawManifestName].map((name) => `${name}.tmp`);
  for (const name of [...temporary, lockName, requestName]) {
    if (exists(join(folder, name))) Deno.removeSync(join(folder, name));
  }
}

/** @throws {RangeError} when there is a complete snapshot of a name */
function checkFresh(name: string): void {
  const folder = join(paths.raw, name);
  if (!exists(folder)) return;
  settle(folder);
  throw new RangeError(
    `Cannot fetch "${name}": there is a snapshot of that name, and snapshots are written once; give another name, or remove ${folder}`,
  );
}

/** Waits until files and their names are on disk. */
function syncFiles(folder: string, names: readonly string[]): void {
  for (const name of names) {
    using file = Deno.openSync(join(folder, name), { write: true });
    file.syncDataSync();
  }
  for (const inner of new Set(names.map((name) => dirname(join(folder, name))))) syncFolder(inner);
}

function checkName(name: string): void {
  if (/^\w[\w.-]*$/.test(name) && !/\.(?:part|tmp)$/.test(name)) return;
  throw new RangeError(
    `Cannot fetch ${
      JSON.stringify(name)
    }: expected a name of letters, digits, ".", "_", "-", not beginning with "." or "-"`,
  );
}

/** What an unfinished snapshot was begun with, null where nothing was written yet. */
function requestOf(folder: string): RawRequest | null {
  try {
    return JSON.parse(Deno.readTextFileSync(join(folder, requestName)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
