import { folderEntries } from "../snapshot/folder_entries.ts";

const action = "Cannot save the figures";

/** Whether a name is that of a file of a figure. */
export function isFigureFile(name: string): boolean {
  return /^\d\d_[a-z0-9_]+\.(svg|png|pdf|csv)$/.test(name);
}

/**
 * Sees to it that figures can be saved to a folder without loss of anything else: neither it nor `FOLDER.partial`, in which they
 * are written first, is a file, and `FOLDER.partial` holds nothing but figures of a run that was cut off.
 *
 * @returns the folder and that folder beside it, without a slash at the end
 * @throws {RangeError} when it is otherwise
 */
export function checkFigureFolder(folder: string): { target: string; partial: string } {
  const target = folder.replace(/(?<=.)\/+$/, "");
  const partial = `${target}.partial`;
  folderEntries(target, { action });
  const foreign = (folderEntries(partial, { action }) ?? []).find(({ name, isFile }) =>
    !isFile || !isFigureFile(name) && !["values.json", "index.html", "manifest.json"].includes(name)
  );
  if (foreign !== undefined) {
    throw new RangeError(
      `${action} to ${JSON.stringify(folder)}: found ${JSON.stringify(foreign.name)} in ${
        JSON.stringify(partial)
      }, which is replaced; expected figures of a run that was cut off, or no such folder`,
    );
  }
  return { target, partial };
}
