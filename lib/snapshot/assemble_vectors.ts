import type { VectorSums } from "../core/terms/encode_documents.ts";
import type { TermVectors } from "../core/term_vectors.ts";
import type { EncodedBatch } from "../source/hub_pool.ts";
import type { Placement } from "../source/text_shelf.ts";

/** The same bytes in memory that threads share. */
export function share(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

/** The sums of all threads. */
export function joined([first, ...others]: VectorSums[]): VectorSums {
  for (const other of others) {
    for (const weighting of ["bagOfWords", "tfidf"] as const) {
      const { sum, nonzero } = other[weighting];
      for (let i = 0; i < sum.length; i++) first[weighting].sum[i] += sum[i];
      first[weighting].nonzero += nonzero;
    }
  }
  return first;
}

/** Batches as one matrix, in the order of the rows. */
export function assemble(
  parts: EncodedBatch[],
  { rows, placements }: { rows: number; placements: Placement[] },
): Pick<TermVectors, "offsets" | "entries" | "scale"> {
  const byBatch = new Map(parts.map(({ batch, encoded }) => [batch, encoded]));
  let total = 0;
  for (const { encoded } of parts) total += encoded.entries.length;
  parts.length = 0;
  const entries = new Uint16Array(new SharedArrayBuffer(2 * total));
  const offsets = new Uint32Array(new SharedArrayBuffer(4 * (rows + 1)));
  const column = () => new Float64Array(new SharedArrayBuffer(8 * rows));
  const scale = { bagOfWords: column(), tfidf: column() };
  let length = 0;
  let last = 0;
  let filled = 0;
  for (const { batch } of placements) {
    const encoded = byBatch.get(batch);
    if (encoded === undefined) continue;
    entries.set(encoded.entries, length);
    for (let i = 0; i < encoded.rows.length; i++) {
      const row = encoded.rows[i];
      while (filled < row) offsets[++filled] = last;
      last = length + encoded.ends[i];
      offsets[++filled] = last;
      scale.bagOfWords[row] = encoded.scale.bagOfWords[i];
      scale.tfidf[row] = encoded.scale.tfidf[i];
    }
    length += encoded.entries.length;
    byBatch.delete(batch);
  }
  while (filled < rows) offsets[++filled] = last;
  return { entries, offsets, scale };
}
