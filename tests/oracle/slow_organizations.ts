import type { AssetGraph } from "../../lib/graph/assets.ts";
import type { AssetOwners } from "../../lib/graph/asset_owners.ts";

/** Which nodes a path of at least one edge leads to from each node, by squaring the relation until nothing changes. */
function reachable({ nodes, edges, dependency, dependant }: AssetGraph): boolean[][] {
  const reach = Array.from({ length: nodes }, () => new Array<boolean>(nodes).fill(false));
  for (let e = 0; e < edges; e++) reach[dependency[e]][dependant[e]] = true;
  for (let via = 0; via < nodes; via++) {
    for (let a = 0; a < nodes; a++) {
      for (let b = 0; b < nodes; b++) {
        if (reach[a][via] && reach[via][b]) reach[a][b] = true;
      }
    }
  }
  return reach;
}

/** Impact of every organization, straight from its definition: assets, external dependants, their organizations. */
export function slowImpact(
  graph: AssetGraph,
  owners: AssetOwners,
): Map<string, [assets: number, dependants: number, organizations: number]> {
  const reach = reachable(graph);
  const nodes = [...owners.keys()];
  return new Map([...new Set(owners.flat())].map((name) => {
    const own = nodes.filter((node) => owners[node].includes(name));
    const external = nodes.filter((node) =>
      owners[node].length > 0 && !owners[node].includes(name) &&
      own.some((from) => reach[from][node])
    );
    const others = new Set(external.flatMap((node) => owners[node]));
    return [name, [own.length, external.length, others.size]];
  }));
}

/** Edges from assets of one organization to assets of another, straight from its definition. */
export function slowFlow(
  graph: AssetGraph,
  owners: AssetOwners,
  [from, to]: [string, string],
): number {
  return [...graph.dependency.keys()].filter((e) =>
    from !== to && owners[graph.dependency[e]].includes(from) &&
    owners[graph.dependant[e]].includes(to)
  ).length;
}
