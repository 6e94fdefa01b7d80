import { join } from "node:path";
import { kernelName, kernelSpec, type KernelSpecOptions } from "../kernel/kernel_spec.ts";
import { paths } from "../paths.ts";

/** Variables with which Jupyter finds the project's kernel and settings. */
export const jupyterEnvironment: Record<string, string> = {
  JUPYTER_PATH: `${paths.jupyter}share/jupyter`,
  JUPYTER_CONFIG_PATH: `${paths.jupyter}etc/jupyter`,
};

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
  return join(Deno.env.get("XDG_DATA_HOME") ?? join(needed("HOME"), ".local", "share"), "jupyter");
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
  const to = join(folder, "kernels", kernelName);
  Deno.mkdirSync(to, { recursive: true });
  const file = join(to, "kernel.json");
  Deno.writeTextFileSync(`${file}.tmp`, `${JSON.stringify(kernelSpec(options), null, 2)}\n`);
  Deno.renameSync(`${file}.tmp`, file);
  return file;
}

/** Writes settings into a configuration folder, for JupyterLab and both Notebooks that lift their limits, over which they drop outputs. */
export function writeJupyterSettings(folder: string): void {
  const limits = { iopub_data_rate_limit: 1e12, iopub_msg_rate_limit: 1e9 };
  Deno.mkdirSync(folder, { recursive: true });
  for (
    const [name, settings] of Object.entries({
      // The limits have belonged to the first since jupyter_server 2, and to the second before that.
      jupyter_server_config: { ZMQChannelsWebsocketConnection: limits, ServerApp: limits },
      jupyter_notebook_config: { NotebookApp: limits },
    })
  ) Deno.writeTextFileSync(join(folder, `${name}.json`), `${JSON.stringify(settings, null, 2)}\n`);
}
