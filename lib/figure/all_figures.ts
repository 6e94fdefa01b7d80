import { byCodeUnits } from "../core/compare.ts";
import type { CardReport } from "../measure/cards/measure_cards.ts";
import type { FamilyTree } from "../measure/family_trees.ts";
import type { PersistenceReport } from "../measure/persistence_report.ts";
import type { ModelReport } from "../measure/report.ts";
import { type AssetFigureInputs, assetFigures } from "./assets/asset_figures.ts";
import { cardTermsFigure } from "./card_terms.ts";
import { driftLinesFigure } from "./drift_lines.ts";
import { type FamilyGrowthData, familyGrowthFigure } from "./family_growth.ts";
import { familyTreesFigure } from "./family_trees.ts";
import type { Figure, FigureSource } from "./figure.ts";
import { kinshipCardsFigure, kinshipMetadataFigure } from "./kinship_panels.ts";
import { mutationRatesFigure } from "./mutation_rates.ts";
import { type RowDiffData, rowDiffFigure } from "./row_diff.ts";
import { type TopTensData, topTensFigure } from "./top_tens.ts";
import type { TransitionGraph } from "./transition_arcs.ts";
import { transitionGraphsFigure } from "./transition_graphs.ts";
import { traitPersistenceFigure } from "./trait_persistence.ts";
import { transitionMatricesFigure, type TransitionMatrix } from "./transition_matrices.ts";

/** What all figures together are drawn from. */
export interface FigureInputs {
  /** From a snapshot of assets. */
  assets: AssetFigureInputs;
  /** From a snapshot of models. */
  models: {
    source: FigureSource;
    topTens: TopTensData;
    families: readonly FamilyTree[];
    growth: FamilyGrowthData;
    mutation: ModelReport["mutation"];
    transitions: readonly TransitionMatrix[];
    drift: ModelReport["drift"];
    /** Traits in their optimal order, null where none was computed. @default null */
    orderings?: readonly TransitionGraph[] | null;
    /** What became of traits and terms, null where it was not measured. @default null */
    persistence?: PersistenceReport | null;
    /** Likeness of kin, null where it was not measured. @default null */
    kinship?: ModelReport["kinship"];
    /** Two rows side by side, null where the snapshot has no pair to show. @default null */
    rowDiff?: RowDiffData | null;
    /** What whole cards say, null where none were read. @default null */
    cards?: CardReport | null;
  };
  /**
   * The same of the cleaned tier; every figure of models is then drawn in both.
   * @default nothing
   */
  cleaned?: FigureInputs["models"];
}

/** The figures of models, in the order of their numbers; each is drawn once a tier. */
const modelFigures: [string, (models: FigureInputs["models"]) => Figure][] = [
  ["topTensFigure", (models) => topTensFigure(models.topTens, models)],
  ["familyTreesFigure", (models) => familyTreesFigure(models.families, models)],
  ["familyGrowthFigure", (models) => familyGrowthFigure(models.growth, models)],
  ["mutationRatesFigure", (models) => mutationRatesFigure(models.mutation, models)],
  ["transitionMatricesFigure", (models) => transitionMatricesFigure(models.transitions, models)],
  ["driftLinesFigure", (models) => driftLinesFigure(models.drift, models)],
  ["transitionGraphsFigure", (models) => transitionGraphsFigure(models.orderings ?? [], models)],
  [
    "traitPersistenceFigure",
    (models) => traitPersistenceFigure(models.persistence ?? null, models),
  ],
  ["kinshipMetadataFigure", (models) => kinshipMetadataFigure(models.kinship ?? null, models)],
  ["kinshipCardsFigure", (models) => kinshipCardsFigure(models.kinship ?? null, models)],
  ["rowDiffFigure", (models) => rowDiffFigure(models.rowDiff ?? null, models)],
  ["cardTermsFigure", (models) => cardTermsFigure(models.cards ?? null, models)],
];

/** A figure that a snapshot cannot fill, and why. */
export interface LeftOut {
  /** The function that could not draw, and the tier where it is the cleaned one. */
  function: string;
  /** What it said. */
  reason: string;
}

/**
 * Draws every figure that the inputs can fill, in the order of their numbers, a figure of the cleaned tier after that of
 * the raw one; the others are named with the reason, for example the organisation flows of an asset graph that has one
 * organisation only.
 */
export function allFigures(
  { assets, models, cleaned }: FigureInputs,
): { figures: Figure[]; leftOut: LeftOut[] } {
  const figures: Figure[] = [];
  const leftOut: LeftOut[] = [];
  function tryDrawing(name: string, draw: () => Figure): void {
    try {
      figures.push(draw());
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      leftOut.push({ function: name, reason: error.message });
    }
  }
  for (const [name, draw] of assetFigures) tryDrawing(name, () => draw(assets));
  for (const [name, draw] of modelFigures) {
    tryDrawing(name, () => draw(models));
    if (cleaned !== undefined) tryDrawing(`${name} (cleaned tier)`, () => draw(cleaned));
  }
  // "04_x" comes before "04_x_cleaned".
  figures.sort((a, b) => byCodeUnits(a.name, b.name));
  return { figures, leftOut };
}
