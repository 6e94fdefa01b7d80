import type { Job, Outcome } from "./jobs.ts";

/** How jobs are shared. */
export interface ShareOptions {
  /** Threads, at least 1. */
  workers: number;
  /** Called after each job with how many are done. */
  onDone?: (done: number) => void;
}

/**
 * Runs jobs in threads, each thread one at a time.
 *
 * @returns The outcomes in the order of the jobs, whichever thread was faster.
 * @throws {Error} when a job fails
 */
export async function shareJobs(
  jobs: readonly Job[],
  { workers, onDone }: ShareOptions,
): Promise<Outcome[]> {
  const outcomes = new Array<Outcome>(jobs.length);
  let next = 0;
  let done = 0;
  const threads = Array.from(
    { length: Math.min(workers, jobs.length) },
    () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }),
  );
  try {
    await Promise.all(threads.map(async (thread) => {
      while (next < jobs.length) {
        const i = next++;
        outcomes[i] = await ask(thread, jobs[i]);
        onDone?.(++done);
      }
    }));
  } finally {
    for (const thread of threads) thread.terminate();
  }
  return outcomes;
}

function ask(thread: Worker, job: Job): Promise<Outcome> {
  return new Promise<Outcome>((resolve, reject) => {
    const fail = (message: string) =>
      reject(new Error(`Cannot measure ${job.do} with seed ${job.seed}: ${message}`));
    thread.onmessage = (
      { data }: MessageEvent<{ outcome: Outcome } | { error: string }>,
    ) => {
      if ("error" in data) fail(data.error);
      else resolve(data.outcome);
    };
    thread.onerror = (event) => {
      event.preventDefault();
      fail(event.message);
    };
    thread.postMessage(job);
  });
}
