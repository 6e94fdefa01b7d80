import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { kernelName, kernelSpec, type KernelSpecOptions } from "../kernel/kernel_spec.ts";
import { paths } from "../paths.ts";

/** Variables with which Jupyter finds the project's kernel and settings. */
export const jupyterEnvironment: Record<string, string> = {
  JUPYTER_PATH: `${paths.jupyter}share/jupyter`,
  JUPYTER_CONFIG_PATH: `${paths.jupyter}etc/jupyter`,
};

/** Variables with which Jupyter reads and writes below a folder, and nothing of the person's. */
export function ownEnvironment(root: string): Record<string, string> {
  return {
    JUPYTER_PATH: join(root, "share"),
    JUPYTER_CONFIG_PATH: join(root, "etc"),
    JUPYTER_CONFIG_DIR: join(root, "config"),
    JUPYTER_DATA_DIR: join(root, "data"),
    JUPYTER_RUNTIME_DIR: join(root, "runtime"),
    IPYTHONDIR: join(root, "ipython"),
  };
}

/** {@link jupyterEnvironment} before what the person has set there. */
export function extendedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(jupyterEnvironment).map(([name, folder]) => {
      const set = Deno.env.get(name);
      return [name, set ? `${folder}${delimiter}${set}` : folder];
    }),
  );
}

/**
 * The folder in which Jupyter looks for what belongs to one person.
 *
 * @throws {Error} when the person has no home folder
 */
export function userJupyterFolder(): string {
  const set = Deno.env.get("JUPYTER_DATA_DIR");
  if (set) return set;
  if (Deno.build.os === "windows") return join(needed("APPDATA"), "jupyter");
  if (Deno.build.os === "darwin") return join(needed("HOME"), "Library", "Jupyter");
  return join(Deno.env.get("XDG_DATA_HOME") || join(needed("HOME"), ".local", "share"), "jupyter");
}

function needed(variable: string): string {
  const value = Deno.env.get(variable);
  if (!value) {
    throw new Error(`Cannot find your Jupyter folder: the variable ${variable} is not set`);
  }
  return value;
}

/** Writes the kernelspec below a data folder of Jupyter and returns where. */
export function writeKernelSpec(folder: string, options: KernelSpecOptions = {}): string {
  const file = specFile(folder);
  Deno.mkdirSync(join(file, ".."), { recursive: true });
  Deno.writeTextFileSync(`${file}.tmp`, `${JSON.stringify(kernelSpec(options), null, 2)}\n`);
  Deno.renameSync(`${file}.tmp`, file);
  return file;
}

function specFile(folder: string): string {
  return join(folder, "kernels", kernelName, "kernel.json");
}

/**
 * Writes a kernelspec again if it starts the kernel of this checkout, since the path of Deno in it may have gone (a Deno that npx started
 * lies in npx's cache); the memory that it grants stays.
 *
 * @returns Where it lies; null when there is none, or one of another checkout.
 */
export function refreshKernelSpec(folder: string): string | null {
  const file = specFile(folder);
  if (!existsSync(file)) return null;
  const { argv, heap } = readSpec(file);
  const ours = kernelSpec().argv.find((part) => part.endsWith(".ts"))!;
  return argv.includes(ours) ? writeKernelSpec(folder, { heap }) : null;
}

/** Command and memory of a kernelspec; of one that cannot be read, none. */
function readSpec(file: string): { argv: unknown[]; heap?: number } {
  try {
    const { argv, env } = JSON.parse(Deno.readTextFileSync(file));
    const [, heap] = /--max-old-space-size=(\d+)/.exec(env?.DENO_V8_FLAGS ?? "") ?? [];
    return { argv: Array.isArray(argv) ? argv : [], heap: heap ? Number(heap) : undefined };
  } catch (error) {
    if (error instanceof SyntaxError) return { argv: [] };
    throw error;
  }
}

/**
 * Writes settings into a configuration folder, for JupyterLab and both Notebooks, that lift the limits over which they drop outputs: of the
 * rate of messages, and of the time that a busy browser may be silent before its connection is cut.
 */
export function writeJupyterSettings(folder: string): void {
  const rates = { iopub_data_rate_limit: 1e12, iopub_msg_rate_limit: 1e9 };
  const app = { ...rates, tornado_settings: { ws_ping_timeout: 3_600_000 } };
  Deno.mkdirSync(folder, { recursive: true });
  for (
    const [name, settings] of Object.entries({
      // The rates have belonged to the first since jupyter_server 2, and to the second before that.
      jupyter_server_config: { ZMQChannelsWebsocketConnection: rates, ServerApp: app },
      jupyter_notebook_config: { NotebookApp: app },
    })
  ) Deno.writeTextFileSync(join(folder, `${name}.json`), `${JSON.stringify(settings, null, 2)}\n`);
}
