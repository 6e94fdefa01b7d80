import { licenseFamily } from "../measure/license_families.ts";
import { taskGroup } from "../measure/task_groups.ts";
import { traitOrdering } from "../measure/trait_ordering.ts";
import { netTraffic, type Transitions } from "../measure/transitions.ts";
import type { Trait, TraitColumn } from "../snapshot/traits.ts";
import type { LicenseTerms } from "../source/license_terms.ts";
import type { TransitionGraph } from "./transition_arcs.ts";
import type { TransitionMatrix } from "./transition_matrices.ts";

/** The transitions of one trait. */
export interface TraitTransitions {
  /** They, as `transitions` counts them. */
  transitions: Transitions;
  /** The column that they were counted from. */
  column: TraitColumn;
}

/** Values of each trait that are put in order, as many as Laufer, Oderinwale and Kleinberg (2025) draw. */
const ordered: Readonly<Record<Trait, number>> = {
  license: 20,
  language: 20,
  task: 10,
  library: 10,
};

/**
 * What `transitionMatricesFigure` draws of a trait: net traffic between its ten most frequent values.
 *
 * @example
 * ```ts
 * import { buildLineage, readModelBlocks, traitColumn, transitionMatrix, transitions } from "kindred";
 * const rows = '{"id":"a","tags":["license:llama3"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:mit"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const column = traitColumn(snapshot, "license");
 * const found = transitions(buildLineage(snapshot).lineage.view("finetune"), column);
 * transitionMatrix("license", { transitions: found, column }).net; // [[0, 2], [-2, 0]]
 * ```
 */
export function transitionMatrix(
  trait: Trait,
  { transitions, column }: TraitTransitions,
): TransitionMatrix {
  return { trait, ...netTraffic(transitions, column), total: transitions.total };
}

/**
 * What `transitionGraphsFigure` draws of a trait: its most frequent values, at most twenty licenses or languages and ten tasks or
 * libraries, in their optimal order, with the family of each license or the group of each task.
 *
 * @param terms What licenses ask, see `readLicenseTerms`.
 *
 * @example
 * ```ts
 * import {
 *   buildLineage, readLicenseTerms, readModelBlocks, traitColumn, transitionGraph, transitions,
 * } from "kindred";
 * const rows = '{"id":"a","tags":["license:llama3"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:mit"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const column = traitColumn(snapshot, "license");
 * const found = transitions(buildLineage(snapshot).lineage.view("finetune"), column);
 * const terms = await readLicenseTerms();
 * transitionGraph("license", { transitions: found, column, terms }).groups;
 * // ["commercial-terms", "permissive"]
 * ```
 */
export function transitionGraph(
  trait: Trait,
  { transitions, column, terms }: TraitTransitions & { terms: LicenseTerms },
): TransitionGraph {
  const ordering = traitOrdering(transitions, column, { n: ordered[trait] });
  const groups = trait === "license"
    ? ordering.traits.map((license) => licenseFamily(license, terms))
    : trait === "task"
    ? ordering.traits.map(taskGroup)
    : null;
  return { trait, ordering, groups };
}
