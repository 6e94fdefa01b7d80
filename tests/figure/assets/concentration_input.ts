import { concentration } from "../../../lib/core/concentration.ts";
import type {
  AssetConcentration,
  ConcentrationOfAssets,
} from "../../../lib/measure/assets/organizations/concentration.ts";

const k = [1, 3, 10];

/** So many assets that half of which have one dependant fewer than the next, and so many organizations of which the first has most. */
function part(n: (plain: string) => string, assets: number): ConcentrationOfAssets {
  const of = (length: number, slope: number) =>
    concentration(
      Array.from({ length }, (_, i) => Math.max(0, Math.round(length / 2 - slope * i))),
      { k },
    );
  const coverage = (share: number) =>
    k.map((size) => {
      const covered = Math.min(assets, Math.round(assets * share * Math.sqrt(size)));
      return { k: size, covered, ofAll: covered / assets, ofDependent: covered / assets };
    });
  return {
    assets,
    dependent: assets,
    dependants: of(assets, 1),
    descendants: of(assets, 2),
    hubs: [n("The Pile")],
    coverage: coverage(0.1),
    organizations: {
      owned: of(Math.ceil(assets / 3), 3),
      external: of(Math.ceil(assets / 3), 9),
      hubs: [n("Lab")],
      coverage: coverage(0.25),
    },
  };
}

/** Six years, the first with too few assets and the last with too few new ones. */
export function concentrationInput(n: (plain: string) => string): AssetConcentration {
  const totals = [4, 30, 42, 90, 240, 243];
  return {
    variant: "aliased",
    undated: 5,
    undocumented: 17,
    unowned: 1,
    years: totals.map((assets, i) => {
      const added = assets - (totals[i - 1] ?? 0);
      return {
        year: 2018 + i,
        added,
        made: concentration([added / 2, added / 4, added / 4], { k }),
        ...part(n, assets),
      };
    }),
    all: part(n, 300),
  };
}
