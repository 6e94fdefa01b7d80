/**
 * One step of `deno task bench`, in a process of its own: prints its seconds and largest resident memory as JSON.
 *
 * @module
 */
import { buildLineage } from "../graph/build_lineage.ts";
import { measureModels, measureModelsAndText } from "../measure/model_report.ts";
import { modelBlastRadius } from "../measure/models_without.ts";
import { worstModels } from "../measure/worst_models.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { openModelsAndText } from "../snapshot/open_text.ts";
import { openModels, packModels } from "../snapshot/pack_models.ts";
import { readModels, readModelsAndText } from "../snapshot/read_models.ts";
import type { TextIndex } from "../snapshot/text_index.ts";
import { vocabularyLine } from "./print_kinship.ts";

/** What a step reports. */
export interface StepResult {
  seconds: number;
  /** Peak of resident memory in MB (10^6 bytes), null where the system does not tell. */
  megabytes: number | null;
  /** Models that the step saw. */
  models: number;
  /** What else it found. */
  note?: string;
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

type Outcome = Pick<StepResult, "models" | "note">;

async function report(
  { snapshot, text }: { snapshot: ModelSnapshot; text: TextIndex },
  { workers }: { workers?: number } = {},
): Promise<Outcome> {
  const found = await measureModelsAndText(snapshot, buildLineage(snapshot), {
    text,
    workers,
    last: true,
  });
  text.close();
  const { kinship, counts: { models } } = found.report;
  return { models, note: vocabularyLine(kinship!.metadata.vocabulary) };
}

const steps: Record<string, (path: string, folder: string) => Promise<Outcome> | Outcome> = {
  base: (path) => ({ models: base(path) }),
  report: async (path) => report(await readModelsAndText(path)),
  oneThread: async (path) => report(await readModelsAndText(path, { workers: 1 }), { workers: 1 }),
  async quick(path) {
    const snapshot = await readModels(path);
    return measureModels(snapshot, buildLineage(snapshot)).report.counts;
  },
  async removal(path) {
    const snapshot = await readModels(path);
    const view = buildLineage(snapshot).lineage.view("all");
    const start = performance.now();
    const radius = modelBlastRadius(view);
    const between = performance.now();
    const { guarantee } = worstModels(view, { ids: snapshot.ids, runs: 20 });
    const end = performance.now();
    const seconds = (ms: number) => (ms / 1000).toFixed(2);
    return {
      models: snapshot.models,
      note: `descendants of every model in ${seconds(between - start)} s, the most ${
        radius.reduce((a, b) => Math.max(a, b), 0)
      }; 20 worst removals against 20 random orders in ${seconds(end - between)} s, at least ${
        (100 * guarantee!.share).toFixed(1)
      }% of the worst there are`,
    };
  },
  async pack(path, folder) {
    return { models: (await packModels(path, { name: "bench", folder })).counts.models };
  },
  open: (_, folder) => openModels(folder),
  packed: async (_, folder) => report(await openModelsAndText(folder)),
};

/** Peak of resident memory; NaN where the system does not tell. */
function largestMemory(): number {
  try {
    const [, kilobytes] = Deno.readTextFileSync("/proc/self/status").match(/VmHWM:\s+(\d+) kB/)!;
    return Number(kilobytes) * 1024 / 1e6;
  } catch {
    return NaN;
  }
}

if (import.meta.main) {
  const [step, path, folder] = Deno.args;
  const start = performance.now();
  const { models, note } = await steps[step](path, folder);
  const result: StepResult = {
    seconds: (performance.now() - start) / 1000,
    megabytes: largestMemory(),
    models,
    note,
  };
  console.log(JSON.stringify(result));
}
