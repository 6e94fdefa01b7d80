import type { HubsMovedData } from "../figure/assets/hubs_moved.ts";
import type { AssetVariant } from "../graph/assets.ts";
import { diffSnapshots } from "../measure/diff_snapshots.ts";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import { assetsUntil } from "../snapshot/assets_until.ts";

/** The day of the snapshot that Bommasani et al. (2023) wrote about. */
const dayOf2023 = "2023-03-20";

/**
 * How the hubs moved since an earlier snapshot; without one, since the same snapshot's records up to {@link dayOf2023}, undated ones in
 * both: nothing says that they are new.
 */
export function hubsMovedData(
  after: AssetSnapshot,
  { before = null, variant }: { before?: AssetSnapshot | null; variant: AssetVariant },
): HubsMovedData {
  if (before !== null) return moved(before, after, { cut: null, variant });
  const { snapshot, ...cut } = assetsUntil(after, dayOf2023, { undated: "keep" });
  return moved(snapshot, after, { cut, variant });
}

function moved(
  before: AssetSnapshot,
  after: AssetSnapshot,
  { cut, variant }: { cut: HubsMovedData["cut"]; variant: AssetVariant },
): HubsMovedData {
  const { hubs } = diffSnapshots(before, after, { variant });
  const { name, origin: { sha256, fetched = null } } = before;
  return { hubs, before: { name, sha256, fetched }, cut };
}
