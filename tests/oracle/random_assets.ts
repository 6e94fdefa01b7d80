import type { Random } from "../../lib/core/random.ts";
import { type AssetSnapshot, buildAssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";
import { type AssetRecord, assetTypes } from "../../lib/source/asset_record.ts";

/** A record with the fields that a test gives; all others empty. */
export function assetRecord(fields: Partial<AssetRecord> & { name: string }): AssetRecord {
  return {
    type: "model",
    organization: "",
    created: NaN,
    access: "unknown",
    dependencies: [],
    cells: {},
    file: "test.yaml",
    line: 1,
    ...fields,
  };
}

/** A snapshot of records that a test makes. */
export function snapshotOf(records: AssetRecord[]): AssetSnapshot {
  const origin = { name: "test", format: "assets-yaml", bytes: 0, sha256: "" };
  return buildAssetSnapshot(records, { name: "test", origin, issues: [] });
}

/** Up to 12 records with few names, so that there are duplicates, stubs, aliases, self-loops and cycles. */
export function randomAssets(rng: Random): AssetSnapshot {
  const name = () => ["a", "b", "c", "d", "e", "F", "g h"][rng.below(7)];
  const reference = () => ["x", "f", "G H", "Y", "y", name(), name(), name()][rng.below(8)];
  return snapshotOf(Array.from({ length: rng.below(13) }, () =>
    assetRecord({
      name: name(),
      type: assetTypes[rng.below(3)],
      organization: ["", "P", "Q", "R"][rng.below(4)],
      dependencies: Array.from({ length: rng.below(4) }, reference),
    })));
}
