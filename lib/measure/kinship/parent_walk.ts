import type { TermVectors } from "../../core/term_vectors.ts";
import { addBranch, addTrunk, product, products } from "./branch_sums.ts";
import type { KinshipGraph } from "./graph.ts";
import { treePairs } from "./pair_names.ts";
import { RowAlgebra } from "./row_algebra.ts";

/** Sums over the pairs around one parent at a time, in arrays that the next visit overwrites. */
export class ParentWalk {
  /** Instances. */
  readonly instances: Float64Array = new Float64Array(treePairs.length);
  /** Instances whose two texts count. */
  readonly counted: Float64Array = new Float64Array(treePairs.length);
  /** Sums of cosines of term counts. */
  readonly bagOfWords: Float64Array = new Float64Array(treePairs.length);
  /** Sums of cosines of tf-idf weights. */
  readonly tfidf: Float64Array = new Float64Array(treePairs.length);
  readonly #graph: KinshipGraph;
  readonly #rows: RowAlgebra;
  readonly #present: Uint8Array;
  // The products with 1, with whether the text counts, and with either vector in the place of each model.
  readonly #one = new Float64Array(products);
  readonly #is = new Float64Array(products);
  readonly #bag = new Float64Array(products);
  readonly #weighted = new Float64Array(products);
  // Dense x_u, s_u, p_u, x_v and s_v.
  readonly #self: Float64Array;
  readonly #children: Float64Array;
  readonly #parents: Float64Array;
  readonly #child: Float64Array;
  readonly #grandchildren: Float64Array;

  /** Walks over a graph whose nodes are the rows of `vectors`. */
  constructor(graph: KinshipGraph, vectors: TermVectors) {
    this.#graph = graph;
    this.#rows = new RowAlgebra(vectors);
    this.#present = vectors.present;
    this.#self = this.#rows.zeros();
    this.#children = this.#rows.zeros();
    this.#parents = this.#rows.zeros();
    this.#child = this.#rows.zeros();
    this.#grandchildren = this.#rows.zeros();
  }

  /** Sums the edges, forks and stars at u, and every other sub-tree through each edge u -> v whose v has children. */
  visit(u: number): void {
    const { childOffsets, children } = this.#graph;
    const rows = this.#rows;
    const start = childOffsets[u];
    const end = childOffsets[u + 1];
    let branches = false;
    let counted = 0;
    let [bagChildren, bagPairs, weightedChildren, weightedPairs] = [0, 0, 0, 0];
    rows.add(this.#self, u);
    this.#children.fill(0);
    for (let i = start; i < end; i++) {
      const v = children[i];
      if (childOffsets[v] < childOffsets[v + 1]) branches = true;
      counted += this.#present[v];
      rows.dot(this.#self, v);
      bagChildren += rows.bagOfWords;
      weightedChildren += rows.tfidf;
      if (i > start) {
        rows.dot(this.#children, v);
        bagPairs += rows.bagOfWords;
        weightedPairs += rows.tfidf;
      }
      rows.add(this.#children, v);
    }
    const k = end - start;
    this.#set(product.parentChildren, k, this.#present[u] * counted, bagChildren, weightedChildren);
    this.#set(product.pairs, choose2(k), choose2(counted), bagPairs, weightedPairs);
    this.instances.fill(0);
    this.counted.fill(0);
    this.bagOfWords.fill(0);
    this.tfidf.fill(0);
    addTrunk(this.instances, this.#one, { k });
    addTrunk(this.counted, this.#is, { k });
    addTrunk(this.bagOfWords, this.#bag, { k });
    addTrunk(this.tfidf, this.#weighted, { k });
    if (branches) this.#branches(u, counted);
    rows.clear(this.#self, u);
  }

  #branches(u: number, counted: number): void {
    const { childOffsets, children, parentOffsets, parents } = this.#graph;
    const rows = this.#rows;
    const present = this.#present;
    const grandparents = parentOffsets[u + 1] - parentOffsets[u];
    let grandparentsCounted = 0;
    this.#parents.fill(0);
    for (let i = parentOffsets[u]; i < parentOffsets[u + 1]; i++) {
      rows.add(this.#parents, parents[i], 1 / grandparents);
      grandparentsCounted += present[parents[i]] / grandparents;
    }
    rows.dotDense(this.#parents, this.#self);
    this.#keep(product.parents, 1, grandparentsCounted * present[u]);
    const k = childOffsets[u + 1] - childOffsets[u];
    for (let i = childOffsets[u]; i < childOffsets[u + 1]; i++) {
      const v = children[i];
      const below = childOffsets[v + 1] - childOffsets[v];
      if (below === 0) continue;
      const is = present[v];
      rows.add(this.#child, v);
      rows.dot(this.#self, v);
      this.#keep(product.ends, 1, present[u] * is);
      rows.dot(this.#child, v);
      this.#keep(product.child, 1, is);
      rows.dot(this.#children, v);
      this.#keep(product.siblings, k, counted * is);
      rows.dot(this.#parents, v);
      this.#keep(product.grandparent, 1, grandparentsCounted * is);
      const belowCounted = this.#grandchildrenOf(v);
      rows.dotDense(this.#self, this.#grandchildren);
      this.#keep(product.grandchildren, below, present[u] * belowCounted);
      rows.dotDense(this.#child, this.#grandchildren);
      this.#keep(product.childChildren, below, is * belowCounted);
      rows.dotDense(this.#children, this.#grandchildren);
      this.#keep(product.nephews, k * below, counted * belowCounted);
      rows.dotDense(this.#parents, this.#grandchildren);
      this.#keep(product.greatGrandparent, below, grandparentsCounted * belowCounted);
      const shape = { k, below, rooted: grandparents > 0 };
      addBranch(this.instances, this.#one, shape);
      addBranch(this.counted, this.#is, shape);
      addBranch(this.bagOfWords, this.#bag, shape);
      addBranch(this.tfidf, this.#weighted, shape);
      rows.clear(this.#child, v);
    }
  }

  /** Makes s_v and the products of the pairs of children of v; returns how many children count. */
  #grandchildrenOf(v: number): number {
    const { childOffsets, children } = this.#graph;
    const rows = this.#rows;
    const start = childOffsets[v];
    const end = childOffsets[v + 1];
    let counted = 0;
    let [bagPairs, weightedPairs] = [0, 0];
    this.#grandchildren.fill(0);
    for (let i = start; i < end; i++) {
      const w = children[i];
      counted += this.#present[w];
      if (i > start) {
        rows.dot(this.#grandchildren, w);
        bagPairs += rows.bagOfWords;
        weightedPairs += rows.tfidf;
      }
      rows.add(this.#grandchildren, w);
    }
    this.#set(product.childPairs, choose2(end - start), choose2(counted), bagPairs, weightedPairs);
    return counted;
  }

  /** Keeps the last product of rows, and what it is with 1 and with `is` for the vectors. */
  #keep(at: number, one: number, is: number): void {
    this.#set(at, one, is, this.#rows.bagOfWords, this.#rows.tfidf);
  }

  #set(at: number, one: number, is: number, bag: number, weighted: number): void {
    this.#one[at] = one;
    this.#is[at] = is;
    this.#bag[at] = bag;
    this.#weighted[at] = weighted;
  }
}

function choose2(n: number): number {
  return n * (n - 1) / 2;
}
