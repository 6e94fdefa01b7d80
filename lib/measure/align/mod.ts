/**
 * Which assets are which repositories: the join of the two graphs.
 *
 * @module
 */
export {
  align,
  type AlignedRepository,
  type Alignment,
  type AlignmentRule,
  alignmentRules,
  type AlignOptions,
} from "./align.ts";
export { type AlignmentPrecision, alignmentPrecision } from "./alignment_precision.ts";
export { type HubAddress, hubAddress } from "./hub_address.ts";
export { type HubReach, hubReach } from "./hub_reach.ts";
export { type AssetReach, type JoinedReach, joinedReach } from "./joined_reach.ts";
export { type ComparedName, comparedNames } from "./repository_name.ts";
