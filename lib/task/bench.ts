/**
 * Times the main steps against a base measured in the same run; each step in a process of its own, so that its time is cold
 * and its memory its own.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { median } from "d3";
import type { StepResult } from "./bench_step.ts";
import { command, integer, UsageError } from "./cli.ts";
import { locate } from "../snapshot/locate.ts";
import { numberText, table } from "../display/text_table.ts";

const help = `
Times reading, measuring, packing and opening of a file of Hub rows against the base:
stream the file, split it at newlines, parse every line as JSON, on one thread.

  deno task bench FILE.jsonl [--runs N] [--steps STEP,STEP...]

FILE is plain JSON Lines, for example what "deno task simulate" wrote. Every step runs in a process of its own, once a
round; the table shows medians over the rounds (default 3), ratios to the base of the same round, and the largest resident memory.

  --runs N      rounds; default: 3
  --steps LIST  only these of the steps base, half, report, oneThread, quick, removal, pack, open, packed (the last two
                after pack)

  deno task simulate --models 1860411 --seed 1 --out hub.jsonl && deno task bench hub.jsonl
`;

const labels: Record<string, string> = {
  base: "base: stream, split, JSON.parse",
  half: "measure, first half of the file",
  report: "measure, from the raw file",
  oneThread: "measure, on one thread",
  quick: "measure --quick, from the raw file",
  removal: "removal of models, from the raw file",
  pack: "pack",
  open: "open the packed snapshot",
  packed: "measure, from the packed snapshot",
};

function stepsOf(list: unknown): string[] {
  const all = Object.keys(labels);
  if (list === undefined) return all;
  const steps = String(list).split(",");
  const unknown = steps.find((step) => !all.includes(step));
  if (unknown !== undefined) {
    throw new UsageError(
      `--steps: there is no step "${unknown}", expected some of ${all.join(", ")}`,
    );
  }
  return all.filter((step) => steps.includes(step));
}

async function run(step: string, path: string, folder: string): Promise<StepResult> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      // As in the task: little is ever an object, and young generations that grow would take tens of MB a thread.
      "--v8-flags=--max-semi-space-size=2",
      // The system tells the peak of memory to nobody with less.
      "--allow-all",
      fileURLToPath(new URL("bench_step.ts", import.meta.url)),
      step === "half" ? "report" : step,
      path,
      folder,
    ],
  }).output();
  if (!success) {
    throw new Error(`Cannot time "${step}": ${new TextDecoder().decode(stderr).trim()}`);
  }
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Copies the lines of the first half of a file. */
async function writeHalf(path: string, half: string): Promise<void> {
  const { size } = await Deno.stat(path);
  using from = await Deno.open(path);
  using to = await Deno.open(half, { write: true, create: true });
  const block = new Uint8Array(1 << 20);
  let left = Math.floor(size / 2);
  for (let length = await from.read(block); length !== null; length = await from.read(block)) {
    let part = block.subarray(0, length);
    const last = left <= length ? part.indexOf(10, Math.max(0, left - 1)) : -1;
    if (last >= 0) part = part.subarray(0, last + 1);
    for (let at = 0; at < part.length;) at += await to.write(part.subarray(at));
    left -= length;
    if (last >= 0) return;
  }
}

await command({
  help,
  options: { runs: { type: "string", default: "3" }, steps: { type: "string" } },
  positionals: [1, 1],
  async run(values, [input]) {
    const runs = integer(values.runs, { name: "runs", least: 1 });
    const order = stepsOf(values.steps);
    const { path, kind, packed } = await locate(input);
    if (kind !== "models" || packed) {
      throw new UsageError(`"${input}" is no file of Hub rows, expected plain JSON Lines`);
    }
    const folder = await Deno.makeTempDir({ prefix: "kindred-bench-" });
    try {
      const half = `${folder}/half.jsonl`;
      await writeHalf(path, half);
      const results: Record<string, StepResult[]> = Object.fromEntries(
        order.map((step) => [step, []]),
      );
      for (let round = 1; round <= runs; round++) {
        for (const step of order) {
          console.error(`round ${round} of ${runs}: ${labels[step]}`);
          results[step].push(await run(step, step === "half" ? half : path, `${folder}/packed`));
        }
      }
      const ratio = (step: string, to: string) =>
        median(results[step].map(({ seconds }, round) => seconds / results[to][round].seconds))!;
      console.log(
        `${numberText(Deno.statSync(path).size / 1e6)} MB, ${runs} ${
          runs === 1 ? "round" : "rounds"
        }`,
      );
      console.log(table([
        ["step", "models", "seconds", "x base", "peak MB"],
        ...order.map((step) => [
          labels[step],
          numberText(results[step][0].models),
          numberText(median(results[step], ({ seconds }) => seconds)!, { digits: 2 }),
          order.includes("base") ? numberText(ratio(step, "base"), { digits: 2 }) : "",
          numberText(Math.max(...results[step].map(({ megabytes }) => megabytes ?? NaN))),
        ]),
      ]));
      const { report, half: first } = results;
      if (order.includes("report") && order.includes("half")) {
        console.log(
          `measure, whole to half: ${
            numberText(ratio("report", "half"), { digits: 2 })
          } times for ${
            numberText(report[0].models / first[0].models, { digits: 2 })
          } times the models`,
        );
      }
      for (const step of order) {
        const { note } = results[step][0];
        if (note !== undefined) console.log(`${labels[step]}: ${note}`);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
