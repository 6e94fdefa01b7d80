import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import {
  installed,
  installJupyterLab,
  jupyterLabVersion,
} from "../../../lib/task/lab/install_jupyter.ts";
import { programs, textOf } from "./support.ts";

/** A Python that makes environments whose Python runs a script. */
const python = (pip: string) => `
case "$1 $2" in
  "-c import"*) echo 3.11;;
  "-m venv") mkdir -p "$3/bin"; printf '#!/bin/sh\\n%s\\n' '${pip}' > "$3/bin/python"; chmod +x "$3/bin/python";;
esac`;

Deno.test("installJupyterLab() has pip install the pinned JupyterLab, and marks the environment when it is whole", async () => {
  const folder = programs({ python: python(`echo "$@" > "${"$(dirname $0)"}/../called"`) });
  const venv = `${folder}/deep/venv`;
  Deno.mkdirSync(`${venv}/half-made`, { recursive: true });
  assert.equal(installed(venv), false);
  await installJupyterLab({ venv, pythons: ["no-such-python", `${folder}/python`] });
  assert.ok(installed(venv));
  assert.ok(!existsSync(`${venv}/half-made`));
  assert.match(
    Deno.readTextFileSync(`${venv}/called`),
    new RegExp(`^-m pip install .*jupyterlab==${jupyterLabVersion}\n$`),
  );
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("installJupyterLab() says what is missing, and leaves nothing when it fails", async () => {
  const folder = programs({
    old: "echo 3.8",
    bare:
      '[ "$1" = -c ] && echo 3.12 && exit; mkdir -p "$3"; echo "ensurepip is not available"; exit 1',
    offline: python("exit 7"),
  });
  const venv = `${folder}/venv`;
  const install = (...pythons: string[]) => installJupyterLab({ venv, pythons });
  await assert.rejects(
    install("no-such-python", "nor-this"),
    /no Python is on the path \(tried no-such-python, nor-this\), expected Python 3\.10 or later/,
  );
  await assert.rejects(install(`${folder}/old`), /is Python 3\.8, expected 3\.10 or later/);
  await assert.rejects(
    install(`${folder}/bare`),
    /cannot make a virtual environment; on Debian .* python3-venv .*\nensurepip is not available/,
  );
  await assert.rejects(install(`${folder}/offline`), /pip ended with exit code 7/);
  assert.ok(!existsSync(venv));
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("installJupyterLab() leaves nothing when it is interrupted", async () => {
  const folder = programs({ python: python('echo $$ > "$(dirname $0)/../pid"; exec sleep 60') });
  const venv = `${folder}/venv`;
  const module = new URL("../../../lib/task/lab/install_jupyter.ts", import.meta.url).href;
  const script = `import { installJupyterLab } from "${module}";
    await installJupyterLab({ venv: "${venv}", pythons: ["${folder}/python"] });`;
  const task = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-config",
      "--no-lock",
      "--allow-all",
      `data:text/typescript,${encodeURIComponent(script)}`,
    ],
    stdout: "null",
    stderr: "null",
  }).spawn();
  const pid = Number(await textOf(`${venv}/pid`));
  task.kill("SIGINT");
  assert.equal((await task.status).code, 130);
  assert.ok(!existsSync(venv));
  assert.throws(() => Deno.kill(pid, "SIGKILL"));
  Deno.removeSync(folder, { recursive: true });
});
