import { byCodeUnits } from "../compare.ts";
import type { Candidates } from "./candidates.ts";
import type { TermCounts } from "./term_counts.ts";

/** How it is known that a vocabulary holds the most frequent terms. */
export interface VocabularyProof {
  /** True when no term left out can be more frequent than one taken in. */
  exact: boolean;
  /** Occurrences of the rarest term of the vocabulary; 0 where it has room left. */
  edge: number;
  /** Terms with as many occurrences as the rarest that were left out, later in code-unit order. */
  ties: number;
  /** No term with a token that is no candidate occurs more often than this. */
  bound: number;
  /** Tokens counted exactly, with all their pairs. */
  candidates: number;
}

/** The most frequent terms of some documents. */
export interface Vocabulary {
  /** The terms in code-unit order. */
  terms: string[];
  /** Occurrences of each. */
  counts: Float64Array;
  /** Documents that hold each. */
  frequencies: Float64Array;
  /** Documents in all. */
  documents: number;
  /** Cell `a * codes + b` holds the number of the term of two tokens, `b` alone that of one token; -1 for none. */
  termOf: Int16Array;
  /** Why it is the right one. */
  proof: VocabularyProof;
}

/**
 * Chooses the `size` most frequent terms (one token, or two that are neighbours), ties by code-unit order, and proves the choice.
 *
 * Proof. Candidate tokens and their pairs are counted exactly. Every other token adds to one of the counters `buckets`, so no
 * other token occurs more often than the largest counter; a pair occurs at most as often as either of its tokens,
 * so a pair with such a token is under the same bound. If the bound is below the count at the vocabulary's edge, no term left out
 * belongs in it (hash filtering after Park, Chen and Yu 1995, doi:10.1145/223784.223813).
 */
export function chooseVocabulary(
  counts: TermCounts,
  { candidates, buckets, size = 512 }: {
    candidates: Candidates;
    buckets: Uint32Array;
    size?: number;
  },
): Vocabulary {
  const { table, codes } = counts;
  let found = 0;
  for (let cell = 0; cell < table.length; cell += 3) if (table[cell] > 0) found++;
  const all = new Uint32Array(found);
  found = 0;
  for (let cell = 0; cell < table.length; cell += 3) {
    if (table[cell] > 0) all[found++] = table[cell];
  }
  all.sort();
  const edge = found >= size ? all[found - size] : 0;
  const name = (cell: number) => {
    const a = Math.floor(cell / codes);
    const token = candidates.tokens[(cell % codes) - 2];
    return a === 0 ? token : `${candidates.tokens[a - 2]} ${token}`;
  };
  const sure: { cell: number; term: string }[] = [];
  const tied: { cell: number; term: string }[] = [];
  for (let cell = 0; cell < codes * codes; cell++) {
    const count = table[3 * cell];
    if (count === 0 || count < edge) continue;
    (count > edge ? sure : tied).push({ cell, term: name(cell) });
  }
  tied.sort((x, y) => byCodeUnits(x.term, y.term));
  const taken = [...sure, ...tied.slice(0, size - sure.length)];
  taken.sort((x, y) => byCodeUnits(x.term, y.term));
  const termOf = new Int16Array(codes * codes).fill(-1);
  taken.forEach(({ cell }, term) => termOf[cell] = term);
  let bound = 0;
  for (let i = 0; i < buckets.length; i++) if (buckets[i] > bound) bound = buckets[i];
  return {
    terms: taken.map(({ term }) => term),
    counts: Float64Array.from(taken, ({ cell }) => table[3 * cell]),
    frequencies: Float64Array.from(taken, ({ cell }) => table[3 * cell + 1]),
    documents: counts.documents,
    termOf,
    proof: {
      exact: bound === 0 || bound < edge,
      edge,
      ties: sure.length + tied.length - taken.length,
      bound,
      candidates: candidates.tokens.length,
    },
  };
}
