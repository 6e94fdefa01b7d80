import type { HubRankingsData } from "../../../lib/figure/assets/hub_rankings.ts";
import { assetVariants } from "../../../lib/graph/assets.ts";
import { type HubMeasure, hubMeasures } from "../../../lib/measure/assets/hub_rankings.ts";

/** Twelve assets in five rankings, of which the last has no order. */
export function hubRankingsInput(n: (plain: string) => string): HubRankingsData {
  const types = ["dataset", "model", "application", "undocumented"] as const;
  const each = <T>(of: (measure: HubMeasure, k: number) => T) =>
    Object.fromEntries(hubMeasures.map((measure, k) => [measure, of(measure, k)])) as Record<
      HubMeasure,
      T
    >;
  const pairs = <T>(items: readonly T[]) =>
    items.flatMap((a, i) => items.slice(i + 1).map((b) => ({ a, b })));
  const last = hubMeasures.at(-1)!;
  return {
    rankings: {
      variant: "aliased",
      rows: Array.from({ length: 12 }, (_, i) => {
        const ranks = each((measure, k) => measure === last ? 6.5 : (i * (k + 1)) % 13 + 1);
        return {
          name: n(`Asset number ${i}`),
          type: types[i % 4],
          organization: n("Lab"),
          scores: each((measure) => measure === last ? 0 : 20 - ranks[measure]),
          ranks,
          best: Math.min(...Object.values(ranks)),
          worst: Math.max(...Object.values(ranks)),
        };
      }),
      agreement: pairs(hubMeasures).map(({ a, b }, i) => ({
        a,
        b,
        tau: b === last ? null : 1 - i / 5,
        shared: 5,
        either: 15,
      })),
    },
    variants: hubMeasures.flatMap((measure, k) =>
      pairs(assetVariants).map(({ a, b }, i) => ({
        measure,
        a,
        b,
        tau: measure === last ? null : 1 - i * k / 10,
        shared: 9,
        either: 11,
      }))
    ),
  };
}
