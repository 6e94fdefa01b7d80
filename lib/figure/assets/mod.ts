/**
 * Figures of the asset graph.
 *
 * @module
 */
export type { AssetFigureInputs } from "./asset_figures.ts";
export { type AssetGrowthData, assetGrowthFigure } from "./asset_growth.ts";
export { assetHubsFigure } from "./asset_hubs.ts";
export { concentrationFigure, type ConcentrationFigureOptions } from "./concentration.ts";
export { feedbackChannelsFigure } from "./feedback_channels.ts";
export { type HubRankingsData, hubRankingsFigure } from "./hub_rankings.ts";
export { type MediationData, mediationFigure, type MediationFigureOptions } from "./mediation.ts";
export { type HubsMovedData, hubsMovedFigure, type HubsMovedOptions } from "./hubs_moved.ts";
export { modalityTrendsFigure } from "./modality_trends.ts";
export { organizationFlowsFigure, type OrganizationFlowsOptions } from "./organization_flows.ts";
export { organizationSankeyFigure, type OrganizationSankeyOptions } from "./organization_sankey.ts";
export { type PatternsData, patternsFigure, type PatternsFigureOptions } from "./patterns.ts";
export { permissiveModalitiesFigure } from "./permissive_modalities.ts";
export { type RemovalData, removalFigure } from "./removal.ts";
export { type ReleaseStrategyData, releaseStrategyFigure } from "./release_strategy.ts";
export { sizeTrendsFigure } from "./size_trends.ts";
