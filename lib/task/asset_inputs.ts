import type { AssetFigureInputs } from "../figure/assets/asset_figures.ts";
import { resolveOwners } from "../graph/asset_owners.ts";
import { AssetGraph } from "../graph/assets.ts";
import { assetGrowth } from "../measure/assets/asset_growth.ts";
import { assetEgo, directHubs } from "../measure/assets/asset_hubs.ts";
import { hubRankings, hubVariantAgreement } from "../measure/assets/hub_rankings.ts";
import { organizationFlows } from "../measure/assets/organizations.ts";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import type { OrganizationAliases } from "../source/organization_aliases.ts";
import { sourceOf } from "./source_of.ts";

/** The hubs that the field wrote about in 2023; shown where the data has them. */
const hubsOf2023 = ["The Pile", "P3", "PaLM", "ChatGPT API"];
/** What the figures of the asset graph are drawn from; the graph is the aliased one. */
export function assetInputs(
  snapshot: AssetSnapshot,
  { aliases }: { /** Table of organizations. */ aliases: OrganizationAliases },
): AssetFigureInputs {
  const graph = new AssetGraph(snapshot);
  const owners = resolveOwners(graph, aliases);
  const known = new Set(graph.names);
  const hubs = hubsOf2023.every((name) => known.has(name))
    ? hubsOf2023
    : directHubs(graph, { n: hubsOf2023.length }).map(({ name }) => name);
  return {
    source: sourceOf(snapshot),
    variant: graph.variant,
    hubs: hubs.map((name) => assetEgo(graph, name)).sort((a, b) =>
      b.dependants.length - a.dependants.length
    ),
    growth: assetGrowth(snapshot),
    flows: organizationFlows(graph, { owners }).flows,
    rankings: { rankings: hubRankings(graph), variants: hubVariantAgreement(snapshot) },
  };
}
