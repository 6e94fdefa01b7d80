import {
  type BootstrapInterval,
  type BootstrapOptions,
  ratioBootstrap,
  type RatioClusters,
} from "../core/cluster_bootstrap.ts";
import type { Lineage } from "../graph/lineage.ts";
import { type Families, families as familiesOf } from "./families.ts";

/** What each edge adds to the two sums of a ratio; entry e belongs to edge number e, both are 0 where it does not count. */
export interface EdgeColumns {
  /** What is averaged. */
  readonly numerator: Float64Array;
  /** How much weight it is averaged over, at least 0. */
  readonly denominator: Float64Array;
}

/**
 * Sums edge columns within families: the clusters of a bootstrap. An edge belongs to the family of its parent, so that a merge,
 * whose parents may lie in several families, counts with each of them. Families without a counting edge are left out.
 *
 * @throws {RangeError} when a column has another length than the lineage has edges
 *
 * @example
 * ```ts
 * import { buildLineage, families, familySums, mutationByEdge, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:gpl-3.0"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const { lineage } = buildLineage(snapshot);
 * const columns = mutationByEdge(lineage.view("finetune"), traitColumn(snapshot, "license"));
 * familySums(lineage, families(lineage.view("no-merge")), columns).numerator; // Float64Array [1]
 * ```
 */
export function familySums(
  lineage: Lineage,
  families: Families,
  { numerator, denominator }: EdgeColumns,
): RatioClusters {
  if (numerator.length !== lineage.edges || denominator.length !== lineage.edges) {
    throw new RangeError(
      `Cannot sum within families: found columns of ${numerator.length} and ${denominator.length} entries, expected ${lineage.edges}, one for each edge`,
    );
  }
  const slots = new Int32Array(families.components).fill(-1);
  let used = 0;
  for (let e = 0; e < lineage.edges; e++) {
    if (denominator[e] === 0) continue;
    const family = families.of[lineage.parent[e]];
    if (slots[family] < 0) slots[family] = used++;
  }
  const sums = { numerator: new Float64Array(used), denominator: new Float64Array(used) };
  for (let e = 0; e < lineage.edges; e++) {
    if (denominator[e] === 0) continue;
    const slot = slots[families.of[lineage.parent[e]]];
    sums.numerator[slot] += numerator[e];
    sums.denominator[slot] += denominator[e];
  }
  return sums;
}

/** How an interval is drawn that respects families. */
export interface FamilyIntervalOptions
  extends Pick<BootstrapOptions, "replicates" | "seed" | "level"> {
  /**
   * Families that are independent of each other.
   * @default those of the no-merge graph
   */
  families?: Families;
}

/**
 * Ratio of the sums of edge columns with an interval from resampling whole families, by the bootstrap of
 * {@link ratioBootstrap}. Edges of a family share authors, habits and ancestors, so that an interval that takes edges as
 * independent is too narrow; `deno task validate` shows by how much.
 *
 * @param options.range Smallest and largest possible value of the ratio.
 * @throws {RangeError} when a column has another length than the lineage has edges, or an option is out of range
 *
 * @example
 * ```ts
 * import { buildLineage, familyInterval, mutationByEdge, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:gpl-3.0"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const { lineage } = buildLineage(snapshot);
 * const columns = mutationByEdge(lineage.view("finetune"), traitColumn(snapshot, "license"));
 * familyInterval(lineage, columns).low; // null: one family says nothing of others
 * ```
 */
export function familyInterval(
  lineage: Lineage,
  columns: EdgeColumns,
  { families, ...options }: FamilyIntervalOptions & Pick<BootstrapOptions, "range"> = {},
): BootstrapInterval {
  const groups = families ?? familiesOf(lineage.view("no-merge"));
  return ratioBootstrap(familySums(lineage, groups, columns), options);
}

/** The two ends as a report gives them, null where the interval cannot be said. */
export function endsOf({ low, high }: BootstrapInterval): [low: number, high: number] | null {
  return low === null || high === null ? null : [low, high];
}
