/**
 * One step of `deno task bench`, in a process of its own: prints its seconds and largest resident memory as JSON.
 *
 * @module
 */
import { buildLineage } from "../graph/build_lineage.ts";
import { measureModels } from "../measure/model_report.ts";
import { openModels, packModels } from "../snapshot/pack_models.ts";
import { readModels } from "../snapshot/read_models.ts";

/** What a step reports. */
export interface StepResult {
  seconds: number;
  /** Largest resident memory in MB; the current one where the system does not tell. */
  megabytes: number;
  /** Models that the step saw. */
  models: number;
}

/** Streams, splits at newlines and parses each line: the least that any program does with such a file. */
function base(path: string): number {
  const file = Deno.openSync(path);
  const decoder = new TextDecoder();
  const block = new Uint8Array(8 << 20);
  let rest = "";
  let models = 0;
  for (;;) {
    const length = file.readSync(block);
    if (length === null) break;
    const text = rest + decoder.decode(block.subarray(0, length), { stream: true });
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      if (typeof JSON.parse(text.slice(start, end)).id === "string") models++;
      start = end + 1;
    }
    rest = text.slice(start);
  }
  file.close();
  return models;
}

async function measure(path: string, workers?: number): Promise<number> {
  const snapshot = await readModels(path, { workers });
  return measureModels(snapshot, buildLineage(snapshot)).report.counts.models;
}

const steps: Record<string, (path: string, folder: string) => Promise<number> | number> = {
  base,
  measure: (path) => measure(path),
  measureOneThread: (path) => measure(path, 1),
  async pack(path, folder) {
    return (await packModels(path, { name: "bench", folder })).counts.models;
  },
  open: (_, folder) => openModels(folder).models,
  measurePacked(_, folder) {
    const snapshot = openModels(folder);
    return measureModels(snapshot, buildLineage(snapshot)).report.counts.models;
  },
};

function largestMemory(): number {
  try {
    const [, kilobytes] = Deno.readTextFileSync("/proc/self/status").match(/VmHWM:\s+(\d+) kB/)!;
    return Number(kilobytes) / 1000;
  } catch {
    return Deno.memoryUsage().rss / 1e6;
  }
}

if (import.meta.main) {
  const [step, path, folder] = Deno.args;
  const start = performance.now();
  const models = await steps[step](path, folder);
  const result: StepResult = {
    seconds: (performance.now() - start) / 1000,
    megabytes: largestMemory(),
    models,
  };
  console.log(JSON.stringify(result));
}
