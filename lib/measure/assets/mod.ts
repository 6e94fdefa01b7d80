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
export { measureAssets, type MeasureAssetsOptions } from "./asset_report.ts";
export {
  type OrganizationFlow,
  organizationFlows,
  type OrganizationImpact,
  organizationImpact,
} from "./organizations.ts";
