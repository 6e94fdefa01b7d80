import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { onInterrupt } from "../interrupt.ts";

/** The JupyterLab that is installed for people who have no Jupyter. */
export const jupyterLabVersion = "4.6.6";

/** Oldest Python that it runs on. */
const leastPython = [3, 10];

/** What {@link installJupyterLab} may be told. */
export interface InstallOptions {
  /** Folder of the virtual environment. */
  venv: string;
  /** Programs that may be Python 3, the first that is there is taken. @default those of the system */
  pythons?: readonly string[];
}

/** The file that is written last, so that an environment without it is known to be half made. */
function mark(venv: string): string {
  return join(venv, "kindred_installed.json");
}

/** Whether JupyterLab was installed into an environment to the end. */
export function installed(venv: string): boolean {
  return existsSync(mark(venv));
}

/** A program of a virtual environment. */
export function venvProgram(venv: string, name: string): string {
  return Deno.build.os === "windows"
    ? join(venv, "Scripts", `${name}.exe`)
    : join(venv, "bin", name);
}

/**
 * Installs JupyterLab into a virtual environment of Python, with pip's own progress on the terminal. When it fails or is interrupted, nothing
 * is left.
 *
 * @throws {Error} when there is no Python that can, or pip fails
 */
export async function installJupyterLab(
  { venv, pythons = Deno.build.os === "windows" ? ["py", "python"] : ["python3", "python"] }:
    InstallOptions,
): Promise<void> {
  const python = await findPython(pythons);
  const remove = () => {
    if (existsSync(venv)) Deno.removeSync(venv, { recursive: true });
  };
  remove();
  Deno.mkdirSync(dirname(venv), { recursive: true });
  const stop = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  const unwatch = onInterrupt(async () => {
    stop.abort();
    await running;
    remove();
  });
  const run = (program: string, args: string[], stdout: "inherit" | "piped") => {
    const process = new Deno.Command(program, {
      args,
      stdin: "null",
      stdout,
      stderr: stdout,
      signal: stop.signal,
    }).spawn();
    running = process.status;
    return process;
  };
  try {
    console.error(`Making a virtual environment in ${venv}`);
    const made = await run(python, ["-m", "venv", venv], "piped").output();
    if (!made.success) {
      const decoder = new TextDecoder();
      const said = `${decoder.decode(made.stdout)}${decoder.decode(made.stderr)}`.trim();
      throw new Error(
        `Cannot install JupyterLab: ${python} cannot make a virtual environment${
          /ensurepip|venv/.test(said)
            ? "; on Debian and Ubuntu the package python3-venv is needed for that"
            : ""
        }\n${said}`,
      );
    }
    console.error(`Installing JupyterLab ${jupyterLabVersion} into it`);
    const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input"];
    const wanted = `jupyterlab==${jupyterLabVersion}`;
    const { success, code } = await run(venvProgram(venv, "python"), [...pip, wanted], "inherit")
      .status;
    if (!success) {
      throw new Error(`Cannot install JupyterLab: pip ended with exit code ${code}`);
    }
    Deno.writeTextFileSync(mark(venv), `${JSON.stringify({ jupyterlab: jupyterLabVersion })}\n`);
  } catch (error) {
    // Whoever interrupted it ends the task, after its own removal.
    if (stop.signal.aborted) await new Promise(() => {});
    remove();
    throw error;
  } finally {
    unwatch();
  }
}

/** The first of some programs that is there, if it is a Python that is new enough. */
async function findPython(programs: readonly string[]): Promise<string> {
  const wanted = leastPython.join(".");
  for (const program of programs) {
    let said;
    try {
      said = await new Deno.Command(program, {
        args: ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
        stdin: "null",
        stderr: "null",
      }).output();
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) continue;
      throw error;
    }
    const version = new TextDecoder().decode(said.stdout).trim();
    const [major, minor] = version.split(".").map(Number);
    if (!said.success || !(major > 0)) continue;
    if (major > leastPython[0] || major === leastPython[0] && minor >= leastPython[1]) {
      return program;
    }
    throw new Error(
      `Cannot install JupyterLab: ${program} is Python ${version}, expected ${wanted} or later`,
    );
  }
  throw new Error(
    `Cannot install JupyterLab: no Python is on the path (tried ${
      programs.join(", ")
    }), expected Python ${wanted} or later`,
  );
}
