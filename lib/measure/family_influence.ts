import type { StringColumn } from "../core/string_column.ts";
import type { Lineage } from "../graph/lineage.ts";
import { type Families, familyRoots } from "./families.ts";
import type { EdgeColumns } from "./family_interval.ts";

/** How much of a ratio is one family's doing. */
export interface FamilyInfluence {
  /** Id of the member that the family is named after. */
  root: string;
  /** Models of the family. */
  models: number;
  /** What its edges add to the denominator: the edges that count, where each counts once. */
  edges: number;
  /** The ratio over its edges alone. */
  own: number;
  /** The ratio over all other edges, null where there is none. */
  without: number | null;
  /** `without` less the ratio over all edges; null where `without` is. */
  change: number | null;
}

/** Options of {@link familyInfluence}. */
export interface FamilyInfluenceOptions {
  /** Families of the no-merge graph; an edge belongs to that of its parent. */
  families: Families;
  /** Ids of the models, to name families by their roots. */
  ids: StringColumn;
  /** Most families to give. @default 10 */
  n?: number;
}

/**
 * The families that drive a ratio of edge columns: what it would be without each of them, exactly. Those without which nothing
 * would be left come first, then the largest change, ties by the number of the family.
 *
 * @throws {RangeError} when a column has another length than the lineage has edges
 *
 * @example
 * ```ts
 * import { buildLineage, families, familyInfluence, mutationByEdge, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:gpl-3.0"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const { lineage } = buildLineage(snapshot);
 * const columns = mutationByEdge(lineage.view("finetune"), traitColumn(snapshot, "license"));
 * const options = { families: families(lineage.view("no-merge")), ids: snapshot.ids };
 * familyInfluence(lineage, columns, options);
 * // [{ root: "a", models: 2, edges: 1, own: 1, without: null, change: null }]
 * ```
 */
export function familyInfluence(
  lineage: Lineage,
  { numerator, denominator }: EdgeColumns,
  { families, ids, n = 10 }: FamilyInfluenceOptions,
): FamilyInfluence[] {
  if (numerator.length !== lineage.edges || denominator.length !== lineage.edges) {
    throw new RangeError(
      `Cannot tell the influence of families: found columns of ${numerator.length} and ${denominator.length} entries, expected ${lineage.edges}, one for each edge`,
    );
  }
  const above = new Float64Array(families.components);
  const below = new Float64Array(families.components);
  let [allAbove, allBelow] = [0, 0];
  for (let e = 0; e < lineage.edges; e++) {
    if (denominator[e] === 0) continue;
    const family = families.of[lineage.parent[e]];
    above[family] += numerator[e];
    below[family] += denominator[e];
    allAbove += numerator[e];
    allBelow += denominator[e];
  }
  const changes = new Float64Array(families.components);
  const counted: number[] = [];
  for (let family = 0; family < families.components; family++) {
    if (below[family] === 0) continue;
    const rest = allBelow - below[family];
    changes[family] = rest > 0
      ? Math.abs((allAbove - above[family]) / rest - allAbove / allBelow)
      : Infinity;
    counted.push(family);
  }
  const first = counted.sort((a, b) => changes[a] === changes[b] ? a - b : changes[b] - changes[a])
    .slice(0, n);
  const roots = familyRoots(lineage.view("no-merge"), families, first);
  return first.map((family, i) => {
    const rest = allBelow - below[family];
    const without = rest > 0 ? (allAbove - above[family]) / rest : null;
    return {
      // A family that only merges came of has no edge in the no-merge graph.
      root: ids.at(roots[i] >= 0 ? roots[i] : families.of.indexOf(family)),
      models: families.sizes[family],
      edges: below[family],
      own: above[family] / below[family],
      without,
      change: without === null ? null : without - allAbove / allBelow,
    };
  });
}
