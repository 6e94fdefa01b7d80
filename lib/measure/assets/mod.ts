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
