/** How the counts of a vector are weighted: as they are, or by smooth inverse document frequency. */
export type Weighting = "bagOfWords" | "tfidf";

/** Most terms of a vocabulary: an entry of {@link TermVectors} has nine bits for the term. */
export const mostTerms = 512;

/**
 * Documents as sparse rows of term counts over a small vocabulary, as scikit-learn's CountVectorizer and TfidfVectorizer make
 * them. The arrays may be shared between threads.
 */
export interface TermVectors {
  /** Number of rows, documents or not. */
  readonly rows: number;
  /** The vocabulary, at most 512 terms (tokens, or two tokens with a space between), in code-unit order. */
  readonly terms: readonly string[];
  /** Rows that are documents: the vocabulary and the document frequencies are theirs. */
  readonly documents: number;
  /** Smooth inverse document frequency of each term: ln((1 + documents) / (1 + frequency)) + 1. */
  readonly idf: Float64Array;
  /** 1 for rows that are documents, 0 for those that do not count. */
  readonly present: Uint8Array;
  /**
   * Entries of row i are `entries[offsets[i] .. offsets[i + 1]]`; none for rows that nobody asked for, even where they are
   * documents.
   */
  readonly offsets: Uint32Array;
  /** `term | count << 9`; a count above 127 takes several entries of its term, which add up. */
  readonly entries: Uint16Array;
  /** 1 / Euclidean norm of each row's weighted counts, 0 where it has no entries: entries times scale is the unit vector. */
  readonly scale: Readonly<Record<Weighting, Float64Array>>;
  /** Over all documents, those without entries here too: the sum of their unit vectors, and how many are not zero. */
  readonly all: Readonly<Record<Weighting, { sum: Float64Array; nonzero: number }>>;
}
