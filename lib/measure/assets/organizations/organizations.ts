import { byCodeUnits } from "../../../core/compare.ts";
import {
  type AssetOwners,
  assetsByOwner,
  checkOwners,
  ownersAsWritten,
} from "../../../graph/asset_owners.ts";
import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";
import { descendants } from "../../../graph/reach.ts";

/** Options of the measures of organizations. */
export interface OrganizationsOptions {
  /**
   * Who owns which asset.
   * @default ownersAsWritten(graph)
   */
  owners?: AssetOwners;
}

/** Options of {@link organizationImpact}. */
export interface OrganizationImpactOptions extends OrganizationsOptions {
  /**
   * How many organizations are listed.
   * @default 10
   */
  n?: number;
}

/** What an organization's assets mean to others. */
export interface OrganizationImpact {
  /** Name of the organization. */
  name: string;
  /** Assets that it owns, alone or with others. */
  assets: number;
  /** Assets with a known owner that it does not own itself, downstream of any of its own. */
  externalDependants: number;
  /** Other organizations that own those. */
  externalOrganizations: number;
}

/** Organizations by their impact, and the graph in which it was counted. */
export interface OrganizationImpacts {
  /** The graph. */
  variant: AssetVariant;
  /** Organizations that own an asset. */
  organizations: number;
  /** Assets with a known owner. */
  assets: number;
  /** The first of them. */
  impacts: OrganizationImpact[];
}

/**
 * Organizations by the assets of others that build on theirs through any number of steps, ties by code-unit order of the name
 * (Bommasani et al. 2023: who mediates between institutions). An asset of two organizations counts for each, and is external to neither;
 * assets without a known owner count for none, though paths lead through them.
 *
 * @throws {RangeError} when there are not as many entries of owners as nodes
 *
 * @example
 * ```ts
 * import { AssetGraph, organizationImpact, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * const [first] = organizationImpact(graph).impacts;
 * first; // { name: "EleutherAI", assets: 1, externalDependants: 1, externalOrganizations: 1 }
 * await Deno.remove(path);
 * ```
 */
export function organizationImpact(
  graph: AssetGraph,
  { owners = ownersAsWritten(graph), n = 10 }: OrganizationImpactOptions = {},
): OrganizationImpacts {
  const owned = assetsByOwner(graph, owners);
  const impacts = [...owned].map(([name, nodes]): OrganizationImpact => {
    // The seeds are all that it owns, and no seed is among the descendants.
    const others = Array.from(descendants(graph.dependants, nodes))
      .filter((node) => owners[node].length > 0);
    return {
      name,
      assets: nodes.length,
      externalDependants: others.length,
      externalOrganizations: new Set(others.flatMap((node) => owners[node])).size,
    };
  });
  return {
    variant: graph.variant,
    organizations: owned.size,
    assets: owners.filter((names) => names.length > 0).length,
    impacts: impacts
      .sort((a, b) => b.externalDependants - a.externalDependants || byCodeUnits(a.name, b.name))
      .slice(0, n),
  };
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

/** Flows between organizations, and the graph in which they were counted. */
export interface OrganizationFlows {
  /** The graph. */
  variant: AssetVariant;
  /** Distinct edges that the flows count, each once however many owners its ends have. */
  edges: number;
  /** Distinct edges whose ends share an owner; counted in `edges` too where the ends have other owners besides. */
  internal: number;
  /** Edges of which an end has no known owner; no part of any flow. */
  unowned: number;
  /** All flows. */
  flows: OrganizationFlow[];
}

/**
 * All flows between different organizations, most edges first, ties by code-unit order. An edge counts one from each owner of the
 * dependency to each owner of the dependant, except from an owner to itself: a flow of 7 is seven dependencies, not a sum of shares, and
 * the flows may add up to more than `edges`.
 *
 * @throws {RangeError} when there are not as many entries of owners as nodes
 *
 * @example
 * ```ts
 * import { AssetGraph, organizationFlows, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * organizationFlows(graph).flows; // [{ from: "EleutherAI", to: "Meta", edges: 1 }]
 * await Deno.remove(path);
 * ```
 */
export function organizationFlows(
  graph: AssetGraph,
  { owners = ownersAsWritten(graph) }: OrganizationsOptions = {},
): OrganizationFlows {
  checkOwners(graph, owners);
  const sets = owners.map((names) => new Set(names));
  const counts = new Map<string, Map<string, OrganizationFlow>>();
  let edges = 0;
  let internal = 0;
  let unowned = 0;
  for (let e = 0; e < graph.edges; e++) {
    const givers = sets[graph.dependency[e]];
    const takers = sets[graph.dependant[e]];
    if (givers.size === 0 || takers.size === 0) {
      unowned++;
      continue;
    }
    let crosses = false;
    for (const from of givers) {
      const row = counts.get(from) ?? new Map<string, OrganizationFlow>();
      counts.set(from, row);
      for (const to of takers) {
        if (from === to) continue;
        crosses = true;
        const flow = row.get(to) ?? { from, to, edges: 0 };
        flow.edges++;
        row.set(to, flow);
      }
    }
    if (crosses) edges++;
    if (!givers.isDisjointFrom(takers)) internal++;
  }
  return {
    variant: graph.variant,
    edges,
    internal,
    unowned,
    flows: [...counts.values()].flatMap((row) => [...row.values()]).sort((a, b) =>
      b.edges - a.edges || byCodeUnits(a.from, b.from) || byCodeUnits(a.to, b.to)
    ),
  };
}
