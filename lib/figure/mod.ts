/**
 * Figures and files of figures.
 *
 * @module
 */
export { allFigures, type FigureInputs, type LeftOut } from "./all_figures.ts";
export * from "./assets/mod.ts";
export { cardTermsFigure } from "./card_terms.ts";
export { driftLinesFigure } from "./drift_lines.ts";
export { type FamilyGrowthData, familyGrowthFigure } from "./family_growth.ts";
export { familyTreesFigure } from "./family_trees.ts";
export type { AssetFigureOptions, Cell, Figure, FigureOptions, FigureSource } from "./figure.ts";
export type { FigureEntry, FigureFile, FiguresManifest } from "./figures_manifest.ts";
export { kinshipCardsFigure, kinshipMetadataFigure } from "./kinship_panels.ts";
export { mutationRatesFigure } from "./mutation_rates.ts";
export { type RowDiffData, rowDiffFigure } from "./row_diff.ts";
export { saveFigures, type SaveFiguresOptions } from "./save.ts";
export { sourceOf } from "./source_of.ts";
export type { TierComparison } from "./tier_pairs.ts";
export { type TopTensData, topTensFigure } from "./top_tens.ts";
export { traitPersistenceFigure } from "./trait_persistence.ts";
export type { TransitionGraph } from "./transition_arcs.ts";
export { transitionGraphsFigure, type TransitionGraphsOptions } from "./transition_graphs.ts";
export { transitionMatricesFigure, type TransitionMatrix } from "./transition_matrices.ts";
