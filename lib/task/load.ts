import { withProgress } from "../display/with_progress.ts";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import { load as loadAny, type Loaded, loadWithText as loadAnyWithText } from "../snapshot/load.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";

/** Opens a packed snapshot or reads a raw input, with a progress bar on what takes longer than a second. */
export async function load(input: string): Promise<ModelSnapshot | AssetSnapshot> {
  return await withProgress(`Reading ${input}`, (onProgress) => loadAny(input, { onProgress }));
}

/** The same; with models comes the text of their rows, to be closed when done. */
export async function loadWithText(input: string): Promise<Loaded> {
  return await withProgress(
    `Reading ${input}`,
    (onProgress) => loadAnyWithText(input, { onProgress }),
  );
}
