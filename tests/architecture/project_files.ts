import { join } from "node:path";
import { paths } from "../../lib/paths.ts";

/** Folders that are not under version control, from the root of the checkout. */
const ignored = new Set([".git", ".jupyter", "node_modules", "data/cache"]);

/** Files of the checkout as paths from its root, in order, without those that are not under version control. */
export function projectFiles(): string[] {
  return filesBelow(paths.root, {
    skip: (path) => ignored.has(path) || /\.tmp$|\.new\.svg$|\.DS_Store$/.test(path),
  });
}

/** Files below a folder as paths from there, in order. */
export function filesBelow(
  folder: string,
  { skip = () => false }: { skip?: (path: string) => boolean } = {},
): string[] {
  const found: string[] = [];
  const walk = (inner: string) => {
    for (const { name, isDirectory, isFile } of Deno.readDirSync(join(folder, inner))) {
      const path = inner === "" ? name : `${inner}/${name}`;
      if (skip(path)) continue;
      if (isDirectory) walk(path);
      else if (isFile) found.push(path);
    }
  };
  walk("");
  return found.sort();
}
