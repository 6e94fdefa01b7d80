import type { AssetVariant } from "../../graph/assets.ts";
import type { AssetEgo } from "../../measure/assets/asset_hubs.ts";
import type { AssetConcentration } from "../../measure/assets/organizations/concentration.ts";
import type { FeedbackChannels } from "../../measure/assets/fields/feedback_channels.ts";
import type { ModalityTrends } from "../../measure/assets/fields/modality_trends.ts";
import type { OrganizationFlow } from "../../measure/assets/organizations/organizations.ts";
import type { SizeTrends } from "../../measure/assets/fields/size_trends.ts";
import type { PermissiveAssets } from "../../measure/assets/fields/permissive_assets.ts";
import type { Figure, FigureSource } from "../figure.ts";
import { type AssetGrowthData, assetGrowthFigure } from "./asset_growth.ts";
import { assetHubsFigure } from "./asset_hubs.ts";
import { concentrationFigure } from "./concentration.ts";
import { feedbackChannelsFigure } from "./feedback_channels.ts";
import { type HubRankingsData, hubRankingsFigure } from "./hub_rankings.ts";
import { type MediationData, mediationFigure } from "./mediation.ts";
import { type HubsMovedData, hubsMovedFigure } from "./hubs_moved.ts";
import { modalityTrendsFigure } from "./modality_trends.ts";
import { organizationFlowsFigure } from "./organization_flows.ts";
import { organizationSankeyFigure } from "./organization_sankey.ts";
import { type PatternsData, patternsFigure } from "./patterns.ts";
import { permissiveModalitiesFigure } from "./permissive_modalities.ts";
import { type ReleaseStrategyData, releaseStrategyFigure } from "./release_strategy.ts";
import { type RemovalData, removalFigure } from "./removal.ts";
import { sizeTrendsFigure } from "./size_trends.ts";

/** What the figures of the asset graph are drawn from. */
export interface AssetFigureInputs {
  /** Where the data come from. */
  source: FigureSource;
  /** The graph in which hubs and flows were counted. */
  variant: AssetVariant;
  /** Figure 1. */
  hubs: readonly AssetEgo[];
  /** Figure 2. */
  growth: AssetGrowthData;
  /** Figures 3 and 22; between the organizations of the table. */
  flows: readonly OrganizationFlow[];
  /** Figure 16; of models. */
  modalities: ModalityTrends;
  /** Figure 17. */
  permissive: PermissiveAssets;
  /** Figure 18. */
  sizes: SizeTrends;
  /** Figure 19. */
  releases: ReleaseStrategyData;
  /** Figure 20. */
  feedback: Pick<FeedbackChannels, "byType">;
  /** Figure 21. */
  rankings: HubRankingsData;
  /** Figure 23. */
  mediation: MediationData;
  /** Figure 24. */
  concentration: AssetConcentration;
  /** Figure 25. */
  removal: RemovalData;
  /** Figure 26. */
  patterns: PatternsData;
  /** Figure 27; null where no earlier snapshot was compared. @default null */
  hubsMoved?: HubsMovedData | null;
}

/** The figures of the asset graph, in the order of their numbers. */
export const assetFigures: [string, (assets: AssetFigureInputs) => Figure][] = [
  ["assetHubsFigure", (assets) => assetHubsFigure(assets.hubs, assets)],
  ["assetGrowthFigure", (assets) => assetGrowthFigure(assets.growth, assets)],
  [
    "organizationFlowsFigure",
    (assets) => organizationFlowsFigure(assets, { ...assets, resolved: true }),
  ],
  ["modalityTrendsFigure", (assets) => modalityTrendsFigure(assets.modalities, assets)],
  ["permissiveModalitiesFigure", (assets) => permissiveModalitiesFigure(assets.permissive, assets)],
  ["sizeTrendsFigure", (assets) => sizeTrendsFigure(assets.sizes, assets)],
  ["releaseStrategyFigure", (assets) => releaseStrategyFigure(assets.releases, assets)],
  ["feedbackChannelsFigure", (assets) => feedbackChannelsFigure(assets.feedback, assets)],
  ["hubRankingsFigure", (assets) => hubRankingsFigure(assets.rankings, assets)],
  [
    "organizationSankeyFigure",
    (assets) => organizationSankeyFigure(assets, { ...assets, resolved: true }),
  ],
  [
    "mediationFigure",
    (assets) => mediationFigure(assets.mediation, { ...assets, resolved: true }),
  ],
  [
    "concentrationFigure",
    (assets) => concentrationFigure(assets.concentration, { ...assets, resolved: true }),
  ],
  ["removalFigure", (assets) => removalFigure(assets.removal, assets)],
  ["patternsFigure", (assets) => patternsFigure(assets.patterns, { ...assets, resolved: true })],
  ["hubsMovedFigure", (assets) => hubsMovedFigure(assets.hubsMoved ?? null, assets)],
];
