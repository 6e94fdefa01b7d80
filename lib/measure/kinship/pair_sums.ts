import type { TermVectors } from "../../core/term_vectors.ts";
import type { KinshipGraph } from "./graph.ts";
import { treePairs } from "./pair_names.ts";
import { ParentWalk } from "./parent_walk.ts";

/** The families that have edges, numbered from 0. */
export interface KinshipFamilies {
  /** Number of families that have edges. */
  readonly count: number;
  /** Family of each node that has an edge; -1 where it has none. */
  readonly of: Int32Array;
}

/** Sums of each family and pair: entry `family * 23 + column`. */
export interface FamilySums {
  /** Number of families. */
  readonly count: number;
  /** Instances whose two texts count. */
  readonly counted: Float64Array;
  /** Sums of cosines of term counts. */
  readonly bagOfWords: Float64Array;
  /** Sums of cosines of tf-idf weights. */
  readonly tfidf: Float64Array;
}

/** Sums over the instances of each pair, in the columns of {@link treePairs}. */
export interface PairSums {
  /** Instances in the graph, whether or not their texts count. */
  readonly instances: Float64Array;
  /** Instances whose two texts count; not whole where parents take turns as the first of a chain of four. */
  readonly counted: Float64Array;
  /** Sums of cosines of term counts. */
  readonly bagOfWords: Float64Array;
  /** Sums of cosines of tf-idf weights. */
  readonly tfidf: Float64Array;
  /** The same by family, where families were given. */
  readonly families: FamilySums | null;
}

/** Which part of a graph to sum. */
export interface PairSumsOptions {
  /**
   * First parent.
   * @default 0
   */
  from?: number;
  /**
   * One past the last parent.
   * @default the number of nodes
   */
  to?: number;
  /**
   * Families to sum by.
   * @default null
   */
  families?: KinshipFamilies | null;
}

/**
 * The sums behind the mean cosine of every pair of every sub-tree, over all instances whose edge u -> v, or fork or star at u, has
 * its u in the range `from .. to`. The sums of ranges that partition the nodes add up to those of the whole graph (see
 * {@link addPairSums}), so that threads can share the work.
 *
 * Cosine is the product of unit vectors and therefore linear in each: the sum over all children is a product with the sum of the children, the
 * sum over all pairs of siblings a running sum of products with those before (Laufer, Oderinwale and Kleinberg 2025, Definitions 6.1
 * to 6.3, without their sampling). One pass, O(entries of the children + 512 per parent and per child that is a parent); a
 * model with several parents is a child of each. A cousin that is also a child of the same parent is an instance like any other.
 *
 * @throws {RangeError} when the range leaves the graph, or the vectors have another number of rows
 */
export function pairSums(
  graph: KinshipGraph,
  vectors: TermVectors,
  { from = 0, to = graph.nodes, families = null }: PairSumsOptions = {},
): PairSums {
  if (vectors.rows !== graph.nodes) {
    throw new RangeError(
      `Cannot sum the pairs: found ${vectors.rows} rows of terms, expected one for each of ${graph.nodes} nodes`,
    );
  }
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to)) {
    throw new RangeError(`Cannot sum the pairs of ${from} .. ${to}: expected an ascending range`);
  }
  if (to > graph.nodes) {
    throw new RangeError(
      `Cannot sum the pairs of ${from} .. ${to}: the graph has ${graph.nodes} nodes`,
    );
  }
  const columns = treePairs.length;
  const total = emptySums(families === null ? null : families.count);
  const walk = new ParentWalk(graph, vectors);
  const { childOffsets } = graph;
  for (let u = from; u < to; u++) {
    if (childOffsets[u] === childOffsets[u + 1]) continue;
    walk.visit(u);
    for (let c = 0; c < columns; c++) {
      total.instances[c] += walk.instances[c];
      total.counted[c] += walk.counted[c];
      total.bagOfWords[c] += walk.bagOfWords[c];
      total.tfidf[c] += walk.tfidf[c];
    }
    if (families === null) continue;
    const sums = total.families!;
    const at = families.of[u] * columns;
    for (let c = 0; c < columns; c++) {
      sums.counted[at + c] += walk.counted[c];
      sums.bagOfWords[at + c] += walk.bagOfWords[c];
      sums.tfidf[at + c] += walk.tfidf[c];
    }
  }
  return total;
}

/** Sums of nothing, by family too unless `families` is null. */
function emptySums(families: number | null): PairSums {
  const columns = () => new Float64Array(treePairs.length);
  const byFamily = () => new Float64Array(treePairs.length * (families ?? 0));
  return {
    instances: columns(),
    counted: columns(),
    bagOfWords: columns(),
    tfidf: columns(),
    families: families === null
      ? null
      : { count: families, counted: byFamily(), bagOfWords: byFamily(), tfidf: byFamily() },
  };
}

/**
 * Adds the sums of ranges of one graph.
 *
 * @throws {RangeError} when there are none, or they are not by the same families
 */
export function addPairSums(parts: readonly PairSums[]): PairSums {
  if (parts.length === 0) throw new RangeError("Cannot add the sums of pairs: found no parts");
  const count = parts[0].families?.count ?? null;
  const total = emptySums(count);
  for (const part of parts) {
    if ((part.families?.count ?? null) !== count) {
      throw new RangeError(
        `Cannot add the sums of pairs: found ${part.families?.count ?? "no"} families beside ${
          count ?? "none"
        }`,
      );
    }
    addTo(total.instances, part.instances);
    addTo(total.counted, part.counted);
    addTo(total.bagOfWords, part.bagOfWords);
    addTo(total.tfidf, part.tfidf);
    if (total.families === null || part.families === null) continue;
    addTo(total.families.counted, part.families.counted);
    addTo(total.families.bagOfWords, part.families.bagOfWords);
    addTo(total.families.tfidf, part.families.tfidf);
  }
  return total;
}

function addTo(sum: Float64Array, values: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] += values[i];
}
