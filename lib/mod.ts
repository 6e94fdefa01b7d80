/**
 * Kindred: family trees of machine-learning models and the dependency graph of the foundation-model ecosystem.
 *
 * @module
 */
export { byCodeUnits } from "./core/compare.ts";
export { buildCsr, type Csr } from "./core/csr.ts";
export { type IssueCount, Issues } from "./core/issues.ts";
export { type Random, random } from "./core/random.ts";
export { StringColumn } from "./core/string_column.ts";
export { allFigures, type FigureInputs, type LeftOut } from "./figure/all_figures.ts";
export { type AssetGrowthData, assetGrowthFigure } from "./figure/asset_growth.ts";
export { assetHubsFigure } from "./figure/asset_hubs.ts";
export { driftLinesFigure } from "./figure/drift_lines.ts";
export { type FamilyGrowthData, familyGrowthFigure } from "./figure/family_growth.ts";
export { familyTreesFigure } from "./figure/family_trees.ts";
export type {
  AssetFigureOptions,
  Cell,
  Figure,
  FigureOptions,
  FigureSource,
} from "./figure/figure.ts";
export type { FigureEntry, FigureFile, FiguresManifest } from "./figure/figures_manifest.ts";
export { mutationRatesFigure } from "./figure/mutation_rates.ts";
export {
  organizationFlowsFigure,
  type OrganizationFlowsOptions,
} from "./figure/organization_flows.ts";
export { saveFigures, type SaveFiguresOptions } from "./figure/save.ts";
export { type TopTensData, topTensFigure } from "./figure/top_tens.ts";
export { transitionMatricesFigure, type TransitionMatrix } from "./figure/transition_matrices.ts";
export {
  Lineage,
  type LineageEdges,
  type LineageGraph,
  lineageGraphs,
  LineageView,
  type Relation,
  relations,
} from "./graph/lineage.ts";
export type { Manifest, Origin } from "./snapshot/manifest.ts";
export type { ModelSnapshot } from "./snapshot/model_snapshot.ts";
export type { Compression } from "./source/content_chunks.ts";
export { parseDate } from "./source/dates.ts";
export { detect, type Detected } from "./source/detect.ts";
export { type HubBlocksOptions, type HubInput, openHub } from "./source/hub_input.ts";
export { isLanguage, languageCodes, languageName } from "./source/languages.ts";
export { sha256File } from "./source/sha256.ts";
export { type SimulatedHub, simulateHub, type SimulateOptions } from "./source/simulate.ts";
export type { SimulatedCounts } from "./source/simulate/faults.ts";
export { simulatedTag } from "./source/simulate/tags.ts";
export type { MutationRates } from "./source/simulate/traits.ts";
export { version } from "./version.ts";
export {
  type ExportFormat,
  exportFormats,
  exportGraph,
  type ExportGraphOptions,
} from "./graph/export_graph.ts";
export {
  type BothWays,
  type Direction,
  directions,
  neighbourhood,
  type NeighbourhoodOptions,
} from "./graph/neighbourhood.ts";
export { nodeKey } from "./graph/node_key.ts";
export type { NodeSelection } from "./graph/select_nodes.ts";
export {
  type GraphNote,
  type LineageEdge,
  type ModelGraph,
  type ModelNode,
  toGraphology,
  type ToGraphologyOptions,
} from "./graph/to_graphology.ts";
export {
  type AssetNode,
  assetsToGraphology,
  type AssetsToGraphologyOptions,
  type AssetView,
} from "./graph/assets_to_graphology.ts";
export { civilTime, monthName, monthOf } from "./core/time.ts";
export { type Count, top } from "./core/top.ts";
export { AssetGraph, type AssetVariant, assetVariants } from "./graph/assets.ts";
export { assetIssues } from "./graph/asset_issues.ts";
export { buildLineage, type LineageReading } from "./graph/build_lineage.ts";
export { type Components, strongComponents, weakComponents } from "./graph/components.ts";
export { longestCondensedPath, longestPath } from "./graph/longest_path.ts";
export { descendants } from "./graph/reach.ts";
export { type AssetGrowth, assetGrowth } from "./measure/asset_growth.ts";
export {
  type AssetEgo,
  assetEgo,
  type AssetHub,
  directHubs,
  type EgoType,
  transitiveHubs,
} from "./measure/asset_hubs.ts";
export { measureAssets, type MeasureAssetsOptions } from "./measure/asset_report.ts";
export { type Drift, drift, hasCard } from "./measure/drift.ts";
export { type Families, families, type Family, largestFamilies } from "./measure/families.ts";
export { type FamilyTree, familyTrees } from "./measure/family_trees.ts";
export { fertility } from "./measure/fertility.ts";
export { type Growth, growth, type MonthCount } from "./measure/growth.ts";
export { hubs } from "./measure/hubs.ts";
export { measureModels, type ModelMeasures } from "./measure/model_report.ts";
export { type Mutation, mutation } from "./measure/mutation.ts";
export {
  type OrganizationFlow,
  organizationFlows,
  type OrganizationImpact,
  organizationImpact,
} from "./measure/organizations.ts";
export type { AssetReport, Kinship, ModelReport, PairName, Report } from "./measure/report.ts";
export { type Ranking, type Summary, summary } from "./measure/summary.ts";
export {
  type NetTraffic,
  netTraffic,
  topTransitions,
  type Transition,
  type Transitions,
  transitions,
  valueCounts,
} from "./measure/transitions.ts";
export {
  type Asset,
  type AssetSnapshot,
  buildAssetSnapshot,
  readAssetSnapshot,
} from "./snapshot/asset_snapshot.ts";
export { openAssets, packAssets } from "./snapshot/pack_assets.ts";
export { openModels, packModels, type PackModelsOptions } from "./snapshot/pack_models.ts";
export { readModelBlocks, readModels, type ReadModelsOptions } from "./snapshot/read_models.ts";
export {
  distinctWithin,
  prefixColumn,
  type Trait,
  type TraitColumn,
  traitColumn,
  traitNames,
} from "./snapshot/traits.ts";
export type { AssetCell } from "./source/asset_cell.ts";
export {
  type Access,
  type AssetRecord,
  type AssetType,
  assetTypes,
} from "./source/asset_record.ts";
export { formatCsv, readCsv, type ReadCsvOptions } from "./source/csv.ts";
export { type AssetRows, readAssets } from "./source/ecosystem_graphs.ts";
export { parsePythonLiteral } from "./source/python_literal.ts";
