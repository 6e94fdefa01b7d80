import type { PatternsData } from "../../../lib/figure/assets/patterns.ts";
import {
  type AssetPattern,
  assetPatterns,
} from "../../../lib/measure/assets/patterns/asset_patterns.ts";
import type {
  PatternCensus,
  PatternRow,
} from "../../../lib/measure/assets/patterns/pattern_census.ts";
import type { PatternExamples } from "../../../lib/measure/assets/patterns/pattern_examples.ts";

type Numbers = [count: number, mean: number, low: number, high: number, p: number | null];

function rows(numbers: Record<AssetPattern, Numbers>): PatternRow[] {
  return assetPatterns.map((pattern) => {
    const [count, nullMean, low, high, p] = numbers[pattern];
    return {
      pattern,
      count,
      fixed: p === null,
      nullMean,
      nullSd: (high - low) / 4,
      interval: [low, high],
      ratio: nullMean === 0 ? null : count / nullMean,
      z: high === low ? null : (count - nullMean) / ((high - low) / 4),
      p,
      holm: p,
    };
  });
}

/** Two censuses with every kind of row: fixed, within chance, far above, none, and none in random graphs. */
export function patternsInput(n: (plain: string) => string): PatternsData {
  const census = { variant: "aliased", runs: 99, seed: 1, edges: 1234, inPlace: 5 } as const;
  const sizes = { broadcasters: 67, funnellers: 90 };
  const censuses: [PatternCensus, PatternCensus] = [{
    ...census,
    ...sizes,
    keeps: "typesAndOrder",
    steps: { first: 0, between: 0 },
    accepted: null,
    tests: 8,
    rows: rows({
      broadcast: [12_345, 900, 700, 1300, 0.02],
      funnel: [300, 290, 250, 330, 0.4],
      chain: [700, 500, 450, 550, 0.02],
      typedChain: [40, 30, 20, 45, 0.3],
      triangle: [900, 5, 1, 9, 0.02],
      diamond: [3, 0, 0, 0, 0.02],
      crossOrganizationChain: [20, 200, 150, 250, 0.02],
      crossOrganizationTypedChain: [0, 9, 4, 15, 0.02],
    }),
  }, {
    ...census,
    ...sizes,
    keeps: "degreesTypesAndOrder",
    steps: { first: 24_680, between: 12_340 },
    accepted: 0.5,
    tests: 4,
    rows: rows({
      broadcast: [12_345, 12_345, 12_345, 12_345, null],
      funnel: [300, 300, 300, 300, null],
      chain: [700, 700, 700, 700, null],
      typedChain: [40, 40, 40, 40, null],
      triangle: [900, 300, 240, 350, 0.02],
      diamond: [3, 2, 0, 5, 0.6],
      crossOrganizationChain: [20, 210, 150, 250, 0.02],
      crossOrganizationTypedChain: [0, 8, 3, 14, 0.02],
    }),
  }];
  const node = (name: string, type: "dataset" | "model" | "application" | "undocumented") => ({
    name: n(name),
    type,
    organizations: [n("Lab")],
  });
  const data = node("The Pile", "dataset");
  const model = node("GPT-J", "model");
  const app = node("Codex", "application");
  const web = node("Wikipedia", "undocumented");
  const nodes: Record<AssetPattern, PatternExamples["examples"][number]["nodes"]> = {
    broadcast: [data, model, app, node("T0", "model")],
    funnel: [web, data, model, app],
    chain: [web, data, model],
    typedChain: [data, model, app],
    triangle: [data, model, app],
    diamond: [web, data, node("P3", "dataset"), model],
    crossOrganizationChain: [data, model, app],
    crossOrganizationTypedChain: [],
  };
  return {
    censuses,
    examples: assetPatterns.map((pattern) => ({
      variant: "aliased",
      pattern,
      examples: nodes[pattern].length === 0
        ? []
        : [{ at: [nodes[pattern][0].name], instances: 7, others: 12, nodes: nodes[pattern] }],
    })),
  };
}
