import { kernelName } from "../../kernel/kernel_spec.ts";
import type { NotebookOutput } from "../../kernel/notebook_outputs.ts";
import type { Notebook, NotebookCell } from "../../kernel/run_notebook.ts";
import { refuseForeign } from "./refuse_foreign.ts";

/** A cell as files of format 4.5 have it. */
type FileCell = NotebookCell & { id?: string };

/** What front ends write of a run into the metadata of cells: times, and how it looked on someone's screen. */
const ofOneRun = ["execution", "ExecuteTime", "papermill", "collapsed", "scrolled"];

/**
 * Reads a notebook.
 *
 * @throws {SyntaxError} when it is not JSON
 * @throws {TypeError} when it is no notebook of format 4, or one of another language
 */
export function readNotebook(file: string): Notebook {
  return parseNotebook(Deno.readTextFileSync(file), { file });
}

/** Reads the text of a notebook, as {@link readNotebook} does. */
export function parseNotebook(text: string, { file }: { file: string }): Notebook {
  let notebook;
  try {
    notebook = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(
      `Cannot read notebook "${file}": ${(error as Error).message.replace(/\s+/g, " ")}`,
    );
  }
  const refuse = (found: string): never => {
    throw new TypeError(`Cannot read notebook "${file}": ${found}`);
  };
  if (notebook?.nbformat === undefined) refuse("it is no notebook: it has no nbformat");
  if (notebook.nbformat !== 4) {
    refuse(`its format is ${JSON.stringify(notebook.nbformat)}, expected 4`);
  }
  if (!Array.isArray(notebook.cells)) refuse("it has no list of cells");
  for (const [i, cell] of notebook.cells.entries()) {
    const { cell_type, source } = cell ?? {};
    const texts = Array.isArray(source) ? source : [source];
    if (typeof cell_type !== "string" || texts.some((part: unknown) => typeof part !== "string")) {
      refuse(`cell ${i + 1} has no type or no text`);
    }
  }
  notebook.metadata ??= {};
  for (const cell of notebook.cells) cell.metadata ??= {};
  refuseForeign(notebook, { file });
  return notebook;
}

/**
 * The text of a notebook's file in the form that differs least from run to run, and from what JupyterLab saves: keys in order, texts as lists
 * of lines, execution counts from 1, ids of cells that have one kept, nothing of one run in the metadata, and the metadata of our kernel.
 */
export function notebookText(notebook: Notebook): string {
  let count = 0;
  const used = new Set<string>();
  const cells = (notebook.cells as FileCell[]).map((cell, i) => {
    const id = freeId(cell.id ?? `cell-${i + 1}`, used);
    const metadata = Object.fromEntries(
      Object.entries(cell.metadata).filter(([key]) => !ofOneRun.includes(key)),
    );
    const source = lines(cell.source);
    if (cell.cell_type !== "code") return { ...cell, id, metadata, source };
    const execution_count = cell.execution_count ? ++count : null;
    const outputs = (cell.outputs ?? []).map((output) => fileOutput(output, execution_count));
    return { ...cell, id, metadata, source, execution_count, outputs };
  });
  const metadata = {
    ...notebook.metadata,
    kernelspec: { display_name: "Deno (Kindred)", language: "typescript", name: kernelName },
    language_info: { file_extension: ".ts", mimetype: "text/x.typescript", name: "typescript" },
  };
  const whole = { cells, metadata, nbformat: 4, nbformat_minor: 5 };
  return `${JSON.stringify(whole, inOrder, 1)}\n`;
}

/** Writes a notebook, such that a reader sees the old file or the new one, never a part. */
export function saveNotebook(file: string, notebook: Notebook): void {
  Deno.writeTextFileSync(`${file}.tmp`, notebookText(notebook));
  Deno.renameSync(`${file}.tmp`, file);
}

/** An id that no cell before has. */
function freeId(wanted: string, used: Set<string>): string {
  let id = wanted;
  for (let i = 2; used.has(id); i++) id = `${wanted}-${i}`;
  used.add(id);
  return id;
}

function fileOutput(output: NotebookOutput, execution_count: number | null): NotebookOutput {
  if (output.output_type === "stream") return { ...output, text: lines(output.text as string[]) };
  if (!("data" in output)) return output;
  const data = Object.entries(output.data as Record<string, unknown>).map((
    [type, value],
  ) => [type, isText(value) && !/\bjson\b/.test(type) ? lines(value) : value]);
  const counted = output.output_type === "execute_result" ? { execution_count } : {};
  return { ...output, ...counted, data: Object.fromEntries(data) };
}

function isText(value: unknown): value is string | string[] {
  return typeof value === "string" ||
    Array.isArray(value) && value.every((part) => typeof part === "string");
}

function lines(text: string | readonly string[]): string[] {
  const whole = typeof text === "string" ? text : text.join("");
  return whole.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Replaces objects by ones with their keys in order, as Jupyter writes them. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}
