import { join } from "node:path";
import { paths } from "../paths.ts";
import { detect } from "../source/detect.ts";
import { exists } from "../source/exists.ts";
import { foldersOf } from "../source/folders_of.ts";
import { unfinishedEnding } from "../source/raw_names.ts";

/** Where a name or path that a person gave leads. */
export interface Located {
  path: string;
  kind: "models" | "assets";
  /** A folder that `deno task pack` wrote. */
  packed: boolean;
}

/**
 * Finds the input that a person means: a file or folder of that path, else the packed snapshot of that name, else the raw one.
 *
 * @param options.raw Whether a raw snapshot goes before a packed one of that name.
 * @default false
 * @throws {RangeError} when there is none, or the snapshot is not complete
 */
export async function locate(
  input: string,
  { raw = false }: { raw?: boolean } = {},
): Promise<Located> {
  const path = exists(input) ? input : named(input, raw);
  const { kind, format } = await detect(path);
  return { path, kind, packed: format === "packed" };
}

/** The folder of a snapshot by its name. */
function named(name: string, raw: boolean): string {
  const isName = /^[\w.-]+$/.test(name) && !/^\.*$/.test(name);
  const folders = raw ? [paths.raw, paths.cache] : [paths.cache, paths.raw];
  const found = isName && folders.map((folder) => join(folder, name)).find(exists);
  if (found) return found;
  if (isName && exists(join(paths.raw, name + unfinishedEnding))) {
    throw new RangeError(
      `Cannot open the snapshot "${name}": it is not complete; run the fetch again`,
    );
  }
  const names = [
    ...foldersOf(paths.cache),
    ...foldersOf(paths.raw).filter((other) => !other.endsWith(unfinishedEnding)),
  ];
  const known = [...new Set(names)].sort().map((other) => `"${other}"`);
  throw new RangeError(
    `Cannot find "${name}": no file or folder of that path, and no snapshot of that name` +
      (known.length > 0 ? ` (there are ${known.join(", ")})` : " (none was fetched or packed yet)"),
  );
}
