import { join } from "node:path";
import { paths } from "../paths.ts";
import { detect } from "../source/detect.ts";

/** Where a name or path that a person gave leads. */
export interface Located {
  path: string;
  kind: "models" | "assets";
  /** A folder that `deno task pack` wrote. */
  packed: boolean;
}

function exists(path: string): boolean {
  // With limited permissions Deno refuses the question itself.
  if (path === "") return false;
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Finds the input that a person means: a file or folder of that path, else the packed snapshot of that name.
 *
 * @throws {RangeError} when there is neither
 */
export async function locate(input: string): Promise<Located> {
  let path = input;
  if (!exists(path)) {
    const packed = join(paths.cache, input);
    if (!/^[\w.-]+$/.test(input) || !exists(packed)) {
      const names = exists(paths.cache)
        ? [...Deno.readDirSync(paths.cache)].map(({ name }) => name).sort()
        : [];
      throw new RangeError(
        `Cannot find "${input}": no file or folder of that path, and no packed snapshot of that name` +
          (names.length > 0
            ? ` (there are ${names.map((n) => `"${n}"`).join(", ")})`
            : " (none has been packed yet)"),
      );
    }
    path = packed;
  }
  const { kind, format } = await detect(path);
  return { path, kind, packed: format === "packed" };
}
