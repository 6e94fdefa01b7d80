import type { AssetFigureInputs } from "../../lib/figure/assets/asset_figures.ts";
import type { FigureSource } from "../../lib/figure/figure.ts";
import { concentrationInput } from "./assets/concentration_input.ts";
import { feedbackInput } from "./assets/feedback_input.ts";
import { hubRankingsInput } from "./assets/hub_rankings_input.ts";
import { mediationInput } from "./assets/mediation_input.ts";
import { hubsMovedInput } from "./assets/hubs_moved_input.ts";
import { modalityInput } from "./assets/modality_input.ts";
import { patternsInput } from "./assets/patterns_input.ts";
import { permissiveInput } from "./assets/permissive_input.ts";
import { releaseInput } from "./assets/release_input.ts";
import { removalInput } from "./assets/removal_input.ts";
import { sizeInput } from "./assets/size_input.ts";

/**
 * Rows for the figures of the asset graph, small enough to check by hand.
 *
 * @param n Gives the name that stands for a plain one.
 * @param source Where the rows say they come from.
 */
export function assetInput(n: (plain: string) => string, source: FigureSource): AssetFigureInputs {
  const asset = (name: string, type: "model" | "dataset" | "application", dependants: number) => ({
    name: n(name),
    type,
    organization: n("Lab"),
    dependants,
  });
  return {
    source,
    variant: "aliased",
    hubs: [{
      hub: { name: n("The Pile"), type: "dataset", organization: n("Lab") },
      dependants: [
        asset("GPT-J", "model", 2),
        asset("GPT-NeoX", "model", 0),
        asset("Codex", "application", 0),
      ],
      edges: [{ from: n("GPT-J"), to: n("Codex") }],
      transitive: 4,
    }, {
      hub: { name: n("P3"), type: "dataset", organization: n("Science") },
      dependants: [asset("T0", "model", 1), {
        name: n("arXiv reader"),
        type: "undocumented",
        organization: "",
        dependants: 0,
      }],
      edges: [],
      transitive: 2,
    }, {
      hub: { name: n("Alone"), type: "model", organization: "" },
      dependants: [],
      edges: [],
      transitive: 0,
    }],
    growth: {
      months: [
        { month: "2009-05", type: "dataset", added: 1 },
        { month: "2021-11", type: "model", added: 40 },
        { month: "2022-02", type: "model", added: 60 },
        { month: "2022-02", type: "application", added: 3 },
        { month: "2022-03", type: "dataset", added: 7 },
      ],
      undated: 2,
    },
    flows: [
      { from: n("Lab"), to: n("Science"), edges: 5 },
      { from: n("Science"), to: n("Lab"), edges: 1 },
      { from: n("Lab"), to: n("Startup"), edges: 2 },
    ],
    modalities: modalityInput(n),
    permissive: permissiveInput(n),
    sizes: sizeInput(n),
    releases: releaseInput(n),
    feedback: feedbackInput(),
    rankings: hubRankingsInput(n),
    mediation: mediationInput(n),
    concentration: concentrationInput(n),
    removal: removalInput(n),
    patterns: patternsInput(n),
    hubsMoved: hubsMovedInput(n),
  };
}
