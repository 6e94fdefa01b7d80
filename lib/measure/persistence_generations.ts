import type { RatioClusters } from "../core/cluster_bootstrap.ts";
import type { Relation } from "../graph/lineage.ts";
import { relations } from "../graph/lineage.ts";
import type { Persistence } from "./persistence.ts";

/** The lineages of one generation. */
export interface PersistenceGeneration {
  /** Steps from the root, from 1. */
  generation: number;
  /** Lineages whose root declares the trait: kept + changed + lost. */
  lineages: number;
  /** Those in which the node declares a value of the root's. */
  kept: number;
  /** Those in which it declares other values only. */
  changed: number;
  /** Those in which it declares none. */
  lost: number;
  /** Mean share of the root's values that the node declares; equals kept / lineages where models have one value at most. */
  retained: number;
}

/** Which lineages are summed. */
export interface GenerationsOptions {
  /**
   * Relation of the last step.
   * @default any
   */
  relation?: Relation;
}

/**
 * Sums of the lineages by generation, generations without a lineage left out.
 *
 * @throws {RangeError} when there is no such relation
 *
 * @example
 * ```ts
 * import { buildLineage, generations, persistence, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["en","fr"]}\n{"id":"b","tags":["base_model:adapter:a","en"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("no-merge");
 * const found = persistence(view, traitColumn(snapshot, "language"));
 * generations(found, { relation: "adapter" })[0].retained; // 0.5
 * ```
 */
export function generations(
  { cells }: Persistence,
  { relation }: GenerationsOptions = {},
): PersistenceGeneration[] {
  const code = relationCode(relation);
  const found = new Map<number, PersistenceGeneration>();
  for (let i = 0; i < cells.generation.length; i++) {
    if (code >= 0 && cells.relation[i] !== code) continue;
    const generation = cells.generation[i];
    let sum = found.get(generation);
    if (sum === undefined) {
      sum = { generation, lineages: 0, kept: 0, changed: 0, lost: 0, retained: 0 };
      found.set(generation, sum);
    }
    sum.kept += cells.kept[i];
    sum.changed += cells.changed[i];
    sum.lost += cells.lost[i];
    sum.retained += cells.retained[i];
  }
  const list = [...found.values()].sort((a, b) => a.generation - b.generation);
  for (const sum of list) {
    sum.lineages = sum.kept + sum.changed + sum.lost;
    sum.retained /= sum.lineages;
  }
  return list;
}

/** Code of a relation, -1 where none is asked for. */
export function relationCode(relation: Relation | undefined): number {
  if (relation === undefined) return -1;
  const code = relations.indexOf(relation);
  if (code < 0) {
    throw new RangeError(
      `Cannot sum the lineages of the relation "${relation}": expected one of ${
        relations.map((name) => `"${name}"`).join(", ")
      }`,
    );
  }
  return code;
}

/** Which ratio {@link persistenceClusters} gives. */
export interface PersistenceClustersOptions extends GenerationsOptions {
  /** Steps from the root. */
  generation: number;
  /**
   * What is counted in the numerator.
   * @default "kept"
   */
  outcome?: "kept" | "changed" | "lost" | "retained";
}

/**
 * The share of one outcome in one generation as a ratio of sums over families, for a cluster bootstrap: numerators are the lineages
 * with that outcome (or the shares retained), denominators all lineages. Families without one are left out.
 *
 * @throws {RangeError} when there is no such relation
 *
 * @example
 * ```ts
 * import { buildLineage, persistence, persistenceClusters, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n{"id":"b","tags":["base_model:finetune:a"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("no-merge");
 * const found = persistence(view, traitColumn(snapshot, "license"));
 * persistenceClusters(found, { generation: 1, outcome: "lost" }).numerator; // Float64Array [1]
 * ```
 */
export function persistenceClusters(
  { cells }: Persistence,
  { generation, relation, outcome = "kept" }: PersistenceClustersOptions,
): RatioClusters {
  const code = relationCode(relation);
  const numerator: number[] = [];
  const denominator: number[] = [];
  let family = -1;
  for (let i = 0; i < cells.generation.length; i++) {
    if (cells.generation[i] !== generation) continue;
    if (code >= 0 && cells.relation[i] !== code) continue;
    if (cells.family[i] !== family) {
      family = cells.family[i];
      numerator.push(0);
      denominator.push(0);
    }
    const last = numerator.length - 1;
    numerator[last] += cells[outcome][i];
    denominator[last] += cells.kept[i] + cells.changed[i] + cells.lost[i];
  }
  return { numerator: Float64Array.from(numerator), denominator: Float64Array.from(denominator) };
}
