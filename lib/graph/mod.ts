/**
 * The lineage of models and the graph of assets.
 *
 * @module
 */
export { assetIssues } from "./asset_issues.ts";
export { type AssetOwners, assetsByOwner, ownersAsWritten, resolveOwners } from "./asset_owners.ts";
export { AssetGraph, type AssetVariant, assetVariants } from "./assets.ts";
export {
  type AssetNode,
  assetsToGraphology,
  type AssetsToGraphologyOptions,
  type AssetView,
} from "./assets_to_graphology.ts";
export { buildLineage, type LineageReading } from "./build_lineage.ts";
export {
  type Cleaning,
  type CleaningReport,
  cleanModels,
  type CleanModelsOptions,
  NothingKept,
  type RuleCount,
} from "./clean_models.ts";
export { type Components, strongComponents, weakComponents } from "./components.ts";
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
export { descendants } from "./reach.ts";
export type { NodeSelection } from "./select_nodes.ts";
export {
  type GraphNote,
  type LineageEdge,
  type ModelGraph,
  type ModelNode,
  toGraphology,
  type ToGraphologyOptions,
} from "./to_graphology.ts";
