import { ratioBootstrap } from "../core/cluster_bootstrap.ts";
import type { StringColumn } from "../core/string_column.ts";
import type { Lineage, LineageView, Relation } from "../graph/lineage.ts";
import { relations } from "../graph/lineage.ts";
import { type Trait, type TraitColumn, traitNames } from "../snapshot/traits.ts";
import type { LicenseTerms } from "../source/license_terms.ts";
import { type Families, families as familiesOf } from "./families.ts";
import { endsOf } from "./family_interval.ts";
import { type HalfLife, halfLife } from "./half_life.ts";
import { restrictionColumn } from "./license_families.ts";
import {
  type LicenseViolations,
  licenseViolations,
  type LicenseViolationsOptions,
} from "./license_violations.ts";
import { type Persistence, persistence } from "./persistence.ts";
import { generations, type PersistenceGeneration } from "./persistence_generations.ts";
import { type GenerationInterval, persistenceIntervals } from "./persistence_intervals.ts";
import type { Interval } from "./report.ts";

/** How a trait fares down the generations. */
export interface PersistenceCurve {
  /** One entry a generation with a lineage, ascending, with the intervals of its three shares. */
  generations: (PersistenceGeneration & {
    /** 95% intervals of kept, changed and lost / lineages, and the families behind them. */
    intervals: Omit<GenerationInterval, "generation">;
  })[];
  /** Half-life in steps, with the 95% interval of the fitted one. */
  halfLife: HalfLife & { interval: Interval };
}

/** The lineages of one trait. */
export interface TraitPersistence extends PersistenceCurve {
  /** Lineages whose root declares the trait. */
  lineages: number;
  /** Lineages whose root does not. */
  undeclared: number;
  /** By the relation of the last step. */
  byRelation: Record<Relation, PersistenceCurve>;
}

/** Edges against the terms of their parent's license, see {@link licenseViolations}. */
export interface ViolationReport extends Omit<LicenseViolations, "verdicts" | "clusters"> {
  /** broken / judged over all edges; null where none is judged. */
  share: number | null;
  /** Its 95% interval from resampling families. */
  interval: Interval;
}

/** What became of traits, and of the terms that licenses set. */
export interface PersistenceReport {
  /** Models with a parent in the no-merge graph that descend from a cycle only, and so from no root. */
  rootless: number;
  /** In the no-merge graph. */
  traits: Record<Trait, TraitPersistence>;
  /** Whether any restriction of the root's license is still declared, whichever it is; in the no-merge graph. */
  restriction: TraitPersistence;
  /** In the graph of all relations. */
  violations: ViolationReport;
}

/** What {@link measurePersistence} reads. */
export interface MeasurePersistenceOptions {
  /** Ids of the models. */
  ids: StringColumn;
  /** Each trait of the models. */
  traits: Record<Trait, TraitColumn>;
  /** What licenses demand. */
  terms: LicenseTerms;
  /**
   * Families of the no-merge graph.
   * @default families(lineage.view("no-merge"))
   */
  families?: Families;
}

/**
 * The part of a model report on trait persistence and license terms, plain numbers and names. Traits are followed in the no-merge
 * graph, so that families are those of the rest of the report; terms are judged on all edges, as a merge is bound by them too.
 *
 * @throws {RangeError} when a column has another number of models than the lineage
 *
 * @example
 * ```ts
 * import {
 *   buildLineage,
 *   measureModels,
 *   measurePersistence,
 *   readLicenseTerms,
 *   readModelBlocks,
 * } from "kindred";
 * const rows = '{"id":"a","tags":["license:gemma"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:mit"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const { reading, traits } = measureModels(snapshot, buildLineage(snapshot));
 * const terms = await readLicenseTerms();
 * const report = measurePersistence(reading.lineage, { ids: snapshot.ids, traits, terms });
 * report.traits.license.generations[0].changed; // 1
 * report.violations.overall.broken; // 1
 * ```
 */
export function measurePersistence(
  lineage: Lineage,
  { ids, traits, terms, families }: MeasurePersistenceOptions,
): PersistenceReport {
  const view = lineage.view("no-merge");
  const groups = families ?? familiesOf(view);
  const follow = (column: TraitColumn, tracked?: readonly string[]): Persistence =>
    persistence(view, column, { families: groups, tracked });
  const followed = traitNames.map((trait) => follow(traits[trait]));
  return {
    rootless: followed[0].rootless,
    traits: Object.fromEntries(
      traitNames.map((trait, i) => [trait, traitPersistence(followed[i])]),
    ) as PersistenceReport["traits"],
    restriction: traitPersistence(
      follow(restrictionColumn(traits.license, terms), ["restricted"]),
    ),
    violations: violationReport(lineage.view("all"), traits.license, {
      ids,
      terms,
      families: groups,
    }),
  };
}

function traitPersistence(found: Persistence): TraitPersistence {
  return {
    lineages: found.lineages,
    undeclared: found.undeclared,
    ...curve(found),
    byRelation: Object.fromEntries(
      relations.map((relation) => [relation, curve(found, relation)]),
    ) as TraitPersistence["byRelation"],
  };
}

function curve(found: Persistence, relation?: Relation): PersistenceCurve {
  const rows = generations(found, { relation });
  const around = persistenceIntervals(found, { relation });
  return {
    generations: rows.map((row, i) => {
      const { families, kept, changed, lost } = around.generations[i];
      return { ...row, intervals: { families, kept, changed, lost } };
    }),
    halfLife: { ...halfLife(rows), interval: around.halfLife },
  };
}

function violationReport(
  view: LineageView,
  column: TraitColumn,
  options: LicenseViolationsOptions,
): ViolationReport {
  const { verdicts: _verdicts, clusters, ...counts } = licenseViolations(view, column, options);
  const found = ratioBootstrap(clusters, { range: [0, 1] });
  return { ...counts, share: found.estimate, interval: endsOf(found) };
}
