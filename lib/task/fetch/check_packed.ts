import { join } from "node:path";
import { paths } from "../../paths.ts";
import type { Manifest } from "../../snapshot/manifest.ts";
import { readManifest } from "../../snapshot/packed_folder.ts";
import type { RawManifest } from "../../source/raw_manifest.ts";

/**
 * Looks, before anything is fetched, whether a snapshot could be packed by its name.
 *
 * @throws {RangeError} when `data/cache` has one of that name that was made from something else
 */
export function checkPacked(
  name: string,
  { upstream, base = null }: Pick<RawManifest, "upstream"> & Partial<Pick<RawManifest, "base">>,
): void {
  const other = otherOrigin(packedOf(name), { upstream, base });
  if (other === null) return;
  throw new RangeError(
    `Cannot fetch "${name}": ${other}; give another name with --name, or --no-pack to have the raw snapshot alone`,
  );
}

/** What a packed snapshot was made from, where it is not a raw one of that upstream and base; null where it is, or there is none. */
export function otherOrigin(
  packed: Manifest | null,
  { upstream, base }: Pick<RawManifest, "upstream" | "base">,
): string | null {
  if (packed === null) return null;
  const { fetched, origin } = packed;
  if (fetched?.upstream === upstream && fetched.base?.sha256 === base?.sha256) return null;
  const from = fetched === undefined
    ? JSON.stringify(origin?.name ?? null)
    : `a snapshot of ${fetched.upstream}${
      fetched.base ? ` that continues "${fetched.base.name}"` : ""
    }`;
  return `${paths.cache}${packed.name} was packed from ${from}, and would be replaced`;
}

/** The manifest of the packed snapshot of a name, null where there is none that can be read. */
export function packedOf(name: string): Manifest | null {
  try {
    return readManifest(join(paths.cache, name));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
