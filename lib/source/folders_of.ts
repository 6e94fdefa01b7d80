import { join } from "node:path";
import { exists } from "./exists.ts";

/** Names of the folders in a folder, in code-unit order; none where there is no such folder. */
export function foldersOf(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)]
      .filter(({ name, isDirectory, isSymlink }) =>
        isDirectory || isSymlink && isFolder(join(folder, name))
      )
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function isFolder(path: string): boolean {
  return exists(path) && Deno.statSync(path).isDirectory;
}
