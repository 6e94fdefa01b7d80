import type { FigureSource } from "../figure/figure.ts";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";

/** What a figure says about the snapshot that it is drawn from. */
export function sourceOf({ name, origin }: ModelSnapshot | AssetSnapshot): FigureSource {
  return { snapshot: name, sha256: origin.sha256, simulated: origin.simulated };
}
