import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import type { FigureSource } from "./figure.ts";

/**
 * What a figure says about the snapshot that it is drawn from: its name, the SHA-256 of its input, whether it was simulated,
 * where and when it was fetched, and of models the tier.
 *
 * @example
 * ```ts
 * import { loadAssets, sourceOf } from "kindred";
 * sourceOf(await loadAssets()).snapshot; // "assets"
 * ```
 */
export function sourceOf(snapshot: ModelSnapshot | AssetSnapshot): FigureSource {
  const { name, origin: { sha256, simulated, fetched } } = snapshot;
  const source: FigureSource = {
    snapshot: name,
    sha256,
    simulated,
    ...(fetched === undefined ? {} : { fetched }),
  };
  return snapshot.kind === "models" ? { ...source, tier: snapshot.tier ?? "raw" } : source;
}
