/**
 * Runs a notebook that is hard on kernels through every front end and counts what was lost.
 *
 * @module
 */
import { join } from "node:path";
import { command, integer, UsageError } from "./cli.ts";
import { abortOnInterrupt } from "./interrupt.ts";
import { kernelSpeed } from "./kernel_speed.ts";
import { ownEnvironment, writeJupyterSettings, writeKernelSpec } from "./kernel_folders.ts";
import { removeFolder } from "./remove_folder.ts";
import { compareStress, type StressResult } from "./stress_compare.ts";
import { type FrontEnd, frontEnds, runWith, type RunWithOptions } from "./stress_fronts.ts";
import { stressNotebook } from "./stress_notebook.ts";

const help = `
deno task stress-kernel [--short] [--way WAY] [FRONT...]

Runs a notebook of 500 cells (last expressions, bursts of lines, displays, large outputs, errors, writes, awaits)
20 times through each front end, and ends with exit code 1 when one output was lost, duplicated, out of order
or in another cell.

  FRONT             ${frontEnds.join(", ")} (all of them)
  --short           50 cells, each front end once
  --cells N         how many cells (500)
  --times N         how often each (20)
  --way WAY         side channel, sentinel, or bare: Deno's kernel alone, as the control
  --jupyter FOLDER  programs of JupyterLab (those on the path)
  --classic FILE    program of the classic Notebook (/usr/bin/jupyter-notebook)
  --chromium FILE   Chromium (/usr/bin/chromium)
  --speed           instead, times the kernel with and without the proxy
  --timeout SECONDS for one run (600)
`;

const ways = ["side channel", "sentinel", "bare"] as const;

if (import.meta.main) {
  await command({
    help,
    options: {
      short: { type: "boolean" },
      speed: { type: "boolean" },
      cells: { type: "string" },
      times: { type: "string" },
      way: { type: "string" },
      jupyter: { type: "string", default: "" },
      classic: { type: "string", default: "/usr/bin/jupyter-notebook" },
      chromium: { type: "string", default: "/usr/bin/chromium" },
      timeout: { type: "string", default: "600" },
    },
    positionals: [0, frontEnds.length],
    async run({ speed, short, cells, times, way, jupyter, classic, chromium, timeout }, named) {
      if (speed) {
        for (const [way, times] of Object.entries(await kernelSpeed(short ? 3 : 10))) {
          const said = Object.entries(times).map(([what, ms]) => `${what} ${ms.toFixed(1)} ms`);
          console.log(`${way}: ${said.join(", ")}`);
        }
        return;
      }
      const wrong = named.find((name) => !frontEnds.includes(name as FrontEnd));
      if (wrong) throw new UsageError(`"${wrong}" is no front end: ${frontEnds.join(", ")}`);
      if (way !== undefined && !ways.includes(way as typeof ways[number])) {
        throw new UsageError(`--way is "${way}", expected ${ways.join(", ")}`);
      }
      const count = integer(cells ?? (short ? 50 : 500), { name: "cells", least: 1 });
      const rounds = integer(times ?? (short ? 1 : 20), { name: "times", least: 1 });
      const options = {
        way: way as typeof ways[number] | undefined,
        jupyter: String(jupyter),
        classic: String(classic),
        chromium: String(chromium),
        timeout: integer(timeout, { name: "timeout", least: 1 }),
        signal: abortOnInterrupt(),
      };
      const wanted = named.length > 0 ? named as FrontEnd[] : frontEnds;
      let bad = 0;
      for (let round = 1; round <= rounds; round++) {
        for (const front of wanted) {
          const start = performance.now();
          const said = await once(front, { cells: count, options });
          if (options.signal.aborted) Deno.exit(130);
          const seconds = ((performance.now() - start) / 1000).toFixed(1);
          if (typeof said === "string" || faults(said) > 0) bad++;
          console.log(`${front} ${round} of ${rounds}, ${seconds} s: ${describe(said)}`);
        }
      }
      if (bad > 0) throw new Error(`${bad} of ${rounds * wanted.length} runs were wrong`);
      console.log("Nothing was lost, duplicated, out of order or in another cell.");
    },
  });
}

/** One run in a folder of its own; a front end that fails gives its message. */
async function once(
  front: FrontEnd,
  { cells, options }: {
    cells: number;
    options: Omit<RunWithOptions, "folder" | "env" | "onWarnings">;
  },
): Promise<StressResult | string> {
  const root = Deno.makeTempDirSync({ prefix: "kindred-stress-" });
  let warnings: readonly string[] = [];
  const onWarnings = (lines: readonly string[]) => {
    warnings = lines.slice(-5);
  };
  try {
    const folder = join(root, "notebooks");
    Deno.mkdirSync(folder);
    writeKernelSpec(join(root, "share"), { way: options.way });
    writeJupyterSettings(join(root, "etc"));
    const env = ownEnvironment(root);
    const { notebook, expected } = stressNotebook(cells);
    Deno.writeTextFileSync(join(folder, "stress.ipynb"), JSON.stringify(notebook));
    const found = compareStress(
      await runWith(front, { ...options, folder, env, onWarnings }),
      expected,
    );
    if (faults(found) > 0) { for (const line of warnings) console.error(line); }
    return found;
  } catch (error) {
    return [(error as Error).message, ...warnings].join("\n");
  } finally {
    await removeFolder(root);
  }
}

function faults({ lost, duplicated, misplaced, disordered, strange }: StressResult): number {
  return lost + duplicated + misplaced + disordered + strange;
}

function describe(said: StressResult | string): string {
  if (typeof said === "string") return `failed: ${said}`;
  const { marks, ...kinds } = said;
  return `${marks} outputs, ${
    Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`).join(", ")
  }`;
}
