import type { PermissiveAssets } from "../../../lib/measure/assets/fields/permissive_assets.ts";

/** Ten modalities of models, of which two have no room and one too few records, and two of datasets. */
export function permissiveInput(n: (plain: string) => string): PermissiveAssets {
  const families = (permissive: number, unknown: number, restricted = 0) => ({
    ...{ permissive, copyleft: 0, unspecified: restricted, none: restricted > 2 ? 1 : 0 },
    ...{ "non-commercial": restricted, "use-restricted": restricted, "commercial-terms": 1 },
    ...{ unknown, absent: 1 },
  });
  const row = (
    type: "model" | "dataset",
    modality: string,
    counts: ReturnType<typeof families>,
  ) => ({
    type,
    modality: n(modality),
    records: Object.values(counts).reduce((sum, own) => sum + own, 0),
    families: counts,
  });
  return {
    assets: [],
    records: 300,
    side: null,
    counts: [
      ...["text", "image", "code", "audio", "video", "protein sequence", "3d", "masks", "actions"]
        .map((modality, i) => row("model", modality, families(40 >> i, 20 - 2 * i, 9 >> i))),
      row("model", "depth maps", families(0, 0)),
      row("dataset", "text", families(1234, 2000)),
      row("dataset", "image", families(0, 4)),
    ],
    leftOut: { known: 0, unsplit: 0, unread: 0, none: 0, unknown: 2, absent: 0 },
  };
}
