import { join, relative } from "node:path";

/** Files below a folder, in the folders in it too, as paths from there with slashes. */
export function filesBelow(folder: string, within = folder): string[] {
  return [...Deno.readDirSync(within)].flatMap(({ name, isDirectory }) => {
    const path = join(within, name);
    return isDirectory ? filesBelow(folder, path) : [relative(folder, path).replaceAll("\\", "/")];
  });
}

/** Names in a folder in code-unit order, none where there is no folder. */
export function entriesOf(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Whether there is a file or folder. */
export function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
