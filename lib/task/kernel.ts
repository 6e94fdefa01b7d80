/**
 * Tells Jupyter about the kernel.
 *
 * @module
 */
import { paths } from "../paths.ts";
import { command, integer } from "./cli.ts";
import {
  jupyterEnvironment,
  userJupyterFolder,
  writeJupyterSettings,
  writeKernelSpec,
} from "./kernel_folders.ts";
import { inVsCode } from "./lab/in_vs_code.ts";

const help = `
Makes the kernel "Deno (Kindred)" known to Jupyter: Deno's kernel, such that no output is lost or shown in
another cell.

  deno task kernel [--user]

It is written into the folder .jupyter of the project. It names the Deno that runs this task, by its path: run the
task again when that has gone, for example after npx's cache was cleaned. deno task lab does so at each start.

  --user      for every notebook of yours, wherever it lies
  --heap MB   memory that a notebook may use (Deno's own limit is 4,096 on most machines)
`;

if (import.meta.main) {
  await command({
    help,
    options: { user: { type: "boolean" }, heap: { type: "string" } },
    positionals: [0, 0],
    run({ user, heap }) {
      const options = heap === undefined ? {} : {
        heap: integer(heap, { name: "heap", least: 128 }),
      };
      writeJupyterSettings(jupyterEnvironment.JUPYTER_CONFIG_PATH);
      console.log(`Wrote ${writeKernelSpec(jupyterEnvironment.JUPYTER_PATH, options)}`);
      if (user) {
        console.log(`Wrote ${writeKernelSpec(userJupyterFolder(), options)}`);
        console.log(
          'Any Jupyter of yours now offers "Deno (Kindred)". It needs this checkout to stay,',
        );
        console.log(`and this Deno: ${Deno.execPath()}\n\n${inVsCode}`);
        return;
      }
      console.log("\ndeno task lab opens the notebooks with it. To do so yourself:\n");
      for (const [name, value] of Object.entries(jupyterEnvironment)) {
        console.log(`  export ${name}="${value}"`);
      }
      console.log(`  jupyter lab "${paths.notebooks}"\n`);
      console.log(
        'Choose the kernel "Deno (Kindred)". To see it in every Jupyter of yours: deno task kernel --user',
      );
    },
  });
}
