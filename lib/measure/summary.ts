import { byCodeUnits } from "../core/compare.ts";
import { type Count, top } from "../core/top.ts";
import { type Lineage, relations } from "../graph/lineage.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { prefixColumn, type Trait, type TraitColumn } from "../snapshot/traits.ts";
import { noPaperCategories, type PaperCategories } from "../source/paper_categories.ts";
import { hubs } from "./hubs.ts";
import { type LinkedCategories, linkedCategories } from "./linked_categories.ts";
import { valueCounts } from "./transitions.ts";

/** One ranking of the summary. */
export interface Ranking {
  /** What shares refer to: models that report the trait; for parents, models that have a parent; for relations, edges. */
  reporting: number;
  /** Most frequent first, ties by code-unit order of the value. */
  rows: Count[];
}

/** The rankings of the summary figure. */
export interface Summary
  extends Record<Trait | "parents" | "datasets" | "papers" | "relations", Ranking> {
  /** arXiv categories of the linked papers. */
  categories: LinkedCategories;
}

/** Options of {@link summary}. */
export interface SummaryOptions {
  /** Each trait as a column. */
  traits: Record<Trait, TraitColumn>;
  /**
   * Categories of papers, see `readPaperCategories`.
   * @default none: every link counts as one to a paper whose categories are not known
   */
  categories?: PaperCategories;
  /**
   * Length of the rankings.
   * @default 10
   */
  n?: number;
}

/**
 * The ten most frequent values of each trait, of datasets (`dataset:` tags) and of linked papers (`arxiv:` tags) and their categories, the ten parents with
 * most children, and the edges of each relation.
 *
 * @example
 * ```ts
 * import { buildLineage, measureModels, readModelBlocks, summary } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const reading = buildLineage(snapshot);
 * const { traits } = measureModels(snapshot, reading);
 * summary(snapshot, reading.lineage, { traits }).parents.rows; // [{ value: "a", count: 1 }]
 * ```
 */
export function summary(
  snapshot: ModelSnapshot,
  lineage: Lineage,
  { traits, categories = noPaperCategories, n = 10 }: SummaryOptions,
): Summary {
  function ranking(column: TraitColumn): Ranking {
    const { offsets, values } = column;
    let reporting = 0;
    for (let row = 0; row < snapshot.models; row++) {
      if (offsets[row + 1] > offsets[row]) reporting++;
    }
    return { reporting, rows: top(values, valueCounts(column), { n }) };
  }
  const { offsets } = lineage.parents;
  let children = 0;
  for (let row = 0; row < lineage.nodes; row++) if (offsets[row + 1] > offsets[row]) children++;
  const byRelation = relations.map((value) => ({ value: value as string, count: 0 }));
  for (let e = 0; e < lineage.edges; e++) byRelation[lineage.relation[e]].count++;
  return {
    license: ranking(traits.license),
    task: ranking(traits.task),
    language: ranking(traits.language),
    library: ranking(traits.library),
    parents: {
      reporting: children,
      rows: hubs(lineage, snapshot.ids, { n }).map(({ id, children: count }) => ({
        value: id,
        count,
      })),
    },
    datasets: ranking(prefixColumn(snapshot, "dataset:")),
    papers: ranking(prefixColumn(snapshot, "arxiv:")),
    categories: linkedCategories(snapshot, categories, { n }),
    relations: {
      reporting: lineage.edges,
      rows: byRelation
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count || byCodeUnits(a.value, b.value)),
    },
  };
}
