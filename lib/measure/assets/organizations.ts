import { byCodeUnits } from "../../core/compare.ts";
import type { AssetGraph } from "../../graph/assets.ts";
import { descendants } from "../../graph/reach.ts";

/** What an organization's assets mean to others. */
export interface OrganizationImpact {
  /** Name as the data spells it. */
  name: string;
  /** Assets it owns. */
  assets: number;
  /** Assets of other organizations that lie downstream of any of its own. */
  externalDependants: number;
  /** Organizations that own those. */
  externalOrganizations: number;
}

/**
 * Organizations by the assets of others that build on theirs through any number of steps, ties by code-unit order of the name
 * (Bommasani et al. 2023: who mediates between institutions). Organizations are taken as they are written; assets without one, or of
 * an unknown one, belong to none.
 *
 * @example
 * ```ts
 * import { AssetGraph, organizationImpact, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * organizationImpact(graph)[0]; // { name: "EleutherAI", assets: 1, externalDependants: 1, externalOrganizations: 1 }
 * await Deno.remove(path);
 * ```
 */
export function organizationImpact(
  graph: AssetGraph,
  { n = 10 }: { /** @default 10 */ n?: number } = {},
): OrganizationImpact[] {
  const owner = graph.assets.map(({ organization }) => organization);
  const owned = Map.groupBy(owner.keys(), (node) => owner[node]);
  owned.delete("");
  return [...owned]
    .map(([name, nodes]) => {
      // The seeds are all that it owns, and no seed is among the descendants.
      const others = Array.from(descendants(graph.dependants, nodes))
        .filter((node) => graph.isDocumented(node) && owner[node] !== "");
      return {
        name,
        assets: nodes.length,
        externalDependants: others.length,
        externalOrganizations: new Set(others.map((node) => owner[node])).size,
      };
    })
    .sort((a, b) => b.externalDependants - a.externalDependants || byCodeUnits(a.name, b.name))
    .slice(0, n);
}

/** Edges from one organization's assets to another's. */
export interface OrganizationFlow {
  /** Owner of the dependency. */
  from: string;
  /** Owner of the dependant. */
  to: string;
  /** Number of edges. */
  edges: number;
}

/**
 * All flows between different organizations, most edges first, ties by code-unit order; assets without a known organization have
 * no part in them.
 *
 * @example
 * ```ts
 * import { AssetGraph, organizationFlows, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * organizationFlows(graph); // [{ from: "EleutherAI", to: "Meta", edges: 1 }]
 * await Deno.remove(path);
 * ```
 */
export function organizationFlows(graph: AssetGraph): OrganizationFlow[] {
  const owner = graph.assets.map(({ organization }) => organization);
  const counts = new Map<string, OrganizationFlow>();
  for (let e = 0; e < graph.edges; e++) {
    if (!graph.isDocumented(graph.dependency[e])) continue;
    const from = owner[graph.dependency[e]];
    const to = owner[graph.dependant[e]];
    if (from === to || from === "" || to === "") continue;
    const key = JSON.stringify([from, to]);
    const flow = counts.get(key) ?? { from, to, edges: 0 };
    flow.edges++;
    counts.set(key, flow);
  }
  return [...counts.values()].sort((a, b) =>
    b.edges - a.edges || byCodeUnits(a.from, b.from) || byCodeUnits(a.to, b.to)
  );
}
