import type { TextIndex } from "../../snapshot/text_index.ts";
import type { TextKind } from "../../source/row_codes.ts";
import type { TextArena } from "../../source/text_arena.ts";
import { type KinshipGraph, splitParents } from "./graph.ts";
import type { KinshipPool } from "./kinship_pool.ts";

/** Times that a large file is read for texts: each holds as many of them in memory as the vectors took, whatever the size. */
const rounds = 3;
/** Edges whose texts are read in one go. */
const fewEdges = 20_000;

/** Levenshtein similarity of every edge, the texts of some parents and their children in memory at a time. */
export async function allSimilarities(
  graph: KinshipGraph,
  { kind, documents, text, rows, pool, spare }: {
    kind: TextKind;
    documents: Uint8Array;
    text: TextIndex;
    rows: Uint32Array | null;
    pool: KinshipPool;
    /** Memory that the texts may be written to. */
    spare: Uint8Array<SharedArrayBuffer>[];
  },
): Promise<Float64Array> {
  const { childOffsets, children } = graph;
  const similarity = new Float64Array(new SharedArrayBuffer(8 * children.length));
  const bounds = splitParents(graph, { parts: children.length > fewEdges ? rounds : 1 });
  const present = new Uint8Array(new SharedArrayBuffer(documents.length));
  present.set(documents);
  let arena: TextArena | undefined;
  for (let part = 1; part < bounds.length; part++) {
    const wanted = new Uint8Array(text.snapshot.models);
    const [from, to] = [bounds[part - 1], bounds[part]];
    for (let u = from; u < to; u++) {
      if (childOffsets[u] === childOffsets[u + 1]) continue;
      wanted[rows === null ? u : rows[u]] = documents[u];
      for (let e = childOffsets[u]; e < childOffsets[u + 1]; e++) {
        const v = children[e];
        wanted[rows === null ? v : rows[v]] = documents[v];
      }
    }
    arena = await text.gather(kind, wanted, arena === undefined ? { spare } : { reuse: arena });
    await pool.levenshtein(graph, { arena, present, rows, similarity, from, to });
  }
  return similarity;
}

/** Mean over the edges that count. */
export function meanOf(similarity: Float64Array): { mean: number | null; edges: number } {
  let sum = 0;
  let edges = 0;
  for (const value of similarity) {
    if (Number.isNaN(value)) continue;
    sum += value;
    edges++;
  }
  return { mean: edges > 0 ? sum / edges : null, edges };
}
