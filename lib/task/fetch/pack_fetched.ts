import { join } from "node:path";
import { paths } from "../../paths.ts";
import { readManifest } from "../../snapshot/packed_folder.ts";
import type { RawManifest } from "../../source/raw_manifest.ts";
import { packInput } from "../pack_input.ts";

/**
 * Packs a raw snapshot into `data/cache` by its own name, unless that was done.
 *
 * @throws {SyntaxError} when its files were changed or cannot be read
 */
export async function packFetched({ name, kind, sha256 }: RawManifest): Promise<void> {
  if (kind === "papers" || packedFrom(name) === sha256) return;
  await packInput({ path: join(paths.raw, name), kind }, { name, label: name });
}

/** SHA-256 of the raw snapshot that the packed one of a name was made from, null where there is none, or it was made from something else. */
function packedFrom(name: string): string | null {
  try {
    return readManifest(join(paths.cache, name)).fetched?.sha256 ?? null;
  } catch {
    return null;
  }
}
