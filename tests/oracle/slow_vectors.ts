import type { TermVectors, Weighting } from "../../lib/core/term_vectors.ts";

/** Tokens and pairs of neighbouring tokens, as scikit-learn's CountVectorizer finds them. */
export function slowTerms(text: string): string[] {
  const tokens = text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [];
  return [...tokens, ...tokens.slice(1).map((token, i) => `${tokens[i]} ${token}`)];
}

/**
 * Term vectors of some texts with maps and strings; null is a row that is no document.
 *
 * @param favoured Terms that win a tie for the last places of the vocabulary; else the first by code units do.
 */
export function slowVectors(
  texts: readonly (string | null)[],
  { favoured = [] }: { favoured?: readonly string[] } = {},
): TermVectors {
  const counts = texts.map((text) => {
    const found = new Map<string, number>();
    for (const term of text === null ? [] : slowTerms(text)) {
      found.set(term, (found.get(term) ?? 0) + 1);
    }
    return found;
  });
  const total = new Map<string, number>();
  const frequency = new Map<string, number>();
  for (const row of counts) {
    for (const [term, count] of row) {
      total.set(term, (total.get(term) ?? 0) + count);
      frequency.set(term, (frequency.get(term) ?? 0) + 1);
    }
  }
  const order = (a: string, b: string) => a < b ? -1 : Number(a > b);
  const last = (term: string) => Number(!favoured.includes(term));
  const terms = [...total]
    .sort(([a, m], [b, n]) => n - m || last(a) - last(b) || order(a, b))
    .slice(0, 512).map(([term]) => term).sort(order);
  return vectorsOf(
    texts.map((text, i) =>
      text === null ? null : Object.fromEntries(
        terms.flatMap((term, t) => counts[i].has(term) ? [[t, counts[i].get(term)!]] : []),
      )
    ),
    { terms },
  );
}

/**
 * Term vectors of rows given as counts by the number of the term; null is a row that is no document. A count above 127 is written as several
 * entries.
 */
export function vectorsOf(
  rows: readonly (Readonly<Record<number, number>> | null)[],
  { terms }: { terms: readonly string[] },
): TermVectors {
  const documents = rows.filter((row) => row !== null).length;
  const idf = Float64Array.from(terms, (_, t) => {
    const frequency = rows.filter((row) => row !== null && t in row).length;
    return Math.log((1 + documents) / (1 + frequency)) + 1;
  });
  const offsets = [0];
  const entries: number[] = [];
  for (const row of rows) {
    for (const [term, count] of Object.entries(row ?? {})) {
      for (let left = count; left > 0; left -= 127) {
        entries.push(Number(term) | Math.min(left, 127) << 9);
      }
    }
    offsets.push(entries.length);
  }
  const weights = (weighting: Weighting) =>
    rows.map((row) => {
      const dense = new Float64Array(terms.length);
      for (const [t, count] of Object.entries(row ?? {})) {
        dense[Number(t)] = count * (weighting === "tfidf" ? idf[Number(t)] : 1);
      }
      return dense;
    });
  const scales = (weighting: Weighting) =>
    Float64Array.from(weights(weighting), (row) => {
      const norm = Math.hypot(...row);
      return norm > 0 ? 1 / norm : 0;
    });
  const scale = { bagOfWords: scales("bagOfWords"), tfidf: scales("tfidf") };
  const all = (weighting: Weighting) => {
    const sum = new Float64Array(terms.length);
    weights(weighting).forEach((row, i) =>
      row.forEach((weight, t) => sum[t] += weight * scale[weighting][i])
    );
    return { sum, nonzero: scale[weighting].filter((value) => value > 0).length };
  };
  return {
    rows: rows.length,
    terms,
    documents,
    idf,
    present: Uint8Array.from(rows, (row) => Number(row !== null)),
    offsets: Uint32Array.from(offsets),
    entries: Uint16Array.from(entries),
    scale,
    all: { bagOfWords: all("bagOfWords"), tfidf: all("tfidf") },
  };
}
