import { byCodeUnits } from "../../core/compare.ts";
import type { AssetGraph } from "../../graph/assets.ts";
import { descendants } from "../../graph/reach.ts";

/** An asset and how many others build on it. */
export interface AssetHub {
  /** Name of the asset. */
  name: string;
  /** Number of other assets that build on it. */
  dependants: number;
}

/** Distinct nodes that name a node as dependency, itself left out. */
export function directDependants(
  { dependants: { offsets, targets } }: AssetGraph,
  node: number,
): number[] {
  return Array.from(targets.subarray(offsets[node], offsets[node + 1])).filter((other) =>
    other !== node
  );
}

function ranked(
  { nodes, names }: AssetGraph,
  count: (node: number) => number,
  n: number,
): AssetHub[] {
  return Array.from(
    { length: nodes },
    (_, node) => ({ name: names[node], dependants: count(node) }),
  )
    .filter(({ dependants }) => dependants > 0)
    .sort((a, b) => b.dependants - a.dependants || byCodeUnits(a.name, b.name))
    .slice(0, n);
}

/**
 * Assets with the most direct dependants, ties by code-unit order of the name; nobody is their own dependant (Bommasani et al. 2023,
 * section 4).
 *
 * @example
 * ```ts
 * import { AssetGraph, directHubs, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * directHubs(graph); // [{ name: "The Pile", dependants: 1 }]
 * await Deno.remove(path);
 * ```
 */
export function directHubs(
  graph: AssetGraph,
  { n = 10 }: { /** @default 10 */ n?: number } = {},
): AssetHub[] {
  return ranked(graph, (node) => directDependants(graph, node).length, n);
}

/**
 * Assets with the most dependants through any number of steps, ties by code-unit order of the name.
 *
 * @example
 * ```ts
 * import { AssetGraph, readAssetSnapshot, transitiveHubs } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * transitiveHubs(graph, { n: 1 }); // [{ name: "The Pile", dependants: 1 }]
 * await Deno.remove(path);
 * ```
 */
export function transitiveHubs(
  graph: AssetGraph,
  { n = 10 }: { /** @default 10 */ n?: number } = {},
): AssetHub[] {
  return ranked(graph, (node) => descendants(graph.dependants, [node]).length, n);
}

/** A hub and what builds on it directly. */
export interface AssetEgo {
  /** The asset in the middle. */
  hub: { name: string; type: EgoType; organization: string };
  /** Most depended on first, then by name; `dependants` counts what builds on them directly. */
  dependants: { name: string; type: EgoType; organization: string; dependants: number }[];
  /** Edges between those dependants. */
  edges: { from: string; to: string }[];
  /** Everything downstream of the hub. */
  transitive: number;
}

/** Type of a node in an ego graph; stubs are undocumented. */
export type EgoType = "dataset" | "model" | "application" | "undocumented";

/**
 * The ego graph of an asset: itself, its direct dependants and the edges between them.
 *
 * @throws {RangeError} when there is no asset of that name
 *
 * @example
 * ```ts
 * import { assetEgo, AssetGraph, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * assetEgo(graph, "The Pile").dependants[0].name; // "OPT"
 * await Deno.remove(path);
 * ```
 */
export function assetEgo(graph: AssetGraph, name: string): AssetEgo {
  const describe = (node: number) => ({
    name: graph.names[node],
    type: graph.isDocumented(node) ? graph.assets[node].type : "undocumented" as EgoType,
    organization: graph.isDocumented(node) ? graph.assets[node].organization : "",
  });
  const node = graph.node(name);
  const around = directDependants(graph, node);
  const inside = new Set(around);
  const edges: AssetEgo["edges"] = [];
  for (const from of around) {
    for (const to of directDependants(graph, from)) {
      if (inside.has(to)) edges.push({ from: graph.names[from], to: graph.names[to] });
    }
  }
  return {
    hub: describe(node),
    dependants: around
      .map((other) => ({ ...describe(other), dependants: directDependants(graph, other).length }))
      .sort((a, b) => b.dependants - a.dependants || byCodeUnits(a.name, b.name)),
    edges,
    transitive: descendants(graph.dependants, [node]).length,
  };
}
