import { top, topIndices } from "../core/top.ts";
import type { LineageReading } from "../graph/build_lineage.ts";
import { type Lineage, relations } from "../graph/lineage.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { type Trait, type TraitColumn, traitColumn, traitNames } from "../snapshot/traits.ts";
import type { LicenseTerms } from "../source/license_terms.ts";
import type { PaperCategories } from "../source/paper_categories.ts";
import { drift } from "./drift.ts";
import { driftChanges, type DriftIntervalOptions } from "./drift_interval.ts";
import { type Families, families } from "./families.ts";
import { fertility } from "./fertility.ts";
import { hubs } from "./hubs.ts";
import { measureKinship, type MeasureKinshipOptions } from "./kinship/measure_kinship.ts";
import { linkedCategories } from "./linked_categories.ts";
import { mutationWithInterval } from "./mutation.ts";
import { measurePersistence } from "./persistence_report.ts";
import type { ModelReport } from "./report.ts";
import { type TraitOrdering, traitOrdering } from "./trait_ordering.ts";
import { topTransitions, type Transitions, transitions, valueCounts } from "./transitions.ts";

/** Everything that the report of a model snapshot rests on, each part computed once. */
export interface ModelMeasures {
  /** What was measured. */
  snapshot: ModelSnapshot;
  /** Its lineage, and the references that are no edges. */
  reading: LineageReading;
  /** Each trait as a column. */
  traits: Record<Trait, TraitColumn>;
  /** Weak components of the no-merge graph. */
  families: Families;
  /** All transitions of each trait on finetune edges. */
  transitions: Record<Trait, Transitions>;
  /** The report itself. */
  report: ModelReport;
}

/** Options of {@link measureModels}. */
export interface MeasureModelsOptions {
  /**
   * What licenses ask of models below them, see `readLicenseTerms`; with them the report tells what became of traits and terms
   * down the generations.
   * @default nothing
   */
  terms?: LicenseTerms;
  /**
   * Families of the models.
   * @default the weak components of the no-merge graph
   */
  families?: Families;
  /**
   * Categories of papers, see `readPaperCategories`; with them the report counts links to papers by category.
   * @default nothing
   */
  categories?: PaperCategories;
}

/**
 * Measures the columns of a model snapshot. Kinship, which needs the text of its rows, is null: see
 * {@link measureModelsAndText}.
 *
 * @example
 * ```ts
 * import { buildLineage, measureModels, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","tags":[]}\n{"id":"b","tags":["base_model:finetune:a"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * measureModels(snapshot, buildLineage(snapshot)).report.counts.edges; // 1
 * ```
 */
export function measureModels(
  snapshot: ModelSnapshot,
  reading: LineageReading,
  { terms, families: given, categories }: MeasureModelsOptions = {},
): ModelMeasures {
  const { lineage } = reading;
  const traits = eachTrait((trait) => traitColumn(snapshot, trait));
  const finetune = lineage.view("finetune");
  const found = eachTrait((trait) => transitions(finetune, traits[trait]));
  const groups = given ?? families(lineage.view("no-merge"));
  const resampling = { families: groups, replicates: 500 };
  const { longestPath: path } = reading;
  const byRelation = new Float64Array(relations.length);
  for (let e = 0; e < lineage.edges; e++) byRelation[lineage.relation[e]]++;
  const report: ModelReport = {
    kind: "models",
    snapshot: {
      name: snapshot.name,
      tier: snapshot.tier ?? "raw",
      models: snapshot.models,
      sha256: snapshot.origin.sha256,
    },
    counts: {
      models: snapshot.models,
      edges: lineage.edges,
      edgesByRelation: Object.fromEntries(
        relations.map((relation, code) => [relation, byRelation[code]]),
      ) as ModelReport["counts"]["edgesByRelation"],
      selfLoops: reading.selfLoops,
      missingParentReferences: reading.missingParentReferences,
      missingParents: reading.missingParents,
    },
    acyclic: path !== null,
    longestPath: path,
    hubs: hubs(lineage, snapshot.ids),
    families: {
      components: groups.components,
      withEdges: groups.withEdges,
      topSizes: topIndices(groups.sizes, { n: 10 }).map((c) => groups.sizes[c]).sort((a, b) =>
        b - a
      ).slice(0, 10),
    },
    fertility: fertility(lineage),
    top: eachTrait((trait) => top(traits[trait].values, valueCounts(traits[trait]))),
    ...(categories === undefined ? {} : { categories: linkedCategories(snapshot, categories) }),
    mutation: eachTrait((trait) => mutationWithInterval(finetune, traits[trait], resampling)),
    transitions: eachTrait((trait) => ({
      total: found[trait].total,
      pairs: found[trait].pairs,
      top: topTransitions(found[trait]),
      ordering: ordering(traitOrdering(found[trait], traits[trait])),
    })),
    drift: driftWithChanges(snapshot, lineage, { language: traits.language, ...resampling }),
    persistence: terms === undefined
      ? null
      : measurePersistence(lineage, { ids: snapshot.ids, traits, terms, families: groups }),
    kinship: null,
  };
  return { snapshot, reading, traits, families: groups, transitions: found, report };
}

/**
 * Measures a model snapshot and the text of its rows: the object that `deno task measure --json` prints, with what it was
 * computed from.
 *
 * @example
 * ```ts
 * import { buildLineage, measureModelsAndText, readModelsAndText } from "kindred";
 * const file = await Deno.makeTempFile({ suffix: ".jsonl" });
 * await Deno.writeTextFile(file, '{"id":"a","tags":[]}\n{"id":"b","tags":["base_model:finetune:a"]}\n');
 * const { snapshot, text } = await readModelsAndText(file);
 * const { report } = await measureModelsAndText(snapshot, buildLineage(snapshot), { text });
 * report.kinship!.metadata.bagOfWords["edge.parentChild"].instances; // 1
 * text.close();
 * await Deno.remove(file);
 * ```
 */
export async function measureModelsAndText(
  snapshot: ModelSnapshot,
  reading: LineageReading,
  { terms, categories, ...options }:
    & Omit<MeasureKinshipOptions, "meanwhile">
    & MeasureModelsOptions,
): Promise<ModelMeasures> {
  const groups = options.families ?? families(reading.lineage.view("no-merge"));
  let measures: ModelMeasures | undefined;
  const kinship = await measureKinship(snapshot, reading.lineage, {
    ...options,
    families: groups,
    meanwhile: () =>
      measures = measureModels(snapshot, reading, { terms, categories, families: groups }),
  });
  return { ...measures!, report: { ...measures!.report, kinship } };
}

function driftWithChanges(
  snapshot: ModelSnapshot,
  lineage: Lineage,
  options: DriftIntervalOptions,
): ModelReport["drift"] {
  const means = drift(snapshot, lineage, options);
  const changes = driftChanges(snapshot, lineage, options);
  const names = Object.keys(means) as (keyof ModelReport["drift"])[];
  return Object.fromEntries(
    names.map((name) => [name, { ...means[name], change: changes[name] }]),
  ) as ModelReport["drift"];
}

function ordering(
  { traits, netTraffic, forward, optimal, unique, orders, free, edges }: TraitOrdering,
): ModelReport["transitions"][Trait]["ordering"] {
  const violations = edges.filter((edge) => !edge.forward)
    .map(({ from, to, net }) => ({ from, to, net }));
  return { traits, netTraffic, forward, optimal, unique, orders, free, violations };
}

function eachTrait<T>(measure: (trait: Trait) => T): Record<Trait, T> {
  return Object.fromEntries(traitNames.map((trait) => [trait, measure(trait)])) as Record<Trait, T>;
}
