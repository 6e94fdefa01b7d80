import type { TermVectors } from "../../core/term_vectors.ts";
import type { DealPlaces } from "./deal_places.ts";
import { edgeSimilarities, type EdgeTexts } from "./edge_similarities.ts";
import type { KinshipGraph } from "./graph.ts";
import { type KinshipFamilies, type PairSums, pairSums } from "./pair_sums.ts";
import { dealChildren, type Deals } from "./permutation.ts";

/** A part of the work on a graph: of its parents, or of the deals. */
export type KinshipTask =
  | {
    do: "pairs";
    graph: KinshipGraph;
    vectors: TermVectors;
    families: KinshipFamilies | null;
    from: number;
    to: number;
  }
  | {
    do: "deals";
    places: DealPlaces;
    vectors: TermVectors;
    deals: number;
    first: number;
    seed: number;
  }
  | { do: "levenshtein"; graph: Pick<KinshipGraph, "childOffsets" | "children"> } & EdgeTexts;

/** Does a part of the work. */
export function runKinshipTask(task: KinshipTask): PairSums | Deals | null {
  if (task.do === "pairs") return pairSums(task.graph, task.vectors, task);
  if (task.do === "deals") return dealChildren(task.places, task.vectors, task);
  edgeSimilarities(task.graph, task);
  return null;
}
