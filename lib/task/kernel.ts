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

const help = `
deno task kernel [--user] [--heap MB]

Makes the kernel "Deno (Kindred)" known to Jupyter: Deno's kernel, such that no output is lost or shown in
another cell. It is written into the folder .jupyter of the project.

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
      const file = writeKernelSpec(jupyterEnvironment.JUPYTER_PATH, options);
      console.log(`Wrote ${file}`);
      if (user) {
        console.log(`Wrote ${writeKernelSpec(userJupyterFolder(), options)}`);
        console.log(
          'Any Jupyter of yours now offers "Deno (Kindred)". It needs this checkout to stay.',
        );
        return;
      }
      console.log("To open the notebooks with it:\n");
      for (const [name, value] of Object.entries(jupyterEnvironment)) {
        console.log(`  export ${name}="${value}"`);
      }
      console.log(`  jupyter lab "${paths.root}notebooks"\n`);
      console.log(
        'Choose the kernel "Deno (Kindred)". To see it in every Jupyter of yours: deno task kernel --user',
      );
    },
  });
}
