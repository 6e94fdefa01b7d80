import type { RemovalData } from "../../../lib/figure/assets/removal.ts";

/** Thirteen assets that something is lost with, one that takes nothing, and twelve removals. */
export function removalInput(n: (plain: string) => string): RemovalData {
  const types = ["dataset", "model", "application", "undocumented"] as const;
  return {
    ranking: {
      variant: "aliased",
      rows: Array.from({ length: 14 }, (_, i) => ({
        name: n(`Asset number ${i}`),
        type: types[i % 4],
        organization: n("Lab"),
        direct: i === 13 ? 0 : 13 - i,
        all: i === 13 ? 0 : 1300 - 100 * i,
        kinds: i === 13 ? 0 : (1300 - 100 * i) * (i % 3) / 2,
        any: 0,
      })),
    },
    worst: {
      variant: "aliased",
      reading: "all",
      nodes: 2600,
      removals: Array.from({ length: 12 }, (_, i) => ({
        name: n(`Asset number ${i}`),
        type: types[i % 4],
        gain: i === 0 ? 1301 : 13 - i,
        lost: 1301 + 12 * i - i * (i - 1) / 2,
      })),
      guarantee: { bound: 1400, known: 0.648, measured: 0.97, share: 0.97 },
      random: {
        runs: 100,
        seed: 1,
        mean: Array.from({ length: 12 }, (_, i) => 20.5 * (i + 1)),
        low: Array.from({ length: 12 }, (_, i) => i + 1),
        high: Array.from({ length: 12 }, (_, i) => 40 * (i + 1)),
      },
    },
  };
}
