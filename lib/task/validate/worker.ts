/**
 * Thread that measures one ecosystem after the other.
 *
 * @module
 */
/// <reference lib="deno.worker" />
import { type Job, runJob } from "./jobs.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<Job>) => void;
  postMessage(message: unknown): void;
};

scope.onmessage = async ({ data: job }) => {
  try {
    scope.postMessage({ outcome: await runJob(job) });
  } catch (error) {
    scope.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
