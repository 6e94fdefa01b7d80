/**
 * Times the main steps against a base measured in the same run; each step in a process of its own, so that its time is cold
 * and its memory its own.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { median } from "d3";
import { writeCards, writeFrames, writeHalf } from "./bench_inputs.ts";
import type { StepResult } from "./bench_step.ts";
import { command, integer, UsageError } from "./cli.ts";
import { locate } from "../snapshot/locate.ts";
import { v8Flags } from "./v8_flags.ts";
import { numberText, table } from "../display/text_table.ts";

const help = `
Times reading, measuring, packing and opening of a file of Hub rows against the base:
stream the file, split it at newlines, parse every line as JSON, on one thread.

  deno task bench FILE.jsonl [--runs N] [--steps STEP,STEP...] [--cards GB]

FILE is plain JSON Lines, for example what "deno task simulate" wrote. Every step runs in a process of its own, once a
round; the table shows medians over the rounds (default 3), ratios to the base of the same round, and the largest resident memory.

  --runs N      rounds; default: 3
  --steps LIST  only these of the steps base, half, report, oneThread, quick, removal, frames, pack, open, packed (the last two
                after pack); frames packs a copy of the file as a crawl writes it, a Zstandard frame for each 1000 rows
  --cards GB    also packs so many gigabytes of simulated rows with cards, which are written to a temporary folder first

MB/s is the text that a step reads, before compression, by its seconds.

  deno task simulate --models 1860411 --seed 1 --out hub.jsonl && deno task bench hub.jsonl
`;

/** Label of the step that --cards adds. */
const cardsLabel = "pack, rows with cards";

const labels: Record<string, string> = {
  base: "base: stream, split, JSON.parse",
  half: "measure, first half of the file",
  report: "measure, from the raw file",
  oneThread: "measure, on one thread",
  quick: "measure --quick, from the raw file",
  removal: "removal of models, from the raw file",
  frames: "pack, from zstd frames",
  pack: "pack",
  open: "open the packed snapshot",
  packed: "measure, from the packed snapshot",
};

/** Steps that do what another does with another file. */
const sameAs: Record<string, string> = { half: "report", frames: "pack", cards: "pack" };

/** Steps that read no text of rows, or not from the file. */
const fromPacked = ["open", "packed"];

function labelOf(step: string): string {
  return step === "cards" ? cardsLabel : labels[step];
}

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
      `--v8-flags=${v8Flags[(sameAs[step] ?? step) === "pack" ? "pack" : "measure"]}`,
      // The system tells the peak of memory to nobody with less.
      "--allow-all",
      fileURLToPath(new URL("bench_step.ts", import.meta.url)),
      sameAs[step] ?? step,
      path,
      folder,
    ],
  }).output();
  if (!success) {
    throw new Error(`Cannot time "${step}": ${new TextDecoder().decode(stderr).trim()}`);
  }
  return JSON.parse(new TextDecoder().decode(stdout));
}

await command({
  help,
  options: {
    runs: { type: "string", default: "3" },
    steps: { type: "string" },
    cards: { type: "string" },
  },
  positionals: [1, 1],
  async run(values, [input]) {
    const runs = integer(values.runs, { name: "runs", least: 1 });
    const order = stepsOf(values.steps);
    const gigabytes = values.cards === undefined
      ? 0
      : integer(values.cards, { name: "cards", least: 1 });
    const { path, kind, packed } = await locate(input);
    if (kind !== "models" || packed) {
      throw new UsageError(`"${input}" is no file of Hub rows, expected plain JSON Lines`);
    }
    const folder = await Deno.makeTempDir({ prefix: "kindred-bench-" });
    try {
      const inputs: Record<string, string> = {};
      const text: Record<string, number> = {};
      if (order.includes("half")) writeHalf(path, inputs.half = `${folder}/half.jsonl`);
      if (order.includes("frames")) writeFrames(path, inputs.frames = `${folder}/rows.jsonl.zst`);
      if (gigabytes > 0) {
        order.push("cards");
        console.error(`writing ${gigabytes} GB of rows with cards`);
        writeCards(inputs.cards = `${folder}/cards.jsonl`, gigabytes * 1e9);
      }
      for (const step of order) {
        text[step] = Deno.statSync(step === "frames" ? path : inputs[step] ?? path).size / 1e6;
      }
      const results: Record<string, StepResult[]> = Object.fromEntries(
        order.map((step) => [step, []]),
      );
      for (let round = 1; round <= runs; round++) {
        for (const step of order) {
          console.error(`round ${round} of ${runs}: ${labelOf(step)}`);
          // What the last steps open is the whole file.
          const packed = `${folder}/${step === "cards" ? "packed-cards" : "packed"}`;
          results[step].push(await run(step, inputs[step] ?? path, packed));
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
        ["step", "models", "seconds", "MB/s", "x base", "peak MB"],
        ...order.map((step) => [
          labelOf(step),
          numberText(results[step][0].models),
          numberText(median(results[step], ({ seconds }) => seconds)!, { digits: 2 }),
          fromPacked.includes(step)
            ? ""
            : numberText(median(results[step], ({ seconds }) => text[step] / seconds)!),
          order.includes("base") && step !== "cards"
            ? numberText(ratio(step, "base"), { digits: 2 })
            : "",
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
        if (note !== undefined) console.log(`${labelOf(step)}: ${note}`);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
