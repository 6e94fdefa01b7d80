import type { AssetGraph } from "../../../graph/assets.ts";
import type { BothWays } from "../../../graph/neighbourhood.ts";
import { assetTypes } from "../../../source/asset_record.ts";
import type { EgoType } from "../asset_hubs.ts";

/** Types of nodes in the order of their codes. */
const nodeTypes: readonly EgoType[] = [...assetTypes, "undocumented"];

/** Type of a node; a stub is undocumented. */
export function nodeType(graph: AssetGraph, node: number): EgoType {
  return graph.isDocumented(node) ? graph.assets[node].type : "undocumented";
}

/**
 * Codes of the types of an asset graph's nodes, for the reading `kinds`. Undocumented names are a type of their own, since nothing says
 * what they are: they stand in for each other, never for a documented dependency, and no documented asset stands in for them.
 */
function assetKinds(graph: AssetGraph): Uint8Array {
  return Uint8Array.from(graph.names, (_, node) => nodeTypes.indexOf(nodeType(graph, node)));
}

/** An asset graph as adjacency both ways, with the types of its nodes. */
export function removable(graph: AssetGraph): { ways: BothWays; types: Uint8Array } {
  return {
    ways: { children: graph.dependants, parents: graph.dependencies },
    types: assetKinds(graph),
  };
}

/** How many of some nodes there are of each type. */
export function countTypes(graph: AssetGraph, nodes: Iterable<number>): Record<EgoType, number> {
  const counts = { dataset: 0, model: 0, application: 0, undocumented: 0 };
  for (const node of nodes) counts[nodeType(graph, node)]++;
  return counts;
}
