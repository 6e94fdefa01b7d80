import { byCodeUnits } from "../core/compare.ts";
import type { AssetGraph } from "../graph/assets.ts";
import { descendants } from "../graph/reach.ts";

/** What an organization's assets mean to others. */
export interface OrganizationImpact {
  name: string;
  /** Assets it owns. */
  assets: number;
  /** Assets of other organizations that lie downstream of any of its own. */
  externalDependants: number;
  /** Organizations that own those. */
  externalOrganizations: number;
}

/**
 * Organizations by the assets of others that build on theirs through any number of steps, ties by code-unit order of the name.
 * Organizations are taken as they are written; assets without one belong to none.
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
      const others = Array.from(descendants(graph.dependants, nodes))
        .filter((node) => graph.isDocumented(node) && owner[node] !== "" && owner[node] !== name);
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
  edges: number;
}

/** All flows between different organizations, most edges first, ties by code-unit order. */
export function organizationFlows(graph: AssetGraph): OrganizationFlow[] {
  const counts = new Map<string, OrganizationFlow>();
  for (let e = 0; e < graph.edges; e++) {
    if (!graph.isDocumented(graph.dependency[e])) continue;
    const from = graph.assets[graph.dependency[e]].organization;
    const to = graph.assets[graph.dependant[e]].organization;
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
