import { type Lineage, relations } from "../graph/lineage.ts";
import type { ModelReport } from "./report.ts";

/**
 * Edges by relation in the whole lineage, and how many of their children have a child of their own in the no-merge graph (Laufer,
 * Oderinwale and Kleinberg 2025, section 5).
 *
 * @example
 * ```ts
 * import { buildLineage, fertility, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * fertility(buildLineage(snapshot).lineage).finetune; // { edges: 1, fertile: 0 }
 * ```
 */
export function fertility(lineage: Lineage): ModelReport["fertility"] {
  const view = lineage.view("no-merge");
  const isParent = new Uint8Array(lineage.nodes);
  for (let e = 0; e < lineage.edges; e++) if (view.has(e)) isParent[lineage.parent[e]] = 1;
  const edges = new Float64Array(relations.length);
  const fertile = new Float64Array(relations.length);
  for (let e = 0; e < lineage.edges; e++) {
    edges[lineage.relation[e]]++;
    fertile[lineage.relation[e]] += isParent[lineage.child[e]];
  }
  const of = (relation: typeof relations[number]) => {
    const code = relations.indexOf(relation);
    return { edges: edges[code], fertile: fertile[code] };
  };
  return { finetune: of("finetune"), quantized: of("quantized"), adapter: of("adapter") };
}
