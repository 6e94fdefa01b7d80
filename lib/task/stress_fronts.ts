import { join } from "node:path";
import type { KernelCommandOptions } from "../kernel/kernel_command.ts";
import { kernelName } from "../kernel/kernel_spec.ts";
import { runKernel } from "../kernel/run_kernel.ts";
import { type Notebook, runNotebook } from "../kernel/run_notebook.ts";
import { type BrowserPage, openBrowser } from "./chromium.ts";

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
}

/**
 * Runs `stress.ipynb` with a front end and returns it as that saved it.
 *
 * @throws {Error} when the front end fails
 */
export async function runWith(front: FrontEnd, options: RunWithOptions): Promise<Notebook> {
  const { folder, jupyter, env, timeout, way } = options;
  const file = join(folder, "stress.ipynb");
  const program = (name: string) => jupyter === "" ? name : join(jupyter, name);
  if (front === "runner") {
    const kernel = await runKernel({ way, cwd: folder });
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
    });
  } else if (front === "execute") {
    await run(program("jupyter-execute"), {
      args: ["--inplace", `--kernel_name=${kernelName}`, file],
      folder,
      env,
    });
  } else await inBrowser(front, { ...options, program: program("jupyter-lab") });
  return read(file);
}

function read(file: string): Notebook {
  return JSON.parse(Deno.readTextFileSync(file)) as Notebook;
}

async function run(
  program: string,
  { args, folder, env }: { args: string[]; folder: string; env: Record<string, string> },
): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args,
    cwd: folder,
    env,
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
    save: "panel.context.save().then(() => true)",
    args: ["--LabApp.expose_app_in_browser=True", "--ServerApp.disable_check_xsrf=True"],
  },
  classic: {
    path: "/notebooks/stress.ipynb",
    ready: "Jupyter.notebook?.kernel?.is_connected() && Jupyter.notebook._fully_loaded",
    runAll: "void Jupyter.notebook.execute_all_cells()",
    // A cell has its number with its reply, which may overtake its outputs; they are all there when its idle has come.
    done: `Jupyter.notebook.get_cells().every((cell) =>
      Number.isInteger(cell.input_prompt_number) &&
      (Jupyter.notebook.kernel._msg_callbacks[cell.last_msg_id]?.iopub_done ?? true))`,
    save: "Jupyter.notebook.save_notebook().then(() => true)",
    args: [],
  },
};

/** Opens the notebook in a browser, runs all its cells as the menu does, and saves it. */
async function inBrowser(
  front: "lab" | "classic",
  { folder, classic, program, env, chromium, timeout }: RunWithOptions & { program: string },
): Promise<void> {
  const { path, ready, runAll, done, save, args } = pages[front];
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const app = front === "lab" ? "ServerApp" : "NotebookApp";
  const server = new Deno.Command(front === "lab" ? program : classic, {
    args: [
      "--no-browser",
      "--allow-root",
      `--${app}.ip=127.0.0.1`,
      `--${app}.port=${port}`,
      `--${app}.token=`,
      `--${app}.password=`,
      `--${app}.${front === "lab" ? "root_dir" : "notebook_dir"}=${folder}`,
      ...args,
    ],
    cwd: folder,
    env,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  let page: BrowserPage | undefined;
  try {
    await answers(`http://127.0.0.1:${port}/api`);
    page = await openBrowser(chromium);
    await page.goto(`http://127.0.0.1:${port}${path}`);
    await page.until(ready, 60);
    await page.evaluate(runAll);
    await page.until(done, timeout);
    await page.until(save, 120);
  } finally {
    await page?.close();
    server.kill("SIGTERM");
    await server.status;
  }
}

async function answers(url: string): Promise<void> {
  for (let tenths = 0; tenths < 600; tenths++) {
    try {
      await (await fetch(url)).body?.cancel();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`Nothing answers at ${url} after 60 s`);
}
