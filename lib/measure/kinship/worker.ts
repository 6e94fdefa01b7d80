/**
 * Thread that works on a range of parents (sums of pairs, Levenshtein similarities of edges) or of deals. All it gets lies in memory that
 * the threads share.
 *
 * @module
 */
/// <reference lib="deno.worker" />
import type { KinshipTask } from "./kinship_pool.ts";
import { edgeSimilarities } from "./edge_similarities.ts";
import { pairSums } from "./pair_sums.ts";
import { dealChildren } from "./permutation.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<KinshipTask>) => void;
  postMessage(message: unknown): void;
};

scope.onmessage = ({ data: task }) => {
  try {
    if (task.do === "pairs") scope.postMessage({ done: pairSums(task.graph, task.vectors, task) });
    else if (task.do === "deals") {
      scope.postMessage({ done: dealChildren(task.places, task.vectors, task) });
    } else {
      edgeSimilarities(task.graph, task);
      scope.postMessage({ done: null });
    }
  } catch (error) {
    scope.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
