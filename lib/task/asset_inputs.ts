import type { AssetFigureInputs } from "../figure/assets/asset_figures.ts";
import { resolveOwners } from "../graph/asset_owners.ts";
import { AssetGraph } from "../graph/assets.ts";
import { assetGrowth } from "../measure/assets/fields/asset_growth.ts";
import { assetEgo, directHubs } from "../measure/assets/asset_hubs.ts";
import type { AssetTables } from "../measure/assets/fields/asset_row.ts";
import { blastRanking } from "../measure/assets/removal/blast_ranking.ts";
import { assetPatterns } from "../measure/assets/patterns/asset_patterns.ts";
import { assetConcentration } from "../measure/assets/organizations/concentration.ts";
import { feedbackChannels } from "../measure/assets/fields/feedback_channels.ts";
import { hubRankings, hubVariantAgreement } from "../measure/assets/hub_rankings.ts";
import { mediatedPairs } from "../measure/assets/organizations/mediated_pairs.ts";
import { mediation } from "../measure/assets/organizations/mediation.ts";
import { modalityTrends } from "../measure/assets/fields/modality_trends.ts";
import { organizationFlows } from "../measure/assets/organizations/organizations.ts";
import { patternCensus } from "../measure/assets/patterns/pattern_census.ts";
import { patternExamples } from "../measure/assets/patterns/pattern_examples.ts";
import { permissiveAssets } from "../measure/assets/fields/permissive_assets.ts";
import { licenseTrends, releaseTrends } from "../measure/assets/fields/release_trends.ts";
import { sizeTrends } from "../measure/assets/fields/size_trends.ts";
import { worstRemovals } from "../measure/assets/removal/worst_removals.ts";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import type { OrganizationAliases } from "../source/organization_aliases.ts";
import { hubsMovedData } from "./hubs_moved_data.ts";
import { sourceOf } from "../figure/source_of.ts";

/** The hubs that the field wrote about in 2023; shown where the data has them. */
const hubsOf2023 = ["The Pile", "P3", "PaLM", "ChatGPT API"];
/** What the figures of the asset graph are drawn from; the graph is the aliased one. */
export function assetInputs(
  snapshot: AssetSnapshot,
  { aliases, tables, before }: {
    /** Table of organizations. */
    aliases: OrganizationAliases;
    /** Tables of licenses and modalities. */
    tables: AssetTables;
    /** An earlier snapshot; null for a cut by date of this one. @default null */
    before?: AssetSnapshot | null;
  },
): AssetFigureInputs {
  const graph = new AssetGraph(snapshot);
  const owners = resolveOwners(graph, aliases);
  const mediated = mediation(graph, { owners });
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
    modalities: modalityTrends(snapshot, tables.modalities),
    permissive: permissiveAssets(snapshot, tables),
    sizes: sizeTrends(snapshot, { organizations: aliases }),
    releases: {
      releases: (["model", "dataset", "application"] as const).map((type) =>
        releaseTrends(snapshot, { type })
      ),
      licenses: licenseTrends(snapshot, tables.licenses),
    },
    feedback: feedbackChannels(snapshot),
    rankings: { rankings: hubRankings(graph), variants: hubVariantAgreement(snapshot) },
    mediation: {
      mediation: mediated,
      carried: mediated.models.map(({ name }) => mediatedPairs(graph, { model: name, owners })),
    },
    concentration: assetConcentration(graph, { owners }),
    removal: { ranking: blastRanking(graph), worst: worstRemovals(graph, { k: 12 }) },
    patterns: {
      censuses: [
        patternCensus(graph, { owners, keeps: "typesAndOrder" }),
        patternCensus(graph, { owners }),
      ],
      examples: assetPatterns.map((pattern) => patternExamples(graph, { pattern, n: 1, owners })),
    },
    hubsMoved: hubsMovedData(snapshot, { before, variant: graph.variant }),
  };
}
