import { join } from "node:path";
import { paths } from "../paths.ts";
import { type AssetSnapshot, readAssetSnapshot } from "../snapshot/asset_snapshot.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { openAssets } from "../snapshot/pack_assets.ts";
import { openModels } from "../snapshot/pack_models.ts";
import { openModelsAndText } from "../snapshot/open_text.ts";
import { readModels, readModelsAndText } from "../snapshot/read_models.ts";
import type { TextIndex } from "../snapshot/text_index.ts";
import { detect } from "../source/detect.ts";
import { progress } from "./progress.ts";

/** Where a name or path that a person gave leads. */
export interface Located {
  path: string;
  kind: "models" | "assets";
  /** A folder that `deno task pack` wrote. */
  packed: boolean;
}

function exists(path: string): boolean {
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

/** Opens a packed snapshot or reads a raw input, with a progress bar on what takes longer than a second. */
export async function load(input: string): Promise<ModelSnapshot | AssetSnapshot> {
  const located = await locate(input);
  if (located.kind === "assets") return await loadAssets(input, located);
  if (located.packed) return openModels(located.path);
  return await withBar(input, (onProgress) => readModels(located.path, { onProgress }));
}

/** The same; with models comes the text of their rows, to be closed when done. */
export async function loadWithText(
  input: string,
): Promise<{ snapshot: ModelSnapshot; text: TextIndex } | { snapshot: AssetSnapshot }> {
  const located = await locate(input);
  if (located.kind === "assets") return { snapshot: await loadAssets(input, located) };
  return await withBar(
    input,
    (onProgress) =>
      located.packed
        ? openModelsAndText(located.path, { onProgress })
        : readModelsAndText(located.path, { onProgress }),
  );
}

async function loadAssets(input: string, { path, packed }: Located): Promise<AssetSnapshot> {
  if (packed) return openAssets(path);
  return await withBar(input, (onProgress) => readAssetSnapshot(path, { onProgress }));
}

async function withBar<T>(
  input: string,
  read: (onProgress: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  const bar = progress(`Reading ${input}`, { total: 1 });
  try {
    return await read((done, total) => bar.update(done / total));
  } finally {
    bar.end();
  }
}
