import { byCodeUnits } from "../compare.ts";
import { tokens } from "../tokens.ts";
import { Candidates, mostCandidates } from "./candidates.ts";

/** The most frequent tokens of some texts, as candidates, the most frequent first; ties by code units. */
export function sampleCandidates(texts: Iterable<string>): Candidates {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const token of tokens(text)) counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return mostFrequent(counts);
}

/** The most frequent of counted tokens, as candidates. */
export function mostFrequent(counts: Map<string, number>): Candidates {
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || byCodeUnits(a[0], b[0]));
  return new Candidates(sorted.slice(0, mostCandidates).map(([token]) => token));
}
