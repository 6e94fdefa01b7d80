import type { ReleaseStrategyData } from "../../../lib/figure/assets/release_strategy.ts";
import type { AssetLicenseFamily } from "../../../lib/measure/assets/fields/asset_license.ts";
import type {
  LicenseYear,
  ReleaseYear,
} from "../../../lib/measure/assets/fields/release_trends.ts";

const none: Record<AssetLicenseFamily, number> = {
  "commercial-terms": 0,
  "use-restricted": 0,
  "non-commercial": 0,
  copyleft: 0,
  permissive: 0,
  unspecified: 0,
  none: 0,
  unknown: 0,
  absent: 0,
};

/** Access and license families of a few years, made by hand. */
export function releaseInput(n: (plain: string) => string): ReleaseStrategyData {
  const years: ReleaseYear[] = [
    {
      year: 2021,
      records: 4,
      access: { open: 1, limited: 1, closed: 2, unknown: 0 },
      open: { share: 0.25, low: 0.05, high: 0.7 },
    },
    {
      year: 2023,
      records: 123,
      access: { open: 100, limited: 3, closed: 10, unknown: 10 },
      open: { share: 100 / 113, low: 0.81, high: 0.93 },
    },
  ];
  const undated = { open: 1, limited: 0, closed: 0, unknown: 2 };
  const unknown: ReleaseYear = {
    year: 2022,
    records: 2,
    access: { open: 0, limited: 0, closed: 0, unknown: 2 },
    open: null,
  };
  const family = (year: number, families: Partial<typeof none>, records: number): LicenseYear => ({
    year,
    records,
    families: { ...none, ...families },
    permissive: null,
  });
  return {
    releases: [
      { type: "model", years, undated },
      { type: "dataset", years: [unknown], undated },
      { type: "application", years: [], undated },
    ],
    licenses: {
      type: null,
      years: [
        family(2009, { permissive: 1 }, 1),
        family(2021, { permissive: 2, copyleft: 1, "non-commercial": 1 }, 4),
        family(2022, { none: 1, absent: 1 }, 2),
        family(2023, {
          permissive: 50,
          "use-restricted": 20,
          "commercial-terms": 10,
          unspecified: 23,
          unknown: 20,
        }, 123),
      ],
      undated: { ...none, unknown: 3 },
      unresolved: [{ text: n("Lab"), records: 4 }],
    },
  };
}
