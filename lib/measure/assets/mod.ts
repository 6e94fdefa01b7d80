/**
 * Measures of the asset graph.
 *
 * @module
 */
export { type AssetGrowth, assetGrowth } from "./asset_growth.ts";
export {
  type AssetEgo,
  assetEgo,
  type AssetHub,
  directHubs,
  type EgoType,
  transitiveHubs,
} from "./asset_hubs.ts";
export {
  type AssetLicense,
  assetLicense,
  assetLicenseFamilies,
  type AssetLicenseFamily,
  type AssetLicensePart,
} from "./asset_license.ts";
export { measureAssets, type MeasureAssetsOptions } from "./asset_report.ts";
export {
  type Brokerage,
  brokerage,
  type BrokerageOptions,
  type BrokerageRoles,
} from "./brokerage.ts";
export {
  type AssetConcentration,
  assetConcentration,
  type AssetConcentrationOptions,
  type ConcentrationOfAssets,
  type ConcentrationYear,
} from "./concentration.ts";
export { type MediatedPair, mediatedPairs } from "./mediated_pairs.ts";
export {
  type MediatingModel,
  type MediatingOrganization,
  type Mediation,
  mediation,
  type MediationOptions,
  type Mediator,
} from "./mediation.ts";
export type { Standing, ThirdPartyOptions } from "./third_party.ts";
export {
  type HubMeasure,
  hubMeasures,
  type HubRankings,
  hubRankings,
  type HubRanks,
  hubVariantAgreement,
  type RankAgreement,
  type VariantAgreement,
} from "./hub_rankings.ts";
export { type FlowMatrix, flowMatrix, type FlowMatrixOptions } from "./flow_matrix.ts";
export {
  type OrganizationReadings,
  organizationReadings,
  type OrganizationText,
} from "./organization_readings.ts";
export type {
  AssetDiff,
  AssetDiffSide,
  AssetPresence,
  DiffAssetsOptions,
  EdgePresence,
} from "./diff_assets.ts";
export {
  type FieldChange,
  type FieldChangeKind,
  fieldChangeKinds,
  type FieldCount,
  type StateCount,
} from "./diff_cells.ts";
export type { HubMove } from "./hub_moves.ts";
export type { Renaming } from "./join_assets.ts";
export {
  type OrganizationFlow,
  type OrganizationFlows,
  organizationFlows,
  type OrganizationImpact,
  organizationImpact,
  type OrganizationImpactOptions,
  type OrganizationImpacts,
  type OrganizationsOptions,
} from "./organizations.ts";
export {
  type AssetModality,
  assetModality,
  type ModalitySide,
  modalitySides,
  type ModalityState,
  modalityStates,
} from "./asset_modality.ts";
export {
  type AssetRow,
  type AssetTables,
  type ModalityFilter,
  readAssetTables,
} from "./asset_row.ts";
export {
  assetsDownstream,
  type AssetStream,
  type AssetStreamOptions,
  assetsUpstream,
  type StreamAsset,
} from "./asset_stream.ts";
export {
  type AssetComparison,
  compareAssets,
  type FieldComparison,
  type SharedNames,
} from "./compare_assets.ts";
export {
  type FeedbackChannel,
  feedbackChannel,
  feedbackChannelNames,
  type FeedbackReading,
} from "./feedback_channel.ts";
export {
  type FeedbackChannels,
  feedbackChannels,
  type FeedbackCount,
  type FeedbackRow,
} from "./feedback_channels.ts";
export {
  findAssets,
  type FindAssetsOptions,
  type FoundAsset,
  type FoundAssets,
} from "./find_assets.ts";
export {
  type ModalityPair,
  type ModalityTrend,
  type ModalityTrends,
  modalityTrends,
  type ModalityYear,
} from "./modality_trends.ts";
export {
  type NewAsset,
  type NewestAssets,
  newestAssets,
  type NewestAssetsOptions,
} from "./newest_assets.ts";
export {
  type AssetPattern,
  type AssetPatternCounts,
  assetPatterns,
  type PatternOptions,
} from "./asset_patterns.ts";
export {
  type EgoPattern,
  type EgoPatterns,
  egoPatterns,
  type EgoPatternsOptions,
  type PatternRole,
} from "./ego_patterns.ts";
export {
  type PatternCensus,
  patternCensus,
  type PatternCensusOptions,
  type PatternNull,
  patternNulls,
  type PatternRow,
} from "./pattern_census.ts";
export {
  type PatternExample,
  type PatternExamples,
  patternExamples,
  type PatternExamplesOptions,
  type PatternNode,
} from "./pattern_examples.ts";
export {
  type ModalityLicenses,
  type PermissiveAssets,
  permissiveAssets,
  type PermissiveAssetsOptions,
} from "./permissive_assets.ts";
export { type AssetBlast, type BlastRanking, blastRanking } from "./blast_ranking.ts";
export { isApi, type RemovalSeeds } from "./removal_seeds.ts";
export {
  type AffectedAsset,
  type AssetsWithoutReport,
  type LostAsset,
  type Without,
  without,
  type WithoutOptions,
} from "./without.ts";
export { type WorstRemovals, worstRemovals, type WorstRemovalsOptions } from "./worst_removals.ts";
export {
  accessOrder,
  licenseTrends,
  type LicenseTrends,
  type LicenseYear,
  releaseTrends,
  type ReleaseTrends,
  type ReleaseYear,
  type TrendOptions,
} from "./release_trends.ts";
export {
  type SizeClass,
  sizeClasses,
  type SizeCoverage,
  type SizeEstimate,
  type SizeFit,
  type SizeRow,
  type SizeSeries,
  sizeTrends,
  type SizeTrends,
  type SizeTrendsOptions,
  type SizeYear,
  type UnreadSize,
} from "./size_trends.ts";
