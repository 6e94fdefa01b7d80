import type { FigureInputs } from "../figure/all_figures.ts";
import { familyGrowthData } from "../figure/family_growth_data.ts";
import { pairToShow } from "../figure/pair_to_show.ts";
import { sourceOf } from "../figure/source_of.ts";
import { transitionGraph, transitionMatrix } from "../figure/transition_data.ts";
import { buildLineage } from "../graph/build_lineage.ts";
import { largestFamilies } from "../measure/families.ts";
import { familyTrees } from "../measure/family_trees.ts";
import type { MeasureKinshipOptions } from "../measure/kinship/measure_kinship.ts";
import { measureModelsAndText } from "../measure/model_report.ts";
import { summary } from "../measure/summary.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import type { TextIndex } from "../snapshot/text_index.ts";
import { readLicenseTerms } from "../source/license_terms.ts";
import { readPaperCategories } from "../source/paper_categories.ts";
import { readCards } from "./read_cards.ts";

/** Families that are drawn as trees. */
const drawn = 6;
/** Traits whose values move, in the order of the figures. */
const moving = ["license", "language", "task", "library"] as const;

/** What {@link modelInputs} needs besides the snapshot. */
export interface ModelInputsOptions extends Pick<MeasureKinshipOptions, "rows" | "onStep"> {
  /** The text of the snapshot, or of the one that it is a selection of. */
  text: TextIndex;
  /** Row in the snapshot of each row of the text, null where they are the same. @default null */
  rowOf?: Int32Array | null;
  /** Seed of a simulated snapshot, null for any other. */
  seed: number | null;
}

/** What the figures of a model snapshot are drawn from. */
export async function modelInputs(
  snapshot: ModelSnapshot,
  { text, rowOf = null, rows = null, seed, onStep }: ModelInputsOptions,
): Promise<FigureInputs["models"]> {
  const reading = buildLineage(snapshot);
  const { lineage } = reading;
  const terms = await readLicenseTerms();
  const { traits, families, transitions, report } = await measureModelsAndText(snapshot, reading, {
    text,
    rows,
    terms,
    onStep,
  });
  const view = lineage.view("no-merge");
  const largest = largestFamilies(view, families).slice(0, drawn);
  const found = moving.map((trait) => ({
    trait,
    transitions: transitions[trait],
    column: traits[trait],
  }));
  return {
    source: { ...sourceOf(snapshot), seed },
    topTens: {
      models: snapshot.models,
      panels: summary(snapshot, lineage, { traits, categories: await readPaperCategories() }),
    },
    families: familyTrees(view, largest, { ids: snapshot.ids }),
    growth: familyGrowthData(snapshot, families, { view }),
    mutation: report.mutation,
    transitions: found.map(({ trait, ...of }) => transitionMatrix(trait, of)),
    drift: report.drift,
    orderings: found.map(({ trait, ...of }) => transitionGraph(trait, { ...of, terms })),
    persistence: report.persistence,
    kinship: report.kinship,
    rowDiff: pairToShow(snapshot, view, { root: largest[0]?.root }),
    cards: await readCards(snapshot, lineage, { texts: text.texts(), rowOf }),
  };
}
