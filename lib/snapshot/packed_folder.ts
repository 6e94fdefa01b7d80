import { createHash } from "node:crypto";
import { join } from "node:path";
import { sha256File } from "../source/sha256.ts";
import type { Manifest } from "./manifest.ts";

/** File of a packed snapshot's folder that says what is in it. */
const manifestName = "manifest.json";

/**
 * Reads the manifest of a packed snapshot.
 *
 * @throws {SyntaxError} when it is no manifest of a packed snapshot
 */
export function readManifest(folder: string): Manifest {
  const path = join(folder, manifestName);
  let manifest: Partial<Manifest> | null;
  try {
    manifest = JSON.parse(Deno.readTextFileSync(path));
  } catch (error) {
    throw new SyntaxError(
      `Cannot open snapshot "${folder}": its ${manifestName} cannot be read (${
        (error as Error).message
      })`,
    );
  }
  if (manifest?.schema !== "kindred-snapshot-1" || !Array.isArray(manifest.files)) {
    throw new SyntaxError(
      `Cannot open snapshot "${folder}": its ${manifestName} has schema ${
        JSON.stringify(manifest?.schema ?? null)
      }, expected "kindred-snapshot-1"`,
    );
  }
  return manifest as Manifest;
}

/**
 * The bytes of a file of a packed snapshot, after their SHA-256 was compared with the manifest's.
 *
 * @throws {Error} when the file is absent or not the one that was packed
 */
export function verifiedFile(
  folder: string,
  { name, files }: Manifest,
  file: string,
): Uint8Array<ArrayBuffer> {
  const entry = files.find((f) => f.name === file);
  if (entry === undefined) {
    throw new Error(`Cannot open snapshot "${name}": its manifest does not list ${file}`);
  }
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Deno.readFileSync(join(folder, file));
  } catch (error) {
    throw new Error(`Cannot open snapshot "${name}": ${(error as Error).message}; pack it again`);
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== entry.sha256) {
    throw new Error(
      `Cannot open snapshot "${name}": sha256 of ${file} is ${found.slice(0, 12)}…, expected ${
        entry.sha256.slice(0, 12)
      }…; ` +
        `the file was changed or cut; pack it again`,
    );
  }
  return bytes;
}

/**
 * Makes a packed snapshot's folder as a whole: `write` fills a new folder and returns the manifest without its files; only
 * then does it take the place of the snapshot that was there.
 *
 * @param write May note the SHA-256 of files that it has from writing them in `sums`, by their names; the others are read again.
 * @throws {RangeError} when there is a folder that is no packed snapshot, whose files would be lost
 */
export async function replaceFolder(
  folder: string,
  write: (folder: string, sums: Map<string, string>) => Promise<Omit<Manifest, "files">>,
): Promise<Manifest> {
  const target = folder.replace(/\/+$/, "");
  refuseOtherFolder(target);
  const fresh = `${target}.tmp`;
  await Deno.remove(fresh, { recursive: true }).catch(() => {});
  await Deno.mkdir(fresh, { recursive: true });
  try {
    const sums = new Map<string, string>();
    const description = await write(fresh, sums);
    const files: Manifest["files"] = [];
    for (const { name } of [...Deno.readDirSync(fresh)].sort((a, b) => a.name < b.name ? -1 : 1)) {
      const path = join(fresh, name);
      const sha256 = sums.get(name) ?? await sha256File(path);
      files.push({ name, bytes: Deno.statSync(path).size, sha256 });
    }
    const manifest: Manifest = { ...description, files };
    await Deno.writeTextFile(join(fresh, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
    await Deno.remove(target, { recursive: true }).catch(() => {});
    await Deno.rename(fresh, target);
    return manifest;
  } catch (error) {
    await Deno.remove(fresh, { recursive: true }).catch(() => {});
    throw error;
  }
}

function refuseOtherFolder(folder: string): void {
  let empty: boolean;
  try {
    empty = Deno.readDirSync(folder)[Symbol.iterator]().next().done === true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  if (empty) return;
  try {
    readManifest(folder);
  } catch (error) {
    throw new RangeError(
      `Cannot pack to "${folder}": found a folder that is no packed snapshot, expected one or none; its files would be lost`,
      { cause: error },
    );
  }
}
