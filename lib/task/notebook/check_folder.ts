import { basename, dirname, resolve } from "node:path";

/**
 * Makes an empty folder beside that of a notebook, so that the notebook's relative paths and the import map above it hold there, and what its
 * cells write is thrown away with it.
 */
export function makeCheckFolder(file: string): string {
  const folder = dirname(resolve(file));
  return Deno.makeTempDirSync({
    dir: dirname(folder),
    prefix: `${basename(folder)}-check-`,
    suffix: ".tmp",
  });
}

/** Removes such a folder; that it is gone already is no error. */
export function removeCheckFolder(folder: string): void {
  try {
    Deno.removeSync(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
