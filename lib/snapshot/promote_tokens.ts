import { bucketOf, type Candidates, hashPrime, hashSeed } from "../core/terms/candidates.ts";
import { mostFrequent } from "../core/terms/sample_candidates.ts";
import type { TermCounts } from "../core/terms/term_counts.ts";
import { tokens } from "../core/tokens.ts";
import { kinshipCard } from "../source/kinship_card.ts";
import type { TextKind } from "../source/row_codes.ts";
import type { ModelText } from "./model_texts.ts";

/**
 * Counts, in a second look at the text, the tokens behind every counter that reaches the edge of a vocabulary. Either none of them is as
 * frequent as that (`candidates` is null and `bound` the new bound), or the most frequent of old and new are the
 * candidates of another round, which the proof then holds for: at most 512 tokens are as frequent as the edge.
 */
export async function promote(
  texts: AsyncIterable<ModelText[]>,
  { kind, documents, candidates, counts, buckets, edge }: {
    kind: TextKind;
    documents: Uint8Array;
    candidates: Candidates;
    counts: TermCounts;
    buckets: Uint32Array;
    edge: number;
  },
): Promise<{ candidates: Candidates | null; bound: number }> {
  const known = new Set(candidates.tokens);
  const encoder = new TextEncoder();
  const found = new Map<string, number>();
  for await (const batch of texts) {
    for (const { row, text, card } of batch) {
      if (documents[row] !== 1) continue;
      const read = kind === "rows" ? text : card === null ? null : kinshipCard(card);
      if (read === null) continue;
      for (const token of tokens(read)) {
        if (known.has(token)) continue;
        let hash = hashSeed;
        for (const byte of encoder.encode(token)) hash = Math.imul(hash ^ byte, hashPrime);
        if (buckets[bucketOf(hash)] < edge) continue;
        found.set(token, (found.get(token) ?? 0) + 1);
      }
    }
  }
  let bound = 0;
  for (const bucket of buckets) if (bucket < edge && bucket > bound) bound = bucket;
  let largest = 0;
  for (const count of found.values()) if (count > largest) largest = count;
  if (largest === 0 || largest < edge) {
    return { candidates: null, bound: Math.max(bound, largest) };
  }
  candidates.tokens.forEach((token, i) => found.set(token, counts.table[3 * (i + 2)]));
  return { candidates: mostFrequent(found), bound };
}
