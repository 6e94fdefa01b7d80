import type { Random } from "../../lib/core/random.ts";
import { Lineage } from "../../lib/graph/lineage.ts";
import type { ModelSnapshot } from "../../lib/snapshot/model_snapshot.ts";
import { readModelBlocks } from "../../lib/snapshot/read_models.ts";
import type { Row } from "./model_rows.ts";

/** An edge as a test gives it; the relation is a code, `untyped` where there is none. */
export type PlainEdge = [parent: number, child: number, relation?: number];

/** The lineage of some edges. */
export function lineageOf(nodes: number, edges: readonly PlainEdge[]): Lineage {
  return new Lineage(nodes, {
    parent: Uint32Array.from(edges, ([parent]) => parent),
    child: Uint32Array.from(edges, ([, child]) => child),
    relation: Uint8Array.from(edges, ([, , relation = 0]) => relation),
    time: new Float64Array(edges.length).fill(NaN),
  });
}

/** Up to 12 nodes with edges of every relation, in cycles now and then, sorted by parent and child. */
export function randomEdges(rng: Random, nodes: number): PlainEdge[] {
  const edges = new Map<number, PlainEdge>();
  for (let i = rng.below(2 * nodes); i > 0; i--) {
    const [u, v] = [rng.below(nodes), rng.below(nodes)];
    if (u !== v) edges.set(u * nodes + v, [u, v, rng.below(5)]);
  }
  return [...edges.values()].sort(([a, b], [c, d]) => a - c || b - d);
}

/** The snapshot of some rows. */
export function snapshotOfRows(rows: readonly Row[]): Promise<ModelSnapshot> {
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  return readModelBlocks([new TextEncoder().encode(text)], { name: "rows" });
}
