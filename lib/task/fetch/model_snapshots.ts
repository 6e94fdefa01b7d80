import { join } from "node:path";
import { rawSnapshots } from "../../fetch/raw_folder.ts";
import { paths } from "../../paths.ts";
import { readManifest } from "../../snapshot/packed_folder.ts";

/**
 * Inputs for all snapshots of models of this checkout: the names of the packed ones, the paths of raw ones that are not packed; in
 * code-unit order. A folder that is no snapshot is passed over.
 */
export function modelSnapshots(): string[] {
  const packed = packedFolders().filter((name) => {
    try {
      return readManifest(join(paths.cache, name)).kind === "models";
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      throw error;
    }
  });
  const raw = rawSnapshots()
    .filter(({ name, kind }) => kind === "models" && !packed.includes(name))
    .map(({ name }) => join(paths.raw, name));
  return [...packed, ...raw];
}

function packedFolders(): string[] {
  try {
    return [...Deno.readDirSync(paths.cache)].filter(({ isDirectory }) => isDirectory)
      .map(({ name }) => name).filter((name) => !name.endsWith(".tmp")).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
