import assert from "node:assert/strict";
import { findJupyter } from "../../../lib/task/lab/find_jupyter.ts";
import { programs } from "./support.ts";

/** What is found where only these programs are on the path. */
async function found(scripts: Record<string, string>) {
  const folder = programs(scripts);
  const jupyter = await findJupyter({ venv: `${folder}/none`, env: { PATH: folder } });
  Deno.removeSync(folder, { recursive: true });
  return jupyter && { ...jupyter, command: jupyter.command.join(" ") };
}

Deno.test("findJupyter() prefers JupyterLab to the Notebook, and knows the settings of each", async () => {
  const both = 'case "$1" in lab) echo 4.6.6;; notebook) echo 7.4.1;; *) exit 1;; esac';
  assert.deepEqual(await found({ jupyter: both }), {
    name: "JupyterLab 4.6.6",
    command: "jupyter lab",
    app: "ServerApp",
  });
  assert.deepEqual(await found({ jupyter: "exit 1", "jupyter-lab": "echo 3.0.1" }), {
    name: "JupyterLab 3.0.1",
    command: "jupyter-lab",
    app: "ServerApp",
  });
  const classic = '[ "$1" = notebook ] && echo 6.4.12';
  assert.equal((await found({ jupyter: classic }))?.app, "NotebookApp");
  assert.equal((await found({ "jupyter-notebook": "echo 7.0.0" }))?.app, "ServerApp");
});

Deno.test("findJupyter() finds none where nothing, something old or something else is", async () => {
  assert.equal(await found({}), null);
  assert.equal(await found({ "jupyter-lab": "echo 2.3.2" }), null);
  assert.equal(await found({ jupyter: "echo usage: jupyter; exit 0" }), null);
  assert.equal(await found({ jupyter: "echo 4.0.0; exit 1" }), null);
});

Deno.test("findJupyter() takes the virtual environment first, if it was made to the end", async () => {
  const folder = programs({ jupyter: "echo 4.0.0" });
  const venv = `${folder}/venv`;
  Deno.mkdirSync(`${venv}/bin`, { recursive: true });
  Deno.copyFileSync(`${folder}/jupyter`, `${venv}/bin/jupyter-lab`);
  const command = async () =>
    (await findJupyter({ venv, env: { PATH: `${folder}:/bin` } }))?.command;
  assert.deepEqual(await command(), ["jupyter", "lab"]);
  Deno.writeTextFileSync(`${venv}/kindred_installed.json`, "{}");
  assert.deepEqual(await command(), [`${venv}/bin/jupyter-lab`]);
  Deno.removeSync(folder, { recursive: true });
});
