import type { DirectedGraph } from "graphology";
import { plural } from "../../figure/format.ts";
import { relationNames, theme } from "../../figure/theme.ts";
import type { AssetNode, AssetView } from "../../graph/assets_to_graphology.ts";
import type { ModelGraph, ModelNode } from "../../graph/to_graphology.ts";
import type { Relation } from "../../graph/lineage.ts";
import type { Network, NetworkNode } from "./network.ts";

/** A graphology graph of models or of assets, as lib makes them. */
export type GraphologyView = ModelGraph | AssetView;

/** Most nodes of a graphology graph that are drawn. */
const mostDrawn = 500;

/**
 * A graphology graph of models or assets, such as a neighbourhood, as it is.
 *
 * @throws {RangeError} when it has no node, or more than 500
 */
export function graphologyNetwork(view: GraphologyView): Network {
  const graph = view as DirectedGraph<ModelNode | AssetNode>;
  if (graph.order === 0 || graph.order > mostDrawn) {
    throw new RangeError(
      `Cannot draw a graph of ${graph.order} nodes: expected 1 to ${mostDrawn}; ask for a neighbourhood`,
    );
  }
  const keys = graph.nodes();
  const at = new Map(keys.map((key, i) => [key, i]));
  const edges = graph.mapEdges((_, attributes, source, target) => {
    const { relation } = attributes as { relation?: Relation };
    return {
      from: at.get(source)!,
      to: at.get(target)!,
      ...relation === undefined
        ? {}
        : { kind: { label: relationNames[relation], ink: theme.relation[relation] } },
    };
  }).filter(({ from, to }) => from !== to);
  const description = graph.getAttribute("description" as never) as string | undefined;
  return {
    title: description ?? "Graph",
    words: `${plural(keys.length, "node")}, ${plural(edges.length, "edge")}. ` +
      "What a node was made from stands to its left.",
    nodes: keys.map((key) => nodeOf(graph.getNodeAttributes(key))),
    edges,
    left: 0,
  };
}

function nodeOf(attributes: ModelNode | AssetNode): NetworkNode {
  const { label, ...others } = attributes;
  const type = "documented" in attributes
    ? attributes.documented ? attributes.type ?? "undocumented" : "undocumented"
    : "model";
  const facts = Object.entries(others)
    .filter(([name, value]) => value !== null && !["row", "type", "documented"].includes(name))
    .map(([name, value]): [string, string] => [name.replaceAll("_", " "), factText(value)]);
  return { name: label, type, steps: NaN, facts };
}

function factText(value: unknown): string {
  if (typeof value === "number") return value.toLocaleString("en-US");
  return String(value).replace(/T\d\d:.*Z$/, "");
}
