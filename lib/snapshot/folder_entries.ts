/**
 * What is in a folder that something shall be written to.
 *
 * @param options.action What is to be done, for the message: `Cannot save the figures`.
 * @returns null where there is no such folder
 * @throws {RangeError} when the path, or a part of it, is a file
 */
export function folderEntries(
  folder: string,
  { action }: { action: string },
): Deno.DirEntry[] | null {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    if (!(error instanceof Deno.errors.NotADirectory)) throw error;
    throw new RangeError(
      `${action} to ${JSON.stringify(folder)}: ${
        isFile(folder) ? "it is a file" : "a part of the path is a file"
      }, expected a folder or none`,
      { cause: error },
    );
  }
}

function isFile(path: string): boolean {
  try {
    return !Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
