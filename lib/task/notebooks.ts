/**
 * Runs notebooks without Jupyter.
 *
 * @module
 */
import type { RunningKernel } from "../kernel/run_kernel.ts";
import { command, integer } from "./cli.ts";
import { onInterrupt } from "./interrupt.ts";
import { removeCheckFolder } from "./notebook/check_folder.ts";
import { checkNotebooks, mostLines } from "./notebook/check_notebooks.ts";
import { type Complaint, describeComplaints } from "./notebook/complaints.ts";
import { inTurns } from "./notebook/in_turns.ts";
import { notebookFiles } from "./notebook/notebook_files.ts";
import { readNotebook, saveNotebook } from "./notebook/notebook_file.ts";
import { runFile } from "./notebook/run_file.ts";

const help = `
Runs notebooks from top to bottom on the kernel that Jupyter uses, without Jupyter, and saves their outputs.

  deno task notebooks [NN | FILE]...

Ends with exit code 1 when a cell fails, naming it; the outputs so far are saved. Saved files differ as little as
can be from run to run: cells keep their ids, execution counts go from 1, no times are written.

  NN                 notebooks whose names start so, for example 03 or 3 (all of them)
  FILE               a notebook anywhere, of Deno: one that names another language is left alone
  --check            change no file, but end with exit code 1 when something is wrong with a notebook:
                     outputs that differ from those in the file (ids, counts, times and durations aside),
                     errors of types and lint, cells of more than ${mostLines} lines, and numbers in the prose
                     that no output shows, nor figures/values.json for a figure that the notebook names
  --timeout SECONDS  what one cell may take (300)
  --heap MB          memory that a notebook may use
  --jobs N           notebooks at a time (as many as there are processors, at most 4)
`;

if (import.meta.main) {
  await command({
    help,
    options: {
      check: { type: "boolean" },
      timeout: { type: "string", default: "300" },
      heap: { type: "string" },
      jobs: { type: "string", default: String(Math.min(4, navigator.hardwareConcurrency)) },
    },
    positionals: [0, 1000],
    async run({ check, timeout, heap, jobs: wanted }, named) {
      // What is saved shall not depend on the terminal of whoever runs it.
      Deno.env.set("NO_COLOR", "1");
      const jobs = integer(wanted, { name: "jobs", least: 1 });
      const kernels = new Set<RunningKernel>();
      const folders = new Set<string>();
      const options = {
        timeout: integer(timeout, { name: "timeout", least: 1 }),
        heap: heap === undefined ? undefined : integer(heap, { name: "heap", least: 128 }),
        kernels,
      };
      const files = notebookFiles(named);
      // All are read before any runs, so that a refusal of the last leaves the others as they were too.
      const given = check ? [] : files.map((file) => ({ file, notebook: readNotebook(file) }));
      let interrupted = false;
      const unwatch = onInterrupt(async () => {
        interrupted = true;
        await Promise.all([...kernels].map((kernel) => kernel.end()));
        folders.forEach(removeCheckFolder);
      });
      const complaints = check
        ? await checkNotebooks(files, { ...options, folders, jobs })
        : new Map(
          await inTurns(
            given.map(({ file, notebook: found }) => async (): Promise<[string, Complaint[]]> => {
              const { notebook, failed } = await runFile(file, { ...options, notebook: found });
              if (interrupted) return [file, []];
              saveNotebook(file, notebook);
              return [file, failed ? [{ cell: failed.cell + 1, message: failed.message }] : []];
            }),
            { jobs },
          ),
        );
      unwatch();
      const lines = files.flatMap((file) => describeComplaints(file, complaints.get(file)!));
      if (lines.length > 0) throw new Error(lines.join("\n"));
      if (check) console.log(`${files.length} notebooks are as they should be.`);
    },
  });
}
