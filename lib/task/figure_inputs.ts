import type { FigureInputs } from "../figure/all_figures.ts";
import { buildLineage } from "../graph/build_lineage.ts";
import { largestFamilies } from "../measure/families.ts";
import { familyTrees } from "../measure/family_trees.ts";
import { growth } from "../measure/growth.ts";
import type { MeasureKinshipOptions } from "../measure/kinship/measure_kinship.ts";
import { measureModelsAndText } from "../measure/model_report.ts";
import { summary } from "../measure/summary.ts";
import { licenseFamily } from "../measure/license_families.ts";
import { taskGroup } from "../measure/task_groups.ts";
import { traitOrdering } from "../measure/trait_ordering.ts";
import { netTraffic } from "../measure/transitions.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import type { TextIndex } from "../snapshot/text_index.ts";
import { readLicenseTerms } from "../source/license_terms.ts";
import { pairToShow } from "./pair_to_show.ts";
import { readCards } from "./read_cards.ts";
import { sourceOf } from "../figure/source_of.ts";

/** Families that are drawn as trees. */
const drawn = 6;
/** Values of each trait that are put in order, as many as Laufer, Oderinwale and Kleinberg (2025) draw. */
const ordered = { license: 20, language: 20, task: 10, library: 10 } as const;

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
  const largest = largestFamilies(view, families);
  const { all, families: months } = growth(snapshot, families, { largest });
  const placeholder = snapshot.issues.find(({ kind }) => kind === "placeholderDate")?.count ?? 0;
  return {
    source: { ...sourceOf(snapshot), seed },
    topTens: { models: snapshot.models, panels: summary(snapshot, lineage, { traits }) },
    families: familyTrees(view, largest.slice(0, drawn), { ids: snapshot.ids }),
    growth: {
      families: largest.map(({ root, models }, i) => ({
        root: snapshot.ids.at(root),
        models,
        months: months[i].months,
      })),
      creations: all.months,
      undated: all.undated,
      placeholder,
    },
    mutation: report.mutation,
    transitions: (["license", "language", "task", "library"] as const).map((trait) => ({
      trait,
      ...netTraffic(transitions[trait], traits[trait]),
      total: transitions[trait].total,
    })),
    drift: report.drift,
    orderings: (["license", "language", "task", "library"] as const).map((trait) => {
      const ordering = traitOrdering(transitions[trait], traits[trait], { n: ordered[trait] });
      const groups = trait === "license"
        ? ordering.traits.map((license) => licenseFamily(license, terms))
        : trait === "task"
        ? ordering.traits.map(taskGroup)
        : null;
      return { trait, ordering, groups };
    }),
    persistence: report.persistence,
    kinship: report.kinship,
    rowDiff: pairToShow(snapshot, view, { root: largest[0]?.root }),
    cards: await readCards(snapshot, lineage, { texts: text.texts(), rowOf }),
  };
}
