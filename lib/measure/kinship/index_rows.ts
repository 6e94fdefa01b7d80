import type { TermVectors } from "../../core/term_vectors.ts";
import type { KinshipGraph } from "./graph.ts";

/** A mask of models as a mask of the rows of a text index. */
export function inIndex(mask: Uint8Array, rows: Uint32Array | null, models: number): Uint8Array {
  if (rows === null) return mask;
  const out = new Uint8Array(models);
  for (let i = 0; i < rows.length; i++) out[rows[i]] = mask[i];
  return out;
}

/** The documents that have an edge. */
export function withEdges(
  { nodes, childOffsets, parentOffsets }: KinshipGraph,
  documents: Uint8Array,
): Uint8Array {
  const out = new Uint8Array(nodes);
  for (let u = 0; u < nodes; u++) {
    if (childOffsets[u + 1] > childOffsets[u] || parentOffsets[u + 1] > parentOffsets[u]) {
      out[u] = documents[u];
    }
  }
  return out;
}

/** The vectors of some rows, which ascend; other rows must have no entries. */
export function selectVectors(vectors: TermVectors, rows: Uint32Array): TermVectors {
  const n = rows.length;
  const offsets = new Uint32Array(new SharedArrayBuffer(4 * (n + 1)));
  const present = new Uint8Array(new SharedArrayBuffer(n));
  const column = () => new Float64Array(new SharedArrayBuffer(8 * n));
  const scale = { bagOfWords: column(), tfidf: column() };
  for (let i = 0; i < n; i++) {
    const row = rows[i];
    offsets[i + 1] = vectors.offsets[row + 1];
    present[i] = vectors.present[row];
    scale.bagOfWords[i] = vectors.scale.bagOfWords[row];
    scale.tfidf[i] = vectors.scale.tfidf[row];
  }
  return { ...vectors, rows: n, offsets, present, scale };
}

/** Bytes of a piece of spare memory. */
const pieceBytes = 4 << 20;

/** The memory of vectors that are needed no more, in pieces: 2 bytes an entry and 16 a row. */
export function memoryOf({ entries, scale }: TermVectors): Uint8Array<SharedArrayBuffer>[] {
  const pieces: Uint8Array<SharedArrayBuffer>[] = [];
  for (const { buffer } of [entries, scale.bagOfWords, scale.tfidf]) {
    if (!(buffer instanceof SharedArrayBuffer)) continue;
    for (let at = 0; at < buffer.byteLength; at += pieceBytes) {
      pieces.push(new Uint8Array(buffer, at, Math.min(pieceBytes, buffer.byteLength - at)));
    }
  }
  return pieces;
}
