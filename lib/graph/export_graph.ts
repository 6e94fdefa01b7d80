import { write as writeGexf } from "graphology-gexf";
import type { AbstractGraph } from "graphology-types";
import { attributeTypes, xmlKeys, xmlText } from "./export_values.ts";
import { writeGraphml } from "./write_graphml.ts";

/** File formats that {@link exportGraph} writes. */
export const exportFormats = ["gexf", "graphml"] as const;

/** One of {@link exportFormats}. */
export type ExportFormat = typeof exportFormats[number];

/** Options of {@link exportGraph}. */
export interface ExportGraphOptions {
  /** `gexf` (version 1.2) for Gephi, `graphml` for Gephi, networkx, igraph, yEd and Cytoscape. */
  format: ExportFormat;
}

/**
 * A graphology graph as the text of a GEXF or GraphML file, with a type for each attribute; the same graph gives the same text.
 * GEXF is written by graphology-gexf. graphology-graphml 0.5.2 reads only, so that GraphML has a writer of our own. Null, undefined,
 * NaN and empty text are left out. Characters that XML 1.0 does not allow become U+FFFD; keys that this would make equal are
 * told apart by `~2`, `~3` ... at their end.
 *
 * @throws {TypeError} when the graph is not directed, or an attribute is no text, number or boolean, or of two of these kinds
 * @throws {RangeError} when a number is infinite, there is no such format, or the text would be longer than a string can be
 *
 * @example
 * ```ts
 * import { DirectedGraph } from "graphology";
 * import { exportGraph } from "kindred";
 * const graph = new DirectedGraph();
 * graph.mergeDirectedEdge("a/base", "b/tuned", { relation: "finetune" });
 * exportGraph(graph, { format: "graphml" }).includes('<node id="a/base"/>'); // true
 * ```
 */
export function exportGraph(
  graph: AbstractGraph,
  { format }: ExportGraphOptions,
): string {
  if (!exportFormats.includes(format)) {
    throw new RangeError(
      `Cannot export the graph as "${format}": expected one of ${
        exportFormats.map((f) => `"${f}"`).join(", ")
      }`,
    );
  }
  if (graph.type !== "directed" || graph.multi) {
    throw new TypeError(
      `Cannot export the graph: it is ${
        graph.multi ? "a multigraph" : graph.type
      }, expected a directed one`,
    );
  }
  const types = attributeTypes(graph);
  const clean = xmlKeys(graph);
  try {
    return xmlText(
      format === "gexf"
        ? writeGexf(clean, { version: "1.2", pedantic: true })
        : writeGraphml(clean, types),
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(
      `Cannot export ${graph.order} nodes and ${graph.size} edges: the text is longer than a string can be. Export a part of it`,
      { cause: error },
    );
  }
}
