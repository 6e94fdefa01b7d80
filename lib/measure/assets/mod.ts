/**
 * Measures of the asset graph.
 *
 * @module
 */
export { type AssetGrowth, assetGrowth } from "./fields/asset_growth.ts";
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
} from "./fields/asset_license.ts";
export { measureAssets, type MeasureAssetsOptions } from "./asset_report.ts";
export {
  type Brokerage,
  brokerage,
  type BrokerageOptions,
  type BrokerageRoles,
} from "./organizations/brokerage.ts";
export {
  type AssetConcentration,
  assetConcentration,
  type AssetConcentrationOptions,
  type ConcentrationOfAssets,
  type ConcentrationYear,
} from "./organizations/concentration.ts";
export { type MediatedPair, mediatedPairs } from "./organizations/mediated_pairs.ts";
export {
  type MediatingModel,
  type MediatingOrganization,
  type Mediation,
  mediation,
  type MediationOptions,
  type Mediator,
  type SeveralRecords,
} from "./organizations/mediation.ts";
export type { Standing, ThirdPartyOptions } from "./organizations/third_party.ts";
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
export {
  type FlowMatrix,
  flowMatrix,
  type FlowMatrixOptions,
} from "./organizations/flow_matrix.ts";
export {
  type OrganizationReadings,
  organizationReadings,
  type OrganizationText,
} from "./organizations/organization_readings.ts";
export type {
  AssetDiff,
  AssetDiffSide,
  AssetPresence,
  DiffAssetsOptions,
  EdgePresence,
} from "./diff/diff_assets.ts";
export {
  type FieldChange,
  type FieldChangeKind,
  fieldChangeKinds,
  type FieldCount,
  type StateCount,
} from "./diff/diff_cells.ts";
export type { HubMove } from "./diff/hub_moves.ts";
export type { Renaming } from "./diff/join_assets.ts";
export {
  type OrganizationFlow,
  type OrganizationFlows,
  organizationFlows,
  type OrganizationImpact,
  organizationImpact,
  type OrganizationImpactOptions,
  type OrganizationImpacts,
  type OrganizationsOptions,
} from "./organizations/organizations.ts";
export {
  type AssetModality,
  assetModality,
  type ModalitySide,
  modalitySides,
  type ModalityState,
  modalityStates,
} from "./fields/asset_modality.ts";
export {
  type AssetRow,
  type AssetTables,
  type ModalityFilter,
  readAssetTables,
} from "./fields/asset_row.ts";
export {
  assetsDownstream,
  type AssetStream,
  type AssetStreamOptions,
  assetsUpstream,
  type StreamAsset,
} from "./queries/asset_stream.ts";
export {
  type AssetComparison,
  compareAssets,
  type FieldComparison,
  type SharedNames,
} from "./queries/compare_assets.ts";
export {
  type FeedbackChannel,
  feedbackChannel,
  feedbackChannelNames,
  type FeedbackReading,
} from "./fields/feedback_channel.ts";
export {
  type FeedbackChannels,
  feedbackChannels,
  type FeedbackCount,
  type FeedbackRow,
} from "./fields/feedback_channels.ts";
export {
  findAssets,
  type FindAssetsOptions,
  type FoundAsset,
  type FoundAssets,
} from "./queries/find_assets.ts";
export {
  type ModalityPair,
  type ModalityTrend,
  type ModalityTrends,
  modalityTrends,
  type ModalityYear,
} from "./fields/modality_trends.ts";
export {
  type NewAsset,
  type NewestAssets,
  newestAssets,
  type NewestAssetsOptions,
} from "./fields/newest_assets.ts";
export {
  type AssetPattern,
  type AssetPatternCounts,
  assetPatterns,
  type PatternOptions,
} from "./patterns/asset_patterns.ts";
export {
  type EgoPattern,
  type EgoPatterns,
  egoPatterns,
  type EgoPatternsOptions,
  type PatternRole,
} from "./patterns/ego_patterns.ts";
export {
  type PatternCensus,
  patternCensus,
  type PatternCensusOptions,
  type PatternNull,
  patternNulls,
  type PatternRow,
} from "./patterns/pattern_census.ts";
export {
  type PatternExample,
  type PatternExamples,
  patternExamples,
  type PatternExamplesOptions,
  type PatternNode,
} from "./patterns/pattern_examples.ts";
export {
  type ModalityLicenses,
  type PermissiveAssets,
  permissiveAssets,
  type PermissiveAssetsOptions,
} from "./fields/permissive_assets.ts";
export { type AssetBlast, type BlastRanking, blastRanking } from "./removal/blast_ranking.ts";
export { isApi, type RemovalSeeds } from "./removal/removal_seeds.ts";
export {
  type AffectedAsset,
  type AssetsWithoutReport,
  type LostAsset,
  type Without,
  without,
  type WithoutOptions,
} from "./removal/without.ts";
export {
  type WorstRemovals,
  worstRemovals,
  type WorstRemovalsOptions,
} from "./removal/worst_removals.ts";
export {
  accessOrder,
  type LicenseTrends,
  licenseTrends,
  type LicenseYear,
  type ReleaseTrends,
  releaseTrends,
  type ReleaseYear,
  type TrendOptions,
} from "./fields/release_trends.ts";
export {
  type SizeClass,
  sizeClasses,
  type SizeCoverage,
  type SizeEstimate,
  type SizeFit,
  type SizeRow,
  type SizeSeries,
  type SizeTrends,
  sizeTrends,
  type SizeTrendsOptions,
  type SizeYear,
  type UnreadSize,
} from "./fields/size_trends.ts";
