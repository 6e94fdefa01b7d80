import { join } from "node:path";
import { byCodeUnits } from "../core/compare.ts";

/** Files below a folder with their sizes, by paths from there with slashes, in code-unit order; none where there is no folder. */
export function filesBelow(folder: string): { name: string; bytes: number }[] {
  const found: { name: string; bytes: number }[] = [];
  const walk = (below: string) => {
    let entries: Deno.DirEntry[];
    try {
      entries = [...Deno.readDirSync(join(folder, below))];
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      throw error;
    }
    for (const { name, isDirectory } of entries) {
      if (isDirectory) walk(`${below}${name}/`);
      else found.push({ name: below + name, bytes: sizeOf(join(folder, below, name)) ?? 0 });
    }
  };
  walk("");
  return found.sort((a, b) => byCodeUnits(a.name, b.name));
}

/** Size of a file, null where there is none. */
export function sizeOf(path: string): number | null {
  try {
    const { isFile, size } = Deno.statSync(path);
    return isFile ? size : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return null;
    }
    throw error;
  }
}
