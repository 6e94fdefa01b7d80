import { similarity } from "ml-distance";
import type { Weighting } from "../../lib/core/term_vectors.ts";
import type { PairName } from "../../lib/measure/report.ts";
import type { PlainEdge } from "./random_lineage.ts";

/** Term counts of a row by the number of the term; null is a row that is no document. */
export type PlainRow = Readonly<Record<number, number>> | null;

/** What the definition gives for one pair. */
export interface SlowPair {
  /** Weight of all instances. */
  instances: number;
  /** Weight of the instances whose two texts count. */
  counted: number;
  /** Sum of their cosines. */
  sum: number;
}

/** Adds a pair of models to the instances of a pair, with the share that it has in one instance. */
type Visit = (name: Exclude<PairName, "random">, a: number, b: number, weight?: number) => void;

/** Visits the two models of every pair of every instance of every sub-tree, loop by loop as paper and report name them. */
function visitInstances(nodes: number, edges: readonly PlainEdge[], visit: Visit): void {
  const childrenOf = Array.from(
    { length: nodes },
    (_, u) => edges.filter(([parent]) => parent === u).map(([, child]) => child),
  );
  const parentsOf = Array.from(
    { length: nodes },
    (_, v) => edges.filter(([, child]) => child === v).map(([parent]) => parent),
  );
  for (let u = 0; u < nodes; u++) {
    const children = childrenOf[u];
    for (const [i, v] of children.entries()) {
      visit("edge.parentChild", u, v);
      for (const [j, w] of children.entries()) {
        if (j <= i) continue;
        visit("fork.parentChild", u, v, 1 / 2);
        visit("fork.parentChild", u, w, 1 / 2);
        visit("fork.siblings", v, w);
        for (const x of children.slice(j + 1)) {
          for (const child of [v, w, x]) visit("star.parentChild", u, child, 1 / 3);
          for (const [a, b] of [[v, w], [v, x], [w, x]]) visit("star.siblings", a, b, 1 / 3);
        }
      }
    }
    for (const v of children) {
      for (const [i, w] of childrenOf[v].entries()) {
        visit("chain.grandparent", u, w);
        visit("chain.lower", v, w);
        visit("chain.upper", u, v);
        for (const x of childrenOf[v].slice(i + 1)) {
          for (const child of [w, x]) {
            visit("chainFork.grandparent", u, child, 1 / 2);
            visit("chainFork.lower", v, child, 1 / 2);
          }
          visit("chainFork.upper", u, v);
          visit("chainFork.siblings", w, x);
        }
        for (const x of children) {
          if (x === v) continue;
          visit("forkChain.grandparent", u, w);
          visit("forkChain.aunt", x, w);
          visit("forkChain.lower", v, w);
          visit("forkChain.upper", u, v);
          visit("forkChain.siblings", v, x);
        }
        for (const t of parentsOf[u]) {
          const weight = 1 / parentsOf[u].length;
          visit("longChain.greatGrandparent", t, w, weight);
          visit("longChain.lowerGrandparent", u, w, weight);
          visit("longChain.upperGrandparent", t, v, weight);
          visit("longChain.lower", v, w, weight);
          visit("longChain.middle", u, v, weight);
          visit("longChain.upper", t, u, weight);
        }
      }
    }
  }
}

/** Cosine of two rows with smooth inverse document frequency or without; 0 where one of them has no term. */
export function slowCosine(rows: readonly PlainRow[], terms: number, weighting: Weighting) {
  const documents = rows.filter((row) => row !== null);
  const dense = rows.map((row) =>
    Array.from({ length: terms }, (_, t) => {
      const having = documents.filter((other) => t in other!).length;
      const idf = Math.log((1 + documents.length) / (1 + having)) + 1;
      return (row?.[t] ?? 0) * (weighting === "tfidf" ? idf : 1);
    })
  );
  const zero = dense.map((row) => row.every((value) => value === 0));
  return (a: number, b: number): number =>
    zero[a] || zero[b] ? 0 : similarity.cosine(dense[a], dense[b]);
}

/** Means of all pairs by their definition: every instance visited, every cosine computed from dense vectors. */
export function slowKinship(
  edges: readonly PlainEdge[],
  { rows, terms, weighting }: { rows: readonly PlainRow[]; terms: number; weighting: Weighting },
): Map<PairName, SlowPair> {
  const cosine = slowCosine(rows, terms, weighting);
  const pairs = new Map<PairName, SlowPair>();
  visitInstances(rows.length, edges, (name, a, b, weight = 1) => {
    const pair = pairs.get(name) ?? { instances: 0, counted: 0, sum: 0 };
    pair.instances += weight;
    if (rows[a] !== null && rows[b] !== null) {
      pair.counted += weight;
      pair.sum += weight * cosine(a, b);
    }
    pairs.set(name, pair);
  });
  return pairs;
}
