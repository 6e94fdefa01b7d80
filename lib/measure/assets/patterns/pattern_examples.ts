import { byCodeUnits } from "../../../core/compare.ts";
import { type AssetOwners, checkOwners, ownersAsWritten } from "../../../graph/asset_owners.ts";
import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";
import { subsets } from "../../../graph/patterns/patterns.ts";
import type { EgoType } from "../asset_hubs.ts";
import {
  type AssetPattern,
  assetPatterns,
  patternLeaves,
  type PatternOptions,
} from "./asset_patterns.ts";
import {
  type AssetNeighbours,
  assetNeighbours,
  type ListedPattern,
  patternInstances,
} from "./pattern_instances.ts";

/** A node of an instance of a pattern. */
export interface PatternNode {
  /** Its name. */
  name: string;
  /** Its type. */
  type: EgoType;
  /** Who owns it; none where it is not known. */
  organizations: readonly string[];
}

/** Instances of a pattern that share the nodes that tell it apart, such as the middle of chains. */
export interface PatternExample {
  /** Names of the shared nodes: the centre of a star, the middle of chains, both ends of triangles and of diamonds. */
  at: string[];
  /** Instances that share them. */
  instances: number;
  /** Distinct other nodes of those. */
  others: number;
  /** One of them, in the order of the pattern: that of the others that most is built on directly. */
  nodes: PatternNode[];
}

/** Examples of a pattern. */
export interface PatternExamples {
  /** Which graph. */
  variant: AssetVariant;
  /** The pattern. */
  pattern: AssetPattern;
  /** Most instances first, ties by the names in code-unit order. */
  examples: PatternExample[];
}

/** Options of {@link patternExamples}. */
export interface PatternExamplesOptions extends PatternOptions {
  /** The pattern. */
  pattern: AssetPattern;
  /** How many examples. @default 5 */
  n?: number;
}

/** Places in an instance of the nodes that its group shares. */
const shared: Readonly<Record<ListedPattern, readonly number[]>> = {
  chain: [1],
  typedChain: [1],
  triangle: [0, 2],
  diamond: [0, 3],
  crossOrganizationChain: [1],
  crossOrganizationTypedChain: [1],
};

/**
 * Where a pattern is densest: the assets at the heart of most instances, with one instance in full.
 *
 * @throws {RangeError} when there is no such pattern or there are not owners for each node
 *
 * @example
 * ```ts
 * import { AssetGraph, patternExamples, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n";
 * const opt = "- type: model\n  name: OPT\n  dependencies: [The Pile]\n";
 * const chat = "- type: application\n  name: Chat\n  dependencies: [OPT]\n";
 * await Deno.writeTextFile(path, pile + opt + chat);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * patternExamples(graph, { pattern: "chain" }).examples[0].at; // ["OPT"]
 * await Deno.remove(path);
 * ```
 */
export function patternExamples(
  graph: AssetGraph,
  { pattern, n = 5, owners = ownersAsWritten(graph) }: PatternExamplesOptions,
): PatternExamples {
  if (!assetPatterns.includes(pattern)) {
    throw new RangeError(
      `Cannot find examples of the pattern "${pattern}": expected one of ${
        assetPatterns.map((name) => `"${name}"`).join(", ")
      }`,
    );
  }
  checkOwners(graph, owners);
  const neighbours = assetNeighbours(graph);
  const groups = pattern === "broadcast" || pattern === "funnel"
    ? stars(graph, pattern, neighbours)
    : listed(graph, pattern, { owners, neighbours });
  const examples = groups
    .map(({ at, ...rest }) => ({ at: at.map((node) => graph.names[node]), ...rest }))
    .sort((a, b) => b.instances - a.instances || byCodeUnits(a.at.join("\n"), b.at.join("\n")))
    .slice(0, n)
    .map(({ nodes, ...rest }) => ({
      ...rest,
      nodes: nodes.map((node) => patternNode(graph, node, owners)),
    }));
  return { variant: graph.variant, pattern, examples };
}

/** A node with its type and owners. */
export function patternNode(graph: AssetGraph, node: number, owners: AssetOwners): PatternNode {
  return {
    name: graph.names[node],
    type: graph.isDocumented(node) ? graph.assets[node].type : "undocumented",
    organizations: owners[node],
  };
}

/** Compares instances: those first whose nodes most is built on, ties by their names. */
export function byDependants(
  { names }: AssetGraph,
  { children }: AssetNeighbours,
): (a: readonly number[], b: readonly number[]) => number {
  const built = (nodes: readonly number[]) =>
    nodes.reduce((sum, node) => sum + children[node].length, 0);
  const text = (nodes: readonly number[]) => nodes.map((node) => names[node]).join("\n");
  return (a, b) => built(b) - built(a) || byCodeUnits(text(a), text(b));
}

interface Group {
  at: number[];
  instances: number;
  others: number;
  nodes: number[];
}

function stars(
  graph: AssetGraph,
  pattern: "broadcast" | "funnel",
  neighbours: AssetNeighbours,
): Group[] {
  const around = pattern === "broadcast" ? neighbours.children : neighbours.parents;
  const order = byDependants(graph, neighbours);
  return around.flatMap((leaves, centre) => {
    const instances = subsets(leaves.length, patternLeaves);
    if (instances === 0) return [];
    const few = [...leaves].sort((a, b) => order([a], [b])).slice(0, patternLeaves);
    const nodes = pattern === "broadcast" ? [centre, ...few] : [...few, centre];
    return [{ at: [centre], instances, others: leaves.length, nodes }];
  });
}

function listed(
  graph: AssetGraph,
  pattern: ListedPattern,
  options: { owners: AssetOwners; neighbours: AssetNeighbours },
): Group[] {
  const heart = (nodes: readonly number[]) => shared[pattern].map((place) => nodes[place]);
  const order = byDependants(graph, options.neighbours);
  const groups = Map.groupBy(
    patternInstances(graph, pattern, options),
    (nodes) => heart(nodes).join(" "),
  );
  return [...groups.values()].map((instances) => {
    const at = heart(instances[0]);
    return {
      at,
      instances: instances.length,
      others: new Set(instances.flat()).size - at.length,
      nodes: instances.reduce((best, nodes) => order(nodes, best) < 0 ? nodes : best),
    };
  });
}
