/** Names of the folders in a folder, in code-unit order; none where there is no such folder. */
export function foldersOf(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)]
      .filter(({ name, isDirectory, isSymlink }) =>
        isDirectory || isSymlink && isFolder(`${folder}${name}`)
      )
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Whether there is a file or folder of a path. */
export function exists(path: string): boolean {
  if (path === "") return false;
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}

function isFolder(path: string): boolean {
  return exists(path) && Deno.statSync(path).isDirectory;
}
