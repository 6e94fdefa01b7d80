/**
 * Figures of the asset graph.
 *
 * @module
 */
export type { AssetFigureInputs } from "./asset_figures.ts";
export { type AssetGrowthData, assetGrowthFigure } from "./asset_growth.ts";
export { assetHubsFigure } from "./asset_hubs.ts";
export { type HubRankingsData, hubRankingsFigure } from "./hub_rankings.ts";
export { organizationFlowsFigure, type OrganizationFlowsOptions } from "./organization_flows.ts";
