import { checkOwners, ownersAsWritten } from "../../../graph/asset_owners.ts";
import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";
import { subsets } from "../../../graph/patterns/patterns.ts";
import {
  type AssetPattern,
  assetPatterns,
  patternLeaves,
  type PatternOptions,
} from "./asset_patterns.ts";
import { byDependants, type PatternNode, patternNode } from "./pattern_examples.ts";
import { type AssetNeighbours, assetNeighbours, patternInstances } from "./pattern_instances.ts";

/** Where an asset stands in a pattern; the centre of a broadcast is its first node, that of a funnel its last. */
export type PatternRole = "first" | "middle" | "last";

/** An asset's part in a pattern. */
export interface EgoPattern {
  /** The pattern. */
  pattern: AssetPattern;
  /** Where the asset stands in it. */
  role: PatternRole;
  /** Instances in which it stands there. */
  instances: number;
  /** Some of them, each in the order of the pattern; see {@link egoPatterns}. */
  examples: PatternNode[][];
}

/** The patterns that an asset is part of. */
export interface EgoPatterns {
  /** Which graph. */
  variant: AssetVariant;
  /** The asset. */
  asset: PatternNode;
  /** Assets that build on it directly: the size of its broadcast. */
  dependants: number;
  /** Assets that it is built on directly. */
  dependencies: number;
  /** In the order of the patterns and of first, middle, last; only those with an instance. */
  patterns: EgoPattern[];
}

/** Options of {@link egoPatterns}. */
export interface EgoPatternsOptions extends PatternOptions {
  /** Most examples of a pattern and role. @default 3 */
  n?: number;
}

/**
 * The patterns that an asset is part of, as what, how often, and with whom. Examples are those on whose assets most is built, ties by
 * names; where they can differ in the nodes next to the asset they do. Of a star in which the asset is the centre there is one example, of one
 * in which it is a leaf none.
 *
 * @throws {RangeError} when there is no asset of that name, or there are not owners for each node
 *
 * @example
 * ```ts
 * import { AssetGraph, egoPatterns, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n";
 * const opt = "- type: model\n  name: OPT\n  dependencies: [The Pile]\n";
 * const chat = "- type: application\n  name: Chat\n  dependencies: [OPT]\n";
 * await Deno.writeTextFile(path, pile + opt + chat);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * egoPatterns(graph, "The Pile").patterns.map(({ pattern, role }) => [pattern, role]);
 * // [["chain", "first"], ["typedChain", "first"]]
 * await Deno.remove(path);
 * ```
 */
export function egoPatterns(
  graph: AssetGraph,
  name: string,
  { owners = ownersAsWritten(graph), n = 3 }: EgoPatternsOptions = {},
): EgoPatterns {
  checkOwners(graph, owners);
  const asset = graph.node(name);
  const neighbours = assetNeighbours(graph);
  const describe = (nodes: readonly number[]) =>
    nodes.map((node) => patternNode(graph, node, owners));
  const patterns = assetPatterns.flatMap((pattern): EgoPattern[] => {
    if (pattern === "broadcast" || pattern === "funnel") {
      return starRoles(graph, asset, { pattern, neighbours }).map((
        { nodes, ...rest },
      ) => ({ pattern, ...rest, examples: nodes.map(describe) }));
    }
    const found = [...patternInstances(graph, pattern, { owners, neighbours })]
      .filter((nodes) => nodes.includes(asset))
      .sort(byDependants(graph, neighbours));
    const roles = Map.groupBy(found, (nodes): PatternRole => {
      const place = nodes.indexOf(asset);
      return place === 0 ? "first" : place === nodes.length - 1 ? "last" : "middle";
    });
    return (["first", "middle", "last"] as const).flatMap((role) => {
      const instances = roles.get(role) ?? [];
      if (instances.length === 0) return [];
      const examples = varied(instances, asset).slice(0, n).map(describe);
      return [{ pattern, role, instances: instances.length, examples }];
    });
  });
  return {
    variant: graph.variant,
    asset: patternNode(graph, asset, owners),
    dependants: neighbours.children[asset].length,
    dependencies: neighbours.parents[asset].length,
    patterns,
  };
}

/** Instances in their order, but first those whose node beside the asset is new. */
function varied(instances: readonly number[][], asset: number): number[][] {
  const times = new Map<number, number>();
  return instances
    .map((nodes) => {
      const beside = nodes[nodes.indexOf(asset) === 0 ? 1 : nodes.indexOf(asset) - 1];
      const seen = times.get(beside) ?? 0;
      times.set(beside, seen + 1);
      return { nodes, seen };
    })
    .sort((a, b) => a.seen - b.seen)
    .map(({ nodes }) => nodes);
}

/** Stars with an asset in their centre and as a leaf. */
function starRoles(
  graph: AssetGraph,
  asset: number,
  { pattern, neighbours }: { pattern: "broadcast" | "funnel"; neighbours: AssetNeighbours },
): { role: PatternRole; instances: number; nodes: number[][] }[] {
  const { children, parents } = neighbours;
  const [around, centres] = pattern === "broadcast" ? [children, parents] : [parents, children];
  const order = byDependants(graph, neighbours);
  const few = [...around[asset]].sort((a, b) => order([a], [b])).slice(0, patternLeaves);
  const centre = {
    role: pattern === "broadcast" ? "first" as const : "last" as const,
    instances: subsets(around[asset].length, patternLeaves),
    nodes: [pattern === "broadcast" ? [asset, ...few] : [...few, asset]],
  };
  const leaf = {
    role: pattern === "broadcast" ? "last" as const : "first" as const,
    instances: centres[asset]
      .reduce((sum, node) => sum + subsets(around[node].length - 1, patternLeaves - 1), 0),
    nodes: [],
  };
  return (pattern === "broadcast" ? [centre, leaf] : [leaf, centre])
    .filter(({ instances }) => instances > 0);
}
