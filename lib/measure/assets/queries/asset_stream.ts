import { byCodeUnits } from "../../../core/compare.ts";
import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";
import { stepsFrom } from "../../../graph/steps_from.ts";
import type { EgoType } from "../asset_hubs.ts";

/** An asset upstream or downstream of another. */
export interface StreamAsset {
  /** Name of the asset, or of what is named and not documented. */
  name: string;
  /** Kind of the asset. */
  type: EgoType;
  /** As written; empty where none is known. */
  organization: string;
  /** Edges of the shortest way. */
  steps: number;
}

/** What lies upstream or downstream of an asset. */
export interface AssetStream {
  /** The graph that was walked. */
  variant: AssetVariant;
  /** The asset, as the graph spells it. */
  seed: string;
  /** Nearest first, ties by name; the asset itself is not among them. */
  assets: StreamAsset[];
}

/** Options of {@link assetsUpstream} and {@link assetsDownstream}. */
export interface AssetStreamOptions {
  /**
   * Most steps.
   * @default Infinity
   */
  steps?: number;
}

/**
 * What an asset was built on, through any number of steps.
 *
 * @throws {RangeError} when there is no asset of that name, naming those that are alike, or `steps` is no whole number of at least 1
 *
 * @example
 * ```ts
 * import { AssetGraph, assetsUpstream, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: model\n  name: OPT\n  dependencies: [The Pile]\n");
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * assetsUpstream(graph, "OPT").assets[0].name; // "The Pile"
 * await Deno.remove(path);
 * ```
 */
export function assetsUpstream(
  graph: AssetGraph,
  name: string,
  options: AssetStreamOptions = {},
): AssetStream {
  return stream(graph, name, { ...options, way: graph.dependencies });
}

/**
 * What was built on an asset, through any number of steps.
 *
 * @throws {RangeError} as {@link assetsUpstream}
 *
 * @example
 * ```ts
 * import { AssetGraph, assetsDownstream, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: model\n  name: OPT\n  dependencies: [The Pile]\n");
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * assetsDownstream(graph, "The Pile", { steps: 1 }).assets[0].name; // "OPT"
 * await Deno.remove(path);
 * ```
 */
export function assetsDownstream(
  graph: AssetGraph,
  name: string,
  options: AssetStreamOptions = {},
): AssetStream {
  return stream(graph, name, { ...options, way: graph.dependants });
}

function stream(
  graph: AssetGraph,
  name: string,
  { steps: most = Infinity, way }: AssetStreamOptions & { way: AssetGraph["dependants"] },
): AssetStream {
  if (!(most === Infinity || (Number.isInteger(most) && most >= 1))) {
    throw new RangeError(
      `Cannot walk ${most} steps: expected a whole number of at least 1, or Infinity`,
    );
  }
  const seed = graph.node(name);
  const steps = stepsFrom([way], [seed]);
  const assets: StreamAsset[] = [];
  for (let node = 0; node < graph.nodes; node++) {
    if (!(steps[node] >= 1 && steps[node] <= most)) continue;
    const asset = graph.isDocumented(node) ? graph.assets[node] : null;
    assets.push({
      name: graph.names[node],
      type: asset?.type ?? "undocumented",
      organization: asset?.organization ?? "",
      steps: steps[node],
    });
  }
  assets.sort((a, b) => a.steps - b.steps || byCodeUnits(a.name, b.name));
  return { variant: graph.variant, seed: graph.names[seed], assets };
}
