import assert from "node:assert/strict";
import { serve } from "../../../lib/task/lab/serve.ts";
import { until } from "../../kernel/support.ts";
import { programs, textOf } from "./support.ts";

/** A Jupyter that writes down how it was called, in one go, and then does nothing; it ends when it is told so unless it is deaf. */
const jupyter = `trap "exit 0" TERM
echo "$$ $HELLO $*" > said.tmp && mv said.tmp said
while :; do sleep 0.05; done`;

function runs(pid: number): boolean {
  const { stdout } = new Deno.Command("ps", { args: ["-o", "stat=", "-p", String(pid)] })
    .outputSync();
  return /^[^Z\s]/.test(new TextDecoder().decode(stdout).trim());
}

Deno.test("serve() starts Jupyter for this machine only, with the kernel as default, and ends it", async () => {
  const folder = programs({ jupyter });
  const command = [`${folder}/jupyter`, "lab"];
  const server = serve({ name: "a", command, app: "ServerApp" }, {
    folder,
    file: `${folder}/a b.ipynb`,
    env: { HELLO: "hello" },
    port: 8901,
    browser: false,
    output: "null",
  });
  const [pid, ...said] = (await textOf(`${folder}/said`)).trim().split(" ");
  const line = said.join(" ");
  assert.ok(line.startsWith(`hello lab ${folder}/a b.ipynb --ServerApp.ip=127.0.0.1 `), line);
  for (
    const argument of [
      `--ServerApp.root_dir=${folder}`,
      "--MultiKernelManager.default_kernel_name=kindred-deno",
      "--ServerApp.port=8901",
      "--no-browser",
    ]
  ) assert.ok(said.join(" ").includes(argument), argument);
  assert.ok(runs(Number(pid)));
  await server.end();
  assert.equal((await server.status).code, 0);
  assert.ok(!runs(Number(pid)));
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("serve() speaks to the classic Notebook by its own settings, and tells how Jupyter ended", async () => {
  const folder = programs({ jupyter: 'echo "$@" > said; exit 3' });
  const server = serve({ name: "a", command: [`${folder}/jupyter`], app: "NotebookApp" }, {
    folder,
    env: {},
    output: "null",
  });
  assert.equal((await server.status).code, 3);
  const said = Deno.readTextFileSync(`${folder}/said`);
  assert.ok(said.startsWith(`--NotebookApp.ip=127.0.0.1 --NotebookApp.notebook_dir=${folder} `));
  assert.doesNotMatch(said, /port|no-browser/);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("Jupyter ends when the task that serves was killed", async () => {
  const folder = programs({ jupyter });
  const module = new URL("../../../lib/task/lab/serve.ts", import.meta.url).href;
  const script = `import { serve } from "${module}";
    await serve({ name: "a", command: ["${folder}/jupyter"], app: "ServerApp" }, {
      folder: "${folder}", env: {}, output: "null",
    }).status;`;
  const task = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-config",
      "--no-lock",
      "--allow-all",
      `data:text/typescript,${encodeURIComponent(script)}`,
    ],
  }).spawn();
  const pid = Number((await textOf(`${folder}/said`)).split(" ")[0]);
  assert.ok(runs(pid));
  task.kill("SIGKILL");
  await task.status;
  await until(() => !runs(pid), { what: "Jupyter has ended" });
  Deno.removeSync(folder, { recursive: true });
});
