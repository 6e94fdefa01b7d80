/**
 * Measures of both graphs.
 *
 * @module
 */
export * from "./align/mod.ts";
export * from "./assets/mod.ts";
export * from "./cards/mod.ts";
export * from "./compare/mod.ts";
export type { Coverage } from "./coverage.ts";
export * from "./diff/mod.ts";
export { diffSnapshots } from "./diff_snapshots.ts";
export {
  forwardInterval,
  trafficByEdge,
  type TraitDirection,
  traitDirections,
} from "./direction.ts";
export { type Drift, drift, hasCard } from "./drift.ts";
export {
  driftByEdge,
  type DriftColumns,
  driftInterval,
  type DriftIntervalOptions,
  type DriftIntervals,
  driftIntervals,
  type DriftOfMean,
} from "./drift_interval.ts";
export { edgeColumns } from "./edge_columns.ts";
export { edgesWhere } from "./edges_where.ts";
export { type Families, families, type Family, largestFamilies } from "./families.ts";
export {
  type FamilyInfluence,
  familyInfluence,
  type FamilyInfluenceOptions,
} from "./family_influence.ts";
export {
  type EdgeColumns,
  familyInterval,
  type FamilyIntervalOptions,
  familySums,
} from "./family_interval.ts";
export { familyMean } from "./family_mean.ts";
export { type FamilyTree, familyTrees } from "./family_trees.ts";
export { fertility } from "./fertility.ts";
export { type Growth, growth, type MonthCount } from "./growth.ts";
export { type HalfLife, halfLife, type HalfLifeOptions } from "./half_life.ts";
export { type HeldOutOrder, heldOutOrder, type HeldOutOrderOptions } from "./held_out_order.ts";
export { hubs } from "./hubs.ts";
export { type LinkedCategories, linkedCategories } from "./linked_categories.ts";
export { type LineageConcentration, lineageConcentration } from "./lineage_concentration.ts";
export { measureKinship, type MeasureKinshipOptions } from "./kinship/measure_kinship.ts";
export {
  licenseFamily,
  licenseFamilyColumn,
  restrictedFamilies,
  restrictionColumn,
} from "./license_families.ts";
export { edgeVerdicts } from "./license_judge.ts";
export {
  type DeclaredFamily,
  type LicenseViolations,
  licenseViolations,
  type LicenseViolationsOptions,
  type TermCounts,
} from "./license_violations.ts";
export {
  measureModels,
  measureModelsAndText,
  type MeasureModelsOptions,
  type ModelMeasures,
} from "./model_report.ts";
export {
  type ModelBlast,
  modelBlastRadius,
  modelBlastRanking,
  type ModelsWithout,
  modelsWithout,
  type ModelsWithoutOptions,
  type ModelsWithoutReport,
} from "./models_without.ts";
export { type Mutation, mutation, mutationByEdge, mutationInterval } from "./mutation.ts";
export { type Persistence, persistence, type PersistenceOptions } from "./persistence.ts";
export type { PersistenceCells } from "./persistence_cells.ts";
export {
  generations,
  type GenerationsOptions,
  persistenceClusters,
  type PersistenceClustersOptions,
  type PersistenceGeneration,
} from "./persistence_generations.ts";
export {
  type GenerationInterval,
  type PersistenceIntervals,
  persistenceIntervals,
  type PersistenceIntervalsOptions,
} from "./persistence_intervals.ts";
export {
  measurePersistence,
  type MeasurePersistenceOptions,
  type PersistenceCurve,
  type PersistenceReport,
  type TraitPersistence,
  type ViolationReport,
} from "./persistence_report.ts";
export type {
  AssetReport,
  Interval,
  Kinship,
  KinshipPair,
  ModelReport,
  PairName,
  Report,
  SiblingExcess,
} from "./report.ts";
export { type Ranking, type Summary, summary, type SummaryOptions } from "./summary.ts";
export { type TaskGroup, taskGroup, taskGroups } from "./task_groups.ts";
export {
  type TrafficEdge,
  type TraitOrdering,
  traitOrdering,
  type TraitOrderingOptions,
  traitOrderingProgram,
  type TraitOrderingProgramOptions,
} from "./trait_ordering.ts";
export {
  type NetTraffic,
  netTraffic,
  topTransitions,
  type Transition,
  type Transitions,
  transitions,
  valueCounts,
} from "./transitions.ts";
export { type WorstModels, worstModels, type WorstModelsOptions } from "./worst_models.ts";
