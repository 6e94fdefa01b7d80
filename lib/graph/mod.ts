/**
 * The lineage of models and the graph of assets.
 *
 * @module
 */
export {
  type AdversarialOptions,
  type AdversarialSequence,
  adversarialSequence,
  type GreedyGuarantee,
  type SequenceStep,
} from "./removal/adversarial_sequence.ts";
export { assetIssues } from "./asset_issues.ts";
export { type AssetOwners, assetsByOwner, ownersAsWritten, resolveOwners } from "./asset_owners.ts";
export { AssetGraph, type AssetVariant, assetVariants } from "./assets.ts";
export {
  type AssetNode,
  assetsToGraphology,
  type AssetsToGraphologyOptions,
  type AssetView,
} from "./assets_to_graphology.ts";
export { blastRadius, simulatedRadius } from "./removal/blast_radius.ts";
export {
  type AssetChange,
  type AssetRepairs,
  assetRepairs,
  type RepairableKind,
  repairableKinds,
} from "./audit/asset_repairs.ts";
export { type AssetAudit, auditAssets, type AuditKind } from "./audit/audit_assets.ts";
export type { AuditFault } from "./audit/audit_fault.ts";
export { auditModels, type ModelAudit } from "./audit/audit_models.ts";
export { isNearTwin } from "./audit/near_twin.ts";
export { buildLineage, type LineageReading } from "./build_lineage.ts";
export {
  type Cleaning,
  type CleaningReport,
  cleanModels,
  type CleanModelsOptions,
  NothingKept,
  type RuleCount,
} from "./clean_models.ts";
export {
  type AcrossOwnersOptions,
  chainsAcrossOwners,
  chainsOfTypes,
  type ChainTypes,
  type OwnerColumn,
} from "./patterns/chain_patterns.ts";
export type { ClosedPatterns } from "./patterns/closed_patterns.ts";
export { type Components, strongComponents, weakComponents } from "./components.ts";
export { dependencyOrder } from "./patterns/dependency_order.ts";
export {
  type ExportFormat,
  exportFormats,
  exportGraph,
  type ExportGraphOptions,
} from "./export_graph.ts";
export { modelRow } from "./find_model.ts";
export {
  Lineage,
  type LineageEdges,
  type LineageGraph,
  lineageGraphs,
  LineageView,
  type Relation,
  relations,
} from "./lineage.ts";
export { longestCondensedPath, longestPath } from "./longest_path.ts";
export {
  type BothWays,
  type Direction,
  directions,
  neighbourhood,
  type NeighbourhoodOptions,
} from "./neighbourhood.ts";
export { nodeKey } from "./node_key.ts";
export {
  type RandomRemovals,
  randomRemovals,
  type RandomRemovalsOptions,
} from "./removal/random_removals.ts";
export { type EdgeList, NullGraphs, type NullGraphsOptions } from "./patterns/null_graphs.ts";
export {
  countPatterns,
  type CountPatternsOptions,
  type PatternCounts,
} from "./patterns/patterns.ts";
export { descendants } from "./reach.ts";
export { type Removal, removal } from "./removal/removal.ts";
export {
  type ReadingOptions,
  type RemovalReading,
  removalReadings,
} from "./removal/removal_state.ts";
export type { NodeSelection } from "./select_nodes.ts";
export { stepsFrom } from "./steps_from.ts";
export {
  type GraphNote,
  type LineageEdge,
  type ModelGraph,
  type ModelNode,
  toGraphology,
  type ToGraphologyOptions,
} from "./to_graphology.ts";
export { viewBothWays } from "./view_both_ways.ts";
