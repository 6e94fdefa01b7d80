import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import { load as loadAny, type Loaded, loadWithText as loadAnyWithText } from "../snapshot/load.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { progress } from "../display/progress.ts";

/** Opens a packed snapshot or reads a raw input, with a progress bar on what takes longer than a second. */
export async function load(input: string): Promise<ModelSnapshot | AssetSnapshot> {
  return await withBar(input, (onProgress) => loadAny(input, { onProgress }));
}

/** The same; with models comes the text of their rows, to be closed when done. */
export async function loadWithText(input: string): Promise<Loaded> {
  return await withBar(input, (onProgress) => loadAnyWithText(input, { onProgress }));
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
