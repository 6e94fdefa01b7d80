import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Notebook } from "../../kernel/run_notebook.ts";
import { paths } from "../../paths.ts";
import { joined } from "./canonical_outputs.ts";
import { checkSources } from "./check_sources.ts";
import { makeCheckFolder, removeCheckFolder } from "./check_folder.ts";
import type { Complaint } from "./complaints.ts";
import { outputDifferences } from "./differences.ts";
import { parseNotebook } from "./notebook_file.ts";
import { inTurns } from "./in_turns.ts";
import { type FigureValues, unboundNumbers } from "./prose.ts";
import { runFile, type RunFileOptions } from "./run_file.ts";

/** Most lines of a code cell. */
export const mostLines = 15;

/** What {@link checkNotebooks} may be told. */
export interface CheckNotebooksOptions extends Omit<RunFileOptions, "cwd"> {
  /** How many notebooks run at a time. */
  jobs: number;
  /** Folders that are made, which whoever ends the task removes. */
  folders: Set<string>;
}

/**
 * Checks notebooks without changing a file: runs each in a folder of its own and compares the outputs with those that it has, checks the
 * types of its code, lints it, looks at its form, counts the lines of its cells and looks for the numbers of its prose.
 *
 * @returns What is wrong, by file.
 */
export async function checkNotebooks(
  files: readonly string[],
  { jobs, folders, ...options }: CheckNotebooksOptions,
): Promise<Map<string, Complaint[]>> {
  const notebooks = files.map((file) => ({ file, text: Deno.readTextFileSync(file) }));
  const parsed = new Map(notebooks.map(({ file, text }) => [file, parseNotebook(text, { file })]));
  const ofCode = new Map<string, Complaint[]>();
  const ofRun = new Map<string, Complaint[]>();
  const inFolder = async <T>(file: string, run: (folder: string) => Promise<T>): Promise<T> => {
    const folder = makeCheckFolder(file);
    folders.add(folder);
    try {
      return await run(folder);
    } finally {
      removeCheckFolder(folder);
      folders.delete(folder);
    }
  };
  const values = figureValues();
  // The check of types is the longest of all turns, so it comes first.
  const turns = [...byFolder(notebooks)].map((group) => () =>
    inFolder(group[0].file, async (folder) => {
      for (const [file, complaints] of await checkSources(group, { folder })) {
        ofCode.set(file, complaints);
      }
    })
  );
  turns.push(...files.map((file) => () =>
    inFolder(file, async (cwd) => {
      const notebook = parsed.get(file)!;
      const { notebook: executed, failed } = await runFile(file, { ...options, notebook, cwd });
      // After a failure outputs are missing, of which nothing more is to be said.
      ofRun.set(
        file,
        failed
          ? [{ cell: failed.cell + 1, message: failed.message }]
          : [...outputDifferences(notebook, executed), ...unboundNumbers(executed, { values })],
      );
    })
  ));
  await inTurns(turns, { jobs });
  return new Map(files.map((file) => [
    file,
    [...longCells(parsed.get(file)!), ...ofCode.get(file)!, ...ofRun.get(file)!],
  ]));
}

function longCells(notebook: Notebook): Complaint[] {
  return notebook.cells.flatMap(({ cell_type, source }, i) => {
    const lines = joined(source).trimEnd().split("\n").length;
    if (cell_type !== "code" || lines <= mostLines) return [];
    return [{ cell: i + 1, message: `has ${lines} lines, expected at most ${mostLines}` }];
  });
}

function byFolder<T extends { file: string }>(notebooks: readonly T[]): Iterable<T[]> {
  return Map.groupBy(notebooks, ({ file }) => dirname(resolve(file))).values();
}

function figureValues(): FigureValues {
  const file = join(paths.figures, "values.json");
  return existsSync(file) ? JSON.parse(Deno.readTextFileSync(file)) : {};
}
