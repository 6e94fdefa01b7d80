/**
 * Runs notebooks without Jupyter.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { type Notebook, runNotebook } from "../kernel/run_notebook.ts";
import { runKernel } from "../kernel/run_kernel.ts";
import { paths } from "../paths.ts";
import { command, integer, UsageError } from "./cli.ts";

const help = `
deno task notebooks [--timeout SECONDS] [--heap MB] [NN | FILE]...

Runs notebooks from top to bottom on the kernel that Jupyter uses, without Jupyter, and saves their outputs.
Ends with exit code 1 when a cell fails, naming it; the outputs so far are saved.

  NN                 notebooks whose names start so, for example 03 (all of them)
  FILE               a notebook anywhere
  --timeout SECONDS  what one cell may take (300)
  --heap MB          memory that a notebook may use
`;

if (import.meta.main) {
  await command({
    help,
    options: { timeout: { type: "string", default: "300" }, heap: { type: "string" } },
    positionals: [0, 1000],
    async run({ timeout, heap }, named) {
      const options = {
        timeout: integer(timeout, { name: "timeout", least: 1 }),
        heap: heap === undefined ? undefined : integer(heap, { name: "heap", least: 128 }),
      };
      const failures: string[] = [];
      for (const file of notebookFiles(named)) {
        const failure = await runFile(file, options);
        if (failure) failures.push(failure);
      }
      if (failures.length > 0) throw new Error(failures.join("\n"));
    },
  });
}

/**
 * The notebooks that a person named, in the order of their names.
 *
 * @throws {UsageError} when a name fits none
 */
function notebookFiles(named: readonly string[]): string[] {
  const all = [...Deno.readDirSync(paths.notebooks)].map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb")).sort();
  if (named.length === 0) return all.map((name) => join(paths.notebooks, name));
  return named.flatMap((wanted) => {
    if (wanted.endsWith(".ipynb")) return [wanted];
    const found = all.filter((name) => name.startsWith(wanted));
    if (found.length === 0) throw new UsageError(`no notebook starts with "${wanted}"`);
    return found.map((name) => join(paths.notebooks, name));
  });
}

/** Runs one notebook and saves it; returns what failed, or null. */
async function runFile(
  file: string,
  { timeout, heap }: { timeout: number; heap?: number },
): Promise<string | null> {
  const given = JSON.parse(Deno.readTextFileSync(file)) as Notebook;
  const name = basename(file);
  const start = performance.now();
  const kernel = await runKernel({ cwd: dirname(file), heap });
  try {
    const { notebook, failed } = await runNotebook(given, {
      client: kernel.client,
      timeout,
      onCell: (index) =>
        console.error(
          `${name}: cell ${index + 1} of ${given.cells.length}, ${
            ((performance.now() - start) / 1000).toFixed(1)
          } s`,
        ),
    });
    Deno.writeTextFileSync(`${file}.tmp`, `${JSON.stringify(notebook, null, 1)}\n`);
    Deno.renameSync(`${file}.tmp`, file);
    return failed && `${name}, cell ${failed.cell + 1}: ${failed.message}`;
  } finally {
    await kernel.end();
  }
}
