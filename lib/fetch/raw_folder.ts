import { dirname, join } from "node:path";
import { paths } from "../paths.ts";
import { exists } from "../source/exists.ts";
import { filesBelow } from "../source/files_below.ts";
import { foldersOf } from "../source/folders_of.ts";
import {
  type RawFile,
  type RawManifest,
  type RawRole,
  readRawManifest,
  sealOf,
  sha256OfFiles,
} from "../source/raw_manifest.ts";
import {
  isOwnFile,
  lockName,
  rawManifestName,
  requestName,
  unfinishedEnding,
} from "../source/raw_names.ts";
import { sha256File } from "../source/sha256.ts";
import { version } from "../version.ts";
import { type RawRequest, requestOf } from "./raw_request.ts";
import { syncFolder, writeWhole } from "./write_whole.ts";

export { type RawRequest, unfinishedRequest, unfinishedSnapshots } from "./raw_request.ts";
export { writeWhole } from "./write_whole.ts";

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
   * @param options.anew Removes what an earlier attempt at this upstream left, whatever it had asked for, and begins again. Default: false.
   * @throws {RangeError} when the name cannot be one, the snapshot is complete, or was begun with another request or by another upstream
   * @throws {SyntaxError} when the request that it was begun with cannot be read
   * @throws {Error} when another program is at work on it
   */
  static open(
    name: string,
    request: RawRequest,
    { anew = false }: { anew?: boolean } = {},
  ): RawFolder {
    checkNewName(name);
    const path = join(paths.raw, `${name}${unfinishedEnding}`);
    Deno.mkdirSync(path, { recursive: true });
    const lock = Deno.openSync(join(path, lockName), { write: true, create: true });
    if (!lock.tryLockSync(true)) {
      lock.close();
      throw new Error(`Cannot fetch "${name}": another program is at work on it`);
    }
    try {
      let before = requestOf(path);
      if (before !== null && before.upstream !== request.upstream) {
        throw new RangeError(
          `Cannot fetch "${name}": deno task fetch ${before.upstream} began it and did not complete it; give another name, or remove ${path}`,
        );
      }
      if (anew) {
        // The request goes last, so that after a kill it is still known whose the rest is.
        for (const { name: entry } of [...Deno.readDirSync(path)]) {
          if (entry === lockName || entry === requestName) continue;
          Deno.removeSync(join(path, entry), { recursive: true });
        }
        if (before !== null) Deno.removeSync(join(path, requestName));
        before = null;
      }
      // The program that held the lock may have finished meanwhile, and this folder be a new one.
      if (before === null && exists(join(paths.raw, name))) {
        Deno.removeSync(path, { recursive: true });
        checkFresh(name);
      }
      if (before === null) writeWhole(join(path, requestName), JSON.stringify(request));
      else if (JSON.stringify(before) !== JSON.stringify(request)) {
        throw new RangeError(
          `Cannot go on with "${name}": it was begun with ${
            otherParts(before.request, request.request)
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
   * Writes the manifest, gives the folder its name and takes away what shall not stay. Until the manifest is written nothing goes, since a
   * program that is killed here goes on with it.
   *
   * @returns the manifest
   */
  async finish({ roleOf, onProgress, ...description }: RawDescription): Promise<RawManifest> {
    const files: RawFile[] = [];
    const kept = filesBelow(this.path).flatMap(({ name, bytes }) => {
      const role = isOwnFile(name) ? null : roleOf(name);
      return role === null ? [] : [{ name, role, bytes }];
    });
    syncFiles(this.path, kept.map(({ name }) => name));
    const total = kept.reduce((sum, { bytes }) => sum + bytes, 0);
    let done = 0;
    for (const file of kept) {
      const sha256 = await sha256File(join(this.path, file.name), {
        onBytes: (read) => onProgress?.(done + read, total),
      });
      files.push({ ...file, sha256 });
      done += file.bytes;
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
    manifest.seal = sealOf(manifest);
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

/** Manifest of the complete snapshot of a name, null where there is none. */
export function rawSnapshot(name: string): RawManifest | null {
  if (!/^[\w.-]+$/.test(name) || !hasRawSnapshot(name)) return null;
  settle(join(paths.raw, name));
  return readRawManifest(join(paths.raw, name));
}

/**
 * Manifests of the complete snapshots, in code-unit order of their names; what is no snapshot is passed over, and what is a damaged one.
 *
 * @param options.onDamaged Told of each damaged one.
 */
export function rawSnapshots(
  { onDamaged }: { onDamaged: (error: SyntaxError) => void },
): RawManifest[] {
  return foldersOf(paths.raw)
    .filter((name) => !name.endsWith(unfinishedEnding) && hasRawSnapshot(name))
    .flatMap((name) => {
      try {
        return [readRawManifest(join(paths.raw, name))];
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        onDamaged(error);
        return [];
      }
    });
}

/** Whether there is a complete raw snapshot of a name. */
export function hasRawSnapshot(name: string): boolean {
  return exists(join(paths.raw, name, rawManifestName));
}

/** Takes from a snapshot that has its name what it no longer needs, unless that was done; the request goes last and tells. */
function settle(folder: string): void {
  if (!exists(join(folder, requestName)) || !exists(join(folder, rawManifestName))) return;
  const kept = new Set([...readRawManifest(folder).files.map(({ name }) => name), rawManifestName]);
  if (Deno.build.os !== "windows") {
    for (const name of kept) Deno.chmodSync(join(folder, name), 0o444);
  }
  for (const { name } of filesBelow(folder)) {
    if (!kept.has(name) && name !== requestName) Deno.removeSync(join(folder, name));
  }
  Deno.removeSync(join(folder, requestName));
}

/** @throws {RangeError} when there is a complete snapshot of a name */
/**
 * Sees to it that a snapshot of a name can be begun.
 *
 * @throws {RangeError} when the name cannot be one, or there is a complete snapshot of it
 */
export function checkNewName(name: string): void {
  checkName(name);
  checkFresh(name);
}

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

/** What differs between what was asked for and what is asked for now. */
function otherParts(before: Record<string, unknown>, now: Record<string, unknown>): string {
  const text = (value: unknown) => (JSON.stringify(value) ?? "nothing").slice(0, 100);
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((key) => text(before[key]) !== text(now[key]))
    .map((key) => `${key} ${text(before[key])}, not ${text(now[key])}`)
    .join("; ");
}

function checkName(name: string): void {
  if (/^\w[\w.-]*$/.test(name) && !/\.(?:part|tmp)$/.test(name)) return;
  throw new RangeError(
    `Cannot fetch ${
      JSON.stringify(name)
    }: expected a name of letters, digits, ".", "_", "-", not beginning with "." or "-", nor ending with ".part" or ".tmp"`,
  );
}
