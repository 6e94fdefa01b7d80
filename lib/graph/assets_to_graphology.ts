import { DirectedGraph } from "graphology";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import { version } from "../version.ts";
import { AssetGraph, type AssetVariant } from "./assets.ts";
import type { GraphNote } from "./to_graphology.ts";
import { nodeKey } from "./node_key.ts";
import { describeSelection, type NodeSelection, selectNodes } from "./select_nodes.ts";

/** Attributes of an asset in a graphology graph; null where nothing is documented. */
export type AssetNode = {
  /** The asset's name, exactly. */
  label: string;
  type: "dataset" | "model" | "application" | null;
  /** As written; several may be in one text. */
  organization: string | null;
  /** `YYYY-MM-DD`. */
  created_date: string | null;
  /** False for a name that others depend on and nobody documented. */
  documented: boolean;
};

/** An asset graph, or a part of it, as a graphology graph. */
export type AssetView = DirectedGraph<
  AssetNode,
  Record<string, never>,
  GraphNote
>;

/** Options of {@link assetsToGraphology}. */
export interface AssetsToGraphologyOptions extends NodeSelection {
  /**
   * Which nodes there are.
   * @default "aliased"
   */
  variant?: AssetVariant;
}

/**
 * A weak component (`family`), a neighbourhood or the whole of an asset graph as a graphology graph: the nodes selected and every edge
 * between them, dependency to dependant. Keys are names (see {@link nodeKey} for the few that cannot be keys), edges have no attributes.
 *
 * @throws {TypeError} when options contradict each other
 * @throws {RangeError} when a name is not in the graph, there is no such variant, or there are more nodes than the limit
 *
 * @example
 * ```ts
 * import { assetsToGraphology, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: The Pile\n  dependencies: [arXiv]\n");
 * const graph = assetsToGraphology(await readAssetSnapshot(path), { around: "The Pile", direction: "up" });
 * graph.inNeighbors("The Pile"); // ["arXiv"]
 * await Deno.remove(path);
 * ```
 */
export function assetsToGraphology(
  snapshot: AssetSnapshot,
  options: AssetsToGraphologyOptions = {},
): AssetView {
  const assets = new AssetGraph(snapshot, { variant: options.variant });
  const { dependants, dependencies } = assets;
  const find = (name: string) => assets.node(name);
  const nodes = selectNodes({ children: dependants, parents: dependencies }, { ...options, find });
  const simulated = snapshot.origin.simulated ? " (simulated)" : "";
  const graph = new DirectedGraph<AssetNode, Record<string, never>, GraphNote>();
  graph.setAttribute("creator", `kindred ${version}`);
  graph.setAttribute(
    "description",
    `${
      describeSelection(options)
    } in the graph "${assets.variant}" of the assets of ${snapshot.name}${simulated}`,
  );
  const inside = new Uint8Array(assets.nodes);
  for (const node of nodes) {
    inside[node] = 1;
    const label = assets.names[node];
    const asset = assets.isDocumented(node) ? assets.assets[node] : null;
    graph.addNode(nodeKey(label), {
      label,
      type: asset?.type ?? null,
      organization: asset?.organization || null,
      created_date: asset === null || Number.isNaN(asset.created)
        ? null
        : new Date(asset.created).toISOString().slice(0, 10),
      documented: asset !== null,
    });
  }
  const { offsets, targets, edges } = dependants;
  for (const node of nodes) {
    for (let i = offsets[node]; i < offsets[node + 1]; i++) {
      if (inside[targets[i]] === 0) continue;
      graph.addDirectedEdgeWithKey(
        `${edges[i]}`,
        nodeKey(assets.names[node]),
        nodeKey(assets.names[targets[i]]),
      );
    }
  }
  return graph;
}
