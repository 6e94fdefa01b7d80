import { basename, dirname } from "node:path";
import { runKernel, type RunningKernel } from "../../kernel/run_kernel.ts";
import { type Notebook, type NotebookRun, runNotebook } from "../../kernel/run_notebook.ts";
import { cut, printable } from "../../display/text_table.ts";
import { joined } from "./canonical_outputs.ts";

/** What {@link runFile} may be told. */
export interface RunFileOptions {
  /** Seconds that a cell may take. */
  timeout: number;
  /** Memory of the kernel in megabytes. @default Deno's own */
  heap?: number;
  /** Folder in which the cells run. @default that of the file */
  cwd?: string;
  /** Kernels that run now, which whoever ends the task ends too. */
  kernels: Set<RunningKernel>;
}

/**
 * Runs a notebook on a kernel of its own, with a line on stderr as each cell begins.
 *
 * @param notebook What the file holds; the file itself is not touched.
 */
export async function runFile(
  file: string,
  { notebook, timeout, heap, kernels, cwd = dirname(file) }: RunFileOptions & {
    notebook: Notebook;
  },
): Promise<NotebookRun> {
  const start = performance.now();
  const kernel = await runKernel({ cwd, heap });
  kernels.add(kernel);
  try {
    return await runNotebook(notebook, {
      client: kernel.client,
      timeout,
      onCell(index) {
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        const place = `${basename(file)}: cell ${index + 1} of ${notebook.cells.length}`;
        console.error(`${place}, ${seconds} s: ${cellTitle(notebook, index)}`);
      },
    });
  } finally {
    await kernel.end();
    kernels.delete(kernel);
  }
}

/** What a code cell is called: the heading right above it, else its first line. */
function cellTitle({ cells }: Notebook, index: number): string {
  const above = cells[index - 1]?.cell_type === "markdown" ? joined(cells[index - 1].source) : "";
  const heading = /^#{1,6}\s+(.*\S)/m.exec(above)?.[1];
  const first = joined(cells[index].source).split("\n").find((line) => line.trim() !== "") ?? "";
  return printable(cut(heading ?? first.trim(), { width: 70 }));
}
