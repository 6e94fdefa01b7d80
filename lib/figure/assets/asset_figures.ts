import type { AssetVariant } from "../../graph/assets.ts";
import type { AssetEgo } from "../../measure/assets/asset_hubs.ts";
import type { OrganizationFlow } from "../../measure/assets/organizations.ts";
import type { Figure, FigureSource } from "../figure.ts";
import { type AssetGrowthData, assetGrowthFigure } from "./asset_growth.ts";
import { assetHubsFigure } from "./asset_hubs.ts";
import { type HubRankingsData, hubRankingsFigure } from "./hub_rankings.ts";
import { organizationFlowsFigure } from "./organization_flows.ts";

/** What the figures of the asset graph are drawn from. */
export interface AssetFigureInputs {
  /** Where the data come from. */
  source: FigureSource;
  /** The graph in which hubs and flows were counted. */
  variant: AssetVariant;
  /** Figure 1. */
  hubs: readonly AssetEgo[];
  /** Figure 2. */
  growth: AssetGrowthData;
  /** Figure 3. */
  flows: readonly OrganizationFlow[];
  /** Figure 21. */
  rankings: HubRankingsData;
}

/** The figures of the asset graph, in the order of their numbers. */
export const assetFigures: [string, (assets: AssetFigureInputs) => Figure][] = [
  ["assetHubsFigure", (assets) => assetHubsFigure(assets.hubs, assets)],
  ["assetGrowthFigure", (assets) => assetGrowthFigure(assets.growth, assets)],
  ["organizationFlowsFigure", (assets) => organizationFlowsFigure(assets, assets)],
  ["hubRankingsFigure", (assets) => hubRankingsFigure(assets.rankings, assets)],
];
