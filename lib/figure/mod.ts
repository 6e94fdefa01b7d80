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
export { familyGrowthData } from "./family_growth_data.ts";
export { familyTreesFigure } from "./family_trees.ts";
export type { LegendEntry } from "./chart.ts";
export type { AssetFigureOptions, Cell, Figure, FigureOptions, FigureSource } from "./figure.ts";
export type { FigureInput, NamedInput } from "./figure_input.ts";
export type { FigureEntry, FigureFile, FiguresManifest } from "./figures_manifest.ts";
export { type IntervalRow, intervalsFigure, type IntervalsFigureOptions } from "./intervals.ts";
export { kinshipCardsFigure, kinshipMetadataFigure } from "./kinship_panels.ts";
export { mutationRatesFigure } from "./mutation_rates.ts";
export { pairToShow } from "./pair_to_show.ts";
export { plotFigure, type PlotFigureOptions } from "./plot_figure.ts";
export { type RowDiffData, rowDiffFigure } from "./row_diff.ts";
export { saveFigures, type SaveFiguresOptions } from "./save.ts";
export { sourceOf } from "./source_of.ts";
export { assetTypeNames, relationNames, type Theme, theme, traitTitles } from "./theme.ts";
export type { TierComparison } from "./tier_pairs.ts";
export { type TopTensData, topTensFigure } from "./top_tens.ts";
export { traitPersistenceFigure } from "./trait_persistence.ts";
export type { TransitionGraph } from "./transition_arcs.ts";
export { type TraitTransitions, transitionGraph, transitionMatrix } from "./transition_data.ts";
export { transitionGraphsFigure, type TransitionGraphsOptions } from "./transition_graphs.ts";
export { transitionMatricesFigure, type TransitionMatrix } from "./transition_matrices.ts";
