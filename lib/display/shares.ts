/** A part of a whole in per cent, null where there is no whole. */
export function shareOf(part: number, whole: number): number | null {
  return whole > 0 ? 100 * part / whole : null;
}

/** The beginning of a digest in words, for a sentence about a snapshot; empty where there is none. */
export function shaWords(sha256: string | null): string {
  return sha256 === null ? "" : ` (sha256 ${sha256.slice(0, 12)}…)`;
}
