/**
 * Opens the notebooks in Jupyter.
 *
 * @module
 */
import { dirname, join, resolve } from "node:path";
import { paths } from "../paths.ts";
import { command, integer, UsageError } from "./cli.ts";
import { onInterrupt } from "./interrupt.ts";
import {
  extendedEnvironment,
  jupyterEnvironment,
  refreshKernelSpec,
  userJupyterFolder,
  writeJupyterSettings,
  writeKernelSpec,
} from "./kernel_folders.ts";
import { findJupyter, type Jupyter } from "./lab/find_jupyter.ts";
import { inVsCode } from "./lab/in_vs_code.ts";
import { installed, installJupyterLab, jupyterLabVersion } from "./lab/install_jupyter.ts";
import { serve } from "./lab/serve.ts";
import { notebookFiles } from "./notebook/notebook_files.ts";

const help = `
Opens the notebooks in your browser, in the JupyterLab that this task installed, else in yours, else in your Notebook.
New notebooks get the kernel "Deno (Kindred)". Only this machine can reach it. Ctrl-C ends it, and its kernels.

  deno task lab [NN | FILE]

Without Jupyter it offers to install JupyterLab ${jupyterLabVersion} into .jupyter/venv of the project, which needs Python 3.10 or
later and a network once; to be rid of it, remove that folder.

  NN            the notebook whose name starts so, for example 03 or 3, is opened at once
  FILE          a notebook anywhere
  --install     installs without asking, even where there is another Jupyter
  --no-browser  opens no browser, but tells the address
  --port N      port of this machine (the first from 8888 that is free)
  --heap MB     memory that a notebook may use (Deno's own limit is 4,096 on most machines)

Each start writes the kernel's kernel.json again, since it names the Deno that runs this task by its path.

${inVsCode}
`;

/** The project's own virtual environment. */
const venv = join(paths.jupyter, "venv");

if (import.meta.main) {
  await command({
    help,
    options: {
      install: { type: "boolean" },
      "no-browser": { type: "boolean" },
      port: { type: "string" },
      heap: { type: "string" },
    },
    positionals: [0, 1],
    async run({ install, heap, port, "no-browser": hidden }, named) {
      const files = named.length > 0 ? notebookFiles(named) : [];
      if (files.length > 1) {
        throw new UsageError(`${files.length} notebooks start with "${named[0]}", expected one`);
      }
      const file = files.length > 0 ? Deno.realPathSync(resolve(files[0])) : undefined;
      const options = {
        heap: heap === undefined ? undefined : integer(heap, { name: "heap", least: 128 }),
        port: port === undefined ? undefined : integer(port, { name: "port", least: 1 }),
      };
      if (install && !installed(venv)) await installJupyterLab({ venv });
      const jupyter = await findJupyter({ venv }) ?? await offered();
      writeSpecs(options.heap);
      console.error(`Starting ${jupyter.name}. Ctrl-C here ends it.`);
      const server = serve(jupyter, {
        folder: file === undefined ? paths.notebooks : dirname(file),
        file,
        port: options.port,
        browser: !hidden,
        env: extendedEnvironment(),
      });
      const unwatch = onInterrupt(() => server.end());
      const { success, code } = await server.status;
      unwatch();
      if (!success) throw new Error(`${jupyter.name} ended with exit code ${code}`);
    },
  });
}

/** Offers to install JupyterLab. @throws {Error} when nobody is there to accept, or nobody does */
async function offered(): Promise<Jupyter> {
  const question =
    `There is no Jupyter here. Install JupyterLab ${jupyterLabVersion} into ${venv}?`;
  if (!Deno.stdin.isTerminal() || !confirm(question)) {
    throw new Error(
      `no Jupyter was found: run deno task lab --install, or install JupyterLab yourself\n${inVsCode}`,
    );
  }
  await installJupyterLab({ venv });
  const jupyter = await findJupyter({ venv });
  if (!jupyter) throw new Error(`JupyterLab in ${venv} does not start: remove that folder`);
  return jupyter;
}

/** Writes settings and kernelspec of the project, and that of the person if it is of this checkout. */
function writeSpecs(heap: number | undefined): void {
  writeJupyterSettings(jupyterEnvironment.JUPYTER_CONFIG_PATH);
  const folder = jupyterEnvironment.JUPYTER_PATH;
  const written = [
    heap === undefined && refreshKernelSpec(folder) || writeKernelSpec(folder, { heap }),
  ];
  const users = refreshKernelSpec(userJupyterFolder());
  if (users) written.push(users);
  for (const file of written) console.error(`Wrote ${file} for ${Deno.execPath()}`);
}
