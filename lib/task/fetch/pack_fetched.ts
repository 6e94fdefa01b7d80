import { join } from "node:path";
import { paths } from "../../paths.ts";
import type { RawManifest } from "../../source/raw_manifest.ts";
import { packInput } from "../pack_input.ts";
import { otherOrigin, packedOf } from "./check_packed.ts";

/**
 * Packs a raw snapshot into `data/cache` by its own name, unless that was done.
 *
 * @throws {RangeError} when there is one of that name that was made from something else, which stays
 * @throws {Error} when it cannot be packed; the message says that it is complete and what packs it
 */
export async function packFetched(manifest: RawManifest): Promise<void> {
  const { name, kind, sha256 } = manifest;
  if (kind === "papers") return;
  const packed = packedOf(name);
  if (packed?.fetched?.sha256 === sha256) return;
  const path = join(paths.raw, name);
  const complete = `The raw snapshot "${name}" is complete in ${path}`;
  const other = otherOrigin(packed, manifest);
  if (other !== null) {
    throw new RangeError(
      `Cannot pack "${name}": ${other}\n${complete}: deno task pack ${name} --name OTHER packs it under another name`,
    );
  }
  try {
    await packInput({ path, kind }, { name, label: name });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Error(`${error.message}\n${complete}: deno task pack ${name} packs it`, {
      cause: error,
    });
  }
}
