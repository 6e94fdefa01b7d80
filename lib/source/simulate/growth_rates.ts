import { patience } from "./attachment.ts";
import { hubs } from "./hubs.ts";
import { fertileChildren, fertileRoots, publishedEdges } from "./published.ts";
import { faultRates, publishedModels, relationEdges } from "./published.ts";

/** Finetuned children of a hub that have children: few, so that the published families keep their order. */
export const hubFertility = 0.001;
/** Further parents of a merge with several. */
export const moreParentsMean = 1.96;

/** Rates of the background, so that together with the hubs the published totals come out. */
export interface GrowthRates {
  /** References by relation that neither hubs' children nor merges account for, in the published snapshot. */
  finetune: number;
  quantized: number;
  adapter: number;
  /** Probability that a model of the background is a child by relation, and that its parent is outside. */
  rate: Record<"finetune" | "quantized" | "adapter" | "untyped" | "merge" | "outside", number>;
  /** Probability that a model is fertile. */
  fertile: Record<"finetune" | "quantized" | "adapter" | "root", number>;
  /** Share of merges with several parents. */
  mergesOfSeveral: number;
}

/** The rates, from the published totals less what the hubs account for. */
export function growthRates(): GrowthRates {
  const left = { ...relationEdges } as Record<keyof typeof relationEdges, number>;
  const fertileLeft = { ...relationEdges } as Record<keyof typeof relationEdges, number>;
  let hubSide = hubs.length;
  let descendants = 0;
  for (const hub of hubs) {
    const share = hub.children;
    hubSide += share + (hub.descendants ?? 0);
    descendants += hub.descendants ?? 0;
    for (const name of ["finetune", "quantized", "adapter"] as const) {
      left[name] -= share * hub.mix[name];
      if (!hub.descendants) fertileLeft[name] -= share * hub.mix[name];
    }
  }
  const background = publishedModels - hubSide;
  const several = faultRates.severalParents * publishedModels;
  const merges = relationEdges.merge - several * moreParentsMean;
  const free = left.finetune + left.quantized + left.adapter;
  // Descendants of hubs take their part of the free references.
  const own = (free - descendants) / free / background;
  const roots = publishedModels - publishedEdges + several * moreParentsMean;
  // Some are still waiting for their first child when the history ends.
  const late = 1 + patience;
  const hubFertile = hubFertility * (relationEdges.finetune - fertileLeft.finetune);
  const outside = (faultRates.outside - faultRates.wrongCase) * publishedEdges;
  return {
    finetune: left.finetune,
    quantized: left.quantized,
    adapter: left.adapter,
    rate: {
      finetune: left.finetune * own,
      quantized: left.quantized * own,
      adapter: left.adapter * own,
      untyped: left.untyped / background,
      merge: merges / background,
      outside: outside / (free - descendants),
    },
    fertile: {
      finetune: late * (fertileChildren.finetune - hubFertile) / fertileLeft.finetune,
      quantized: late * fertileChildren.quantized / fertileLeft.quantized,
      adapter: late * fertileChildren.adapter / fertileLeft.adapter,
      root: late * fertileRoots / roots,
    },
    mergesOfSeveral: several / merges,
  };
}
