import { existsSync } from "node:fs";
import { installed, venvProgram } from "./install_jupyter.ts";

/** A Jupyter that can be started. */
export interface Jupyter {
  /** What people call it: `JupyterLab 4.6.6`. */
  name: string;
  /** Program and arguments that start it. */
  command: string[];
  /** The class that has its settings: before version 7 the Notebook had its own. */
  app: "ServerApp" | "NotebookApp";
}

/** What {@link findJupyter} must know. */
export interface FindJupyterOptions {
  /** Folder of the virtual environment. */
  venv: string;
  /** Variables that differ from those of this process. @default {} */
  env?: Record<string, string>;
}

type AskedFor = "JupyterLab" | "Notebook";

/**
 * The best Jupyter on this machine: JupyterLab of the project's own virtual environment, JupyterLab on the path, the Notebook on the path.
 *
 * @returns null when there is none
 */
export async function findJupyter({ venv, env = {} }: FindJupyterOptions): Promise<Jupyter | null> {
  const asked = (name: AskedFor, command: string[]) => askVersion(name, { command, env });
  const own = venvProgram(venv, "jupyter-lab");
  if (installed(venv) && existsSync(own)) {
    const found = await asked("JupyterLab", [own]);
    if (found) return found;
  }
  return await asked("JupyterLab", ["jupyter", "lab"]) ??
    await asked("JupyterLab", ["jupyter-lab"]) ??
    await asked("Notebook", ["jupyter", "notebook"]) ??
    await asked("Notebook", ["jupyter-notebook"]);
}

/** A program that tells its version; null when it does not, or is too old to be told what is needed. */
async function askVersion(
  what: AskedFor,
  { command, env }: { command: string[]; env: Record<string, string> },
): Promise<Jupyter | null> {
  const [program, ...args] = command;
  let said;
  try {
    said = await new Deno.Command(program, {
      args: [...args, "--version"],
      env,
      stdin: "null",
      stderr: "null",
    }).output();
  } catch (error) {
    // Not there, or nothing that runs.
    if (error instanceof Deno.errors.NotFound) return null;
    if (error instanceof Deno.errors.PermissionDenied) return null;
    throw error;
  }
  const version = /^(\d+)\.\S+$/m.exec(new TextDecoder().decode(said.stdout));
  if (!said.success || !version) return null;
  const major = Number(version[1]);
  if (what === "JupyterLab" && major < 3) return null;
  return {
    name: `${what} ${version[0]}`,
    command,
    app: what === "Notebook" && major < 7 ? "NotebookApp" : "ServerApp",
  };
}
