import { join } from "node:path";
import type { KernelCommandOptions } from "../kernel/kernel_command.ts";
import { kernelName } from "../kernel/kernel_spec.ts";
import { runKernel } from "../kernel/run_kernel.ts";
import { type Notebook, runNotebook } from "../kernel/run_notebook.ts";
import { openBrowser } from "./chromium.ts";
import { startServer } from "./jupyter_server.ts";

/** What runs notebooks. */
export const frontEnds = ["runner", "nbconvert", "execute", "lab", "classic"] as const;

/** One of {@link frontEnds}. */
export type FrontEnd = typeof frontEnds[number];

/** What {@link runWith} needs to know. */
export interface RunWithOptions extends KernelCommandOptions {
  /** A folder of its own, which holds `stress.ipynb`. */
  folder: string;
  /** Folder of the programs of JupyterLab, nbconvert and execute; empty for those on the path. */
  jupyter: string;
  /** Program of the classic Notebook. */
  classic: string;
  chromium: string;
  /** Variables with which Jupyter finds the kernel. */
  env: Record<string, string>;
  /** Seconds that all may take. */
  timeout: number;
  /** Ends everything when it is given. */
  signal: AbortSignal;
  /** Called with warnings of Jupyter, which tell why a run was wrong. */
  onWarnings(lines: readonly string[]): void;
}

/**
 * Runs `stress.ipynb` with a front end and returns it as that saved it.
 *
 * @throws {Error} when the front end fails
 */
export async function runWith(front: FrontEnd, options: RunWithOptions): Promise<Notebook> {
  const { folder, jupyter, env, timeout, way, signal } = options;
  const file = join(folder, "stress.ipynb");
  const program = (name: string) => jupyter === "" ? name : join(jupyter, name);
  if (front === "runner") {
    const kernel = await runKernel({ way, cwd: folder, signal });
    try {
      const { notebook, failed } = await runNotebook(read(file), {
        client: kernel.client,
        timeout,
      });
      if (failed) throw new Error(`cell ${failed.cell}: ${failed.message}`);
      return notebook;
    } finally {
      await kernel.end();
    }
  }
  if (front === "nbconvert") {
    await run(program("jupyter-nbconvert"), {
      args: ["--to", "notebook", "--execute", "--inplace", file],
      folder,
      env,
      signal,
    });
  } else if (front === "execute") {
    await run(program("jupyter-execute"), {
      args: ["--inplace", `--kernel_name=${kernelName}`, file],
      folder,
      env,
      signal,
    });
  } else await inBrowser(front, { ...options, program: program("jupyter-lab") });
  return read(file);
}

function read(file: string): Notebook {
  return JSON.parse(Deno.readTextFileSync(file)) as Notebook;
}

async function run(
  program: string,
  { args, folder, env, signal }:
    & { args: string[] }
    & Pick<
      RunWithOptions,
      "folder" | "env" | "signal"
    >,
): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args,
    cwd: folder,
    env,
    signal,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) {
    const said = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
    throw new Error(`${program} failed: ${said}`);
  }
}

/** What a page of a front end understands. */
const pages = {
  lab: {
    path: "/lab/tree/stress.ipynb?reset",
    ready: `(() => {
      globalThis.panel = [...jupyterapp.shell.widgets("main")].find((widget) => widget.sessionContext);
      if (panel?.sessionContext.session?.kernel?.status !== "idle") return false;
      jupyterapp.shell.activateById(panel.id);
      return true;
    })()`,
    // The promise of this command is kept with the replies, which may overtake outputs: hence the count of idles.
    runAll: `globalThis.idle = new Set();
      panel.sessionContext.session.kernel.anyMessage.connect((_, { msg, direction }) => {
        const ended = direction === "recv" && msg.header.msg_type === "status" &&
          msg.content.execution_state === "idle";
        if (ended && msg.parent_header.msg_type === "execute_request") {
          globalThis.idle.add(msg.parent_header.msg_id);
        }
      });
      void jupyterapp.commands.execute("notebook:run-all-cells")`,
    done: `globalThis.idle.size >= panel.content.widgets.length &&
      panel.sessionContext.session.kernel.status === "idle"`,
    left: "panel.content.widgets.length - globalThis.idle.size",
    save: "panel.context.save().then(() => true)",
    args: ["--LabApp.expose_app_in_browser=True", "--ServerApp.disable_check_xsrf=True"],
  },
  classic: {
    path: "/notebooks/stress.ipynb",
    ready: "Jupyter.notebook?.kernel?.is_connected() && Jupyter.notebook._fully_loaded",
    // A cell has its number with its reply, which may overtake its outputs; they are all there when its idle has come.
    runAll: `globalThis.left = () => Jupyter.notebook.get_cells().filter((cell) =>
        !Number.isInteger(cell.input_prompt_number) ||
        !(Jupyter.notebook.kernel._msg_callbacks[cell.last_msg_id]?.iopub_done ?? true)).length;
      void Jupyter.notebook.execute_all_cells()`,
    done: "globalThis.left() === 0",
    left: "globalThis.left()",
    save: "Jupyter.notebook.save_notebook().then(() => true)",
    args: [],
  },
};

/** Opens the notebook in a browser, runs all its cells as the menu does, and saves it. */
async function inBrowser(
  front: "lab" | "classic",
  { classic, program, chromium, timeout, signal, onWarnings, ...options }: RunWithOptions & {
    program: string;
  },
): Promise<void> {
  const { path, ready, runAll, done, left, save, args } = pages[front];
  const app = front === "lab" ? "ServerApp" : "NotebookApp";
  const root = front === "lab" ? "root_dir" : "notebook_dir";
  const server = await startServer(front === "lab" ? program : classic, {
    ...options,
    args: [`--${app}.${root}=${options.folder}`, ...args],
    app,
    signal,
  });
  try {
    const page = await openBrowser(chromium, { signal });
    try {
      await page.goto(`http://127.0.0.1:${server.port}${path}`);
      // A page of 500 cells is slow on a busy machine.
      await page.until(ready, timeout);
      await page.evaluate(runAll);
      try {
        await page.until(done, timeout);
      } catch (error) {
        throw new Error(`${await page.evaluate(left)} cells were not done`, { cause: error });
      }
      await page.until(save, 120);
    } finally {
      await page.close();
    }
  } finally {
    onWarnings(await server.end());
  }
}
