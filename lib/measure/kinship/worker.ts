/**
 * Thread that works on a range of parents (sums of pairs, Levenshtein similarities of edges) or of deals. All it gets lies in memory that
 * the threads share.
 *
 * @module
 */
/// <reference lib="deno.worker" />
import { type KinshipTask, runKinshipTask } from "./kinship_task.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<KinshipTask>) => void;
  postMessage(message: unknown): void;
};

scope.onmessage = ({ data }) => {
  try {
    scope.postMessage({ done: runKinshipTask(data) });
  } catch (error) {
    scope.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
