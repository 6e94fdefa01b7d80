import type { AssetVariant } from "../graph/assets.ts";
import type { AssetEgo } from "../measure/asset_hubs.ts";
import type { FamilyTree } from "../measure/family_trees.ts";
import type { OrganizationFlow } from "../measure/organizations.ts";
import type { ModelReport } from "../measure/report.ts";
import { type AssetGrowthData, assetGrowthFigure } from "./asset_growth.ts";
import { assetHubsFigure } from "./asset_hubs.ts";
import { driftLinesFigure } from "./drift_lines.ts";
import { type FamilyGrowthData, familyGrowthFigure } from "./family_growth.ts";
import { familyTreesFigure } from "./family_trees.ts";
import type { Figure, FigureSource } from "./figure.ts";
import { mutationRatesFigure } from "./mutation_rates.ts";
import { organizationFlowsFigure } from "./organization_flows.ts";
import { type TopTensData, topTensFigure } from "./top_tens.ts";
import { transitionMatricesFigure, type TransitionMatrix } from "./transition_matrices.ts";

/** What all figures together are drawn from. */
export interface FigureInputs {
  /** From a snapshot of assets. */
  assets: {
    source: FigureSource;
    /** The graph in which hubs and flows were counted. */
    variant: AssetVariant;
    hubs: readonly AssetEgo[];
    growth: AssetGrowthData;
    flows: readonly OrganizationFlow[];
  };
  /** From a snapshot of models. */
  models: {
    source: FigureSource;
    topTens: TopTensData;
    families: readonly FamilyTree[];
    growth: FamilyGrowthData;
    mutation: ModelReport["mutation"];
    transitions: readonly TransitionMatrix[];
    drift: ModelReport["drift"];
  };
}

/** A figure that a snapshot cannot fill, and why. */
export interface LeftOut {
  /** The function that could not draw. */
  function: string;
  /** What it said. */
  reason: string;
}

/**
 * Draws every figure that the inputs can fill, in the order of their numbers; the others are named with the reason, for
 * example the organisation flows of an asset graph that has one organisation only.
 */
export function allFigures(
  { assets, models }: FigureInputs,
): { figures: Figure[]; leftOut: LeftOut[] } {
  const drawings: [string, () => Figure][] = [
    ["assetHubsFigure", () => assetHubsFigure(assets.hubs, assets)],
    ["assetGrowthFigure", () => assetGrowthFigure(assets.growth, assets)],
    ["organizationFlowsFigure", () => organizationFlowsFigure(assets, assets)],
    ["topTensFigure", () => topTensFigure(models.topTens, models)],
    ["familyTreesFigure", () => familyTreesFigure(models.families, models)],
    ["familyGrowthFigure", () => familyGrowthFigure(models.growth, models)],
    ["mutationRatesFigure", () => mutationRatesFigure(models.mutation, models)],
    ["transitionMatricesFigure", () => transitionMatricesFigure(models.transitions, models)],
    ["driftLinesFigure", () => driftLinesFigure(models.drift, models)],
  ];
  const figures: Figure[] = [];
  const leftOut: LeftOut[] = [];
  for (const [name, draw] of drawings) {
    try {
      figures.push(draw());
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      leftOut.push({ function: name, reason: error.message });
    }
  }
  return { figures, leftOut };
}
