import { join } from "node:path";
import { type RawManifest, sha256OfFiles } from "./raw_manifest.ts";
import { sha256File } from "./sha256.ts";

/**
 * Reads every file of a raw snapshot and compares its SHA-256 with the manifest's.
 *
 * @param options.onBytes Called now and then with the bytes read so far and in all.
 * @returns the SHA-256 of the snapshot, from the bytes that were read
 * @throws {SyntaxError} when a file is missing or is not the one that was fetched; it is named
 */
export async function verifyRaw(
  folder: string,
  { manifest, onBytes = () => {} }: {
    manifest: RawManifest;
    onBytes?: (read: number, total: number) => void;
  },
): Promise<string> {
  const files: { name: string; sha256: string }[] = [];
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const { name, bytes, sha256: expected } of manifest.files) {
    const path = join(folder, name);
    const fail = (what: string, cause?: unknown) =>
      new SyntaxError(
        `Cannot read snapshot "${manifest.name}": ${name} ${what}; fetch it again`,
        { cause },
      );
    let sha256: string;
    try {
      sha256 = await sha256File(path, { onBytes: (read) => onBytes(before + read, total) });
    } catch (cause) {
      if (cause instanceof Deno.errors.NotFound) throw fail("is missing", cause);
      throw cause;
    }
    if (sha256 !== expected) {
      throw fail(
        `was changed: its sha256 is ${sha256.slice(0, 12)}…, expected ${expected.slice(0, 12)}…`,
      );
    }
    files.push({ name, sha256 });
    before += bytes;
  }
  return sha256OfFiles(files);
}
