import { join } from "node:path";
import { joinCells, type JoinedCells } from "./join_cells.ts";
import type { Complaint } from "./complaints.ts";

/** A notebook whose code is checked. */
export interface NotebookCode {
  /** What the complaints are filed under: a path. */
  file: string;
  /** Text of the file. */
  text: string;
}

/** Rules that do not fit cells: a cell may be all imports, and what a block declares is not inner to the reader. */
const unfit = ["no-empty", "no-inner-declarations", "verbatim-module-syntax"];

/**
 * Checks the types of notebooks and lints them, each as the module that {@link joinCells} makes, which the kernel does not.
 *
 * @param options.folder Where the modules are written, one level below the configuration of Deno that holds for them.
 * @returns Complaints by file, each with the line of the cell.
 */
export async function checkCode(
  notebooks: readonly NotebookCode[],
  { folder }: { folder: string },
): Promise<Map<string, Complaint[]>> {
  const modules = new Map<string, { file: string; joined: JoinedCells }>();
  for (const [i, { file, text }] of notebooks.entries()) {
    const joined = joinCells(text);
    modules.set(`${i}.ts`, { file, joined });
    Deno.writeTextFileSync(join(folder, `${i}.ts`), joined.code);
  }
  const names = [...modules.keys()];
  if (names.length === 0) return new Map();
  const complaints = new Map<string, Complaint[]>(notebooks.map(({ file }) => [file, []]));
  const complain = (name: string, { line, message }: { line: number; message: string }) => {
    const { file, joined } = modules.get(name)!;
    const place = joined.places[line - 1];
    complaints.get(file)!.push(
      place
        ? { cell: place.cell, message: `line ${place.line}: ${message}` }
        : { cell: null, message },
    );
  };
  const [types, lint] = await Promise.all([
    deno(["check", "--quiet", ...names], folder),
    deno(["lint", "--json", `--rules-exclude=${unfit.join(",")}`, ...names], folder),
  ]);
  for (const found of typeErrors(types.stderr)) {
    if (modules.has(found.name)) complain(found.name, found);
    else {
      // Of a module that the notebooks import; each of them would tell the same.
      const message = `${found.name}, line ${found.line}: ${found.message}`;
      complaints.get(notebooks[0].file)!.push({ cell: null, message });
    }
  }
  if (!types.success && [...complaints.values()].every((list) => list.length === 0)) {
    throw new Error(`Cannot check the types of the notebooks: ${types.stderr.trim()}`);
  }
  for (const { filename, range, message, code } of lintFindings(lint)) {
    const name = filename.split("/").at(-1)!;
    complain(name, { line: range.start.line, message: `${message} (${code})` });
  }
  return complaints;
}

interface Said {
  success: boolean;
  stdout: string;
  stderr: string;
}

async function deno(args: string[], cwd: string): Promise<Said> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** What `deno check` complained of; a syntax error has another form than an error of types. */
function typeErrors(said: string): { name: string; line: number; message: string }[] {
  return said.split(/\n\n+/).flatMap((block) => {
    const at = /at file:\/\/\S*?([^/\s]+):(\d+):\d+\s*$/m.exec(block);
    const message = /^(?:error: )?(?:TS\d+ )?(?:\[ERROR\]: )?(.+)$/m.exec(block);
    return at && message ? [{ name: at[1], line: Number(at[2]), message: message[1] }] : [];
  });
}

interface LintFinding {
  filename: string;
  range: { start: { line: number } };
  message: string;
  code: string;
}

/** What `deno lint --json` found; a module that it cannot read is told of by the check of types. */
function lintFindings({ stdout, stderr }: Said): LintFinding[] {
  try {
    return (JSON.parse(stdout) as { diagnostics: LintFinding[] }).diagnostics;
  } catch {
    throw new Error(`Cannot lint the notebooks: ${stderr.trim()}`);
  }
}
