import type { Execution, KernelClient } from "./client.ts";
import { type NotebookOutput, NotebookOutputs } from "./notebook_outputs.ts";

/** A cell of a notebook file; what is not named here is kept. */
export interface NotebookCell {
  cell_type: string;
  source: string | string[];
  metadata: Record<string, unknown>;
  outputs?: NotebookOutput[];
  execution_count?: number | null;
}

/** A notebook file. */
export interface Notebook {
  cells: NotebookCell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

/** What {@link runNotebook} may be told. */
export interface RunNotebookOptions {
  /** Called before each code cell with its place among all cells, from 0. */
  onCell?(index: number): void;
  /**
   * Seconds that a cell may take.
   * @default Infinity
   */
  timeout?: number;
}

/** How a notebook ended. */
export interface NotebookRun {
  /** The notebook with the outputs of all cells that ran. */
  notebook: Notebook;
  /** The cell that ended the run, from 0, and its error; null when all ran. */
  failed: { cell: number; message: string } | null;
}

/**
 * Runs the cells of a notebook from top to bottom; stops at an error, except in cells that say by the tag `raises-exception` that they
 * make one.
 */
export async function runNotebook(
  notebook: Notebook,
  { client, onCell, timeout = Infinity }: RunNotebookOptions & { client: KernelClient },
): Promise<NotebookRun> {
  const displays = new Map<string, NotebookOutput[]>();
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell
  ) as NotebookCell[];
  const collectors = new Map<NotebookCell, NotebookOutputs>();
  const finish = (failed: NotebookRun["failed"]): NotebookRun => {
    // Only now, since a later cell may have updated a display of an earlier one.
    for (const [cell, collector] of collectors) cell.outputs = collector.finished();
    return { notebook: { ...notebook, cells }, failed };
  };
  for (const [index, cell] of cells.entries()) {
    if (cell.cell_type !== "code") continue;
    const code = typeof cell.source === "string" ? cell.source : cell.source.join("");
    if (code.trim() === "") continue;
    onCell?.(index);
    const collector = new NotebookOutputs(displays);
    collectors.set(cell, collector);
    let execution: Execution;
    try {
      execution = await within(
        client.execute(code, { onMessage: (type, content) => collector.add(type, content) }),
        timeout,
      );
    } catch (error) {
      return finish({ cell: index, message: (error as Error).message });
    }
    cell.execution_count = execution.count;
    const { tags = [] } = cell.metadata as { tags?: string[] };
    if (execution.status !== "ok" && !tags.includes("raises-exception")) {
      const { ename, evalue } = execution.error;
      return finish({ cell: index, message: `${ename}: ${evalue}` });
    }
  }
  return finish(null);
}

/** The value of a promise. @throws {Error} when it takes longer than so many seconds */
async function within<T>(promise: Promise<T>, seconds: number): Promise<T> {
  if (seconds === Infinity) return await promise;
  let timer;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${seconds} s`)), 1000 * seconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
