import assert from "node:assert/strict";
import { runKernel } from "../../lib/kernel/run_kernel.ts";
import { writeConnectionFile } from "../../lib/kernel/connection_file.ts";
import { KernelClient } from "../../lib/kernel/client.ts";
import {
  refreshKernelSpec,
  userJupyterFolder,
  writeJupyterSettings,
  writeKernelSpec,
} from "../../lib/task/kernel_folders.ts";
import { cell } from "../kernel/support.ts";

Deno.test("writeKernelSpec() writes a command that starts a kernel from anywhere", async () => {
  const folder = Deno.makeTempDirSync();
  const spec = JSON.parse(Deno.readTextFileSync(writeKernelSpec(folder, { heap: 700 })));
  assert.equal(spec.display_name, "Deno (Kindred)");
  assert.equal(spec.interrupt_mode, "message");
  const file = `${folder}/connection.json`;
  const info = writeConnectionFile(file);
  const [program, ...args] = (spec.argv as string[]).map((part) =>
    part.replace("{connection_file}", file)
  );
  const process = new Deno.Command(program, { args, cwd: folder, env: spec.env }).spawn();
  const client = await KernelClient.connect(info);
  const { outputs } = await cell(
    { client },
    `import { getHeapStatistics } from "node:v8";
     getHeapStatistics().heap_size_limit < 900e6`,
  );
  assert.deepEqual(outputs, ["execute_result: true"]);
  await client.ask("control", "shutdown_request", { content: { restart: true } });
  assert.equal((await process.status).code, 0);
  client.close();
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("runKernel() says so when the kernel does not start", async () => {
  await assert.rejects(() => runKernel({ cwd: "/no/such/folder" }), /no\/such\/folder|NotFound/i);
});

Deno.test("writeJupyterSettings() lifts the limits of each server, and userJupyterFolder() is absolute", () => {
  const folder = Deno.makeTempDirSync();
  writeJupyterSettings(folder);
  for (
    const [name, app, server] of [
      ["jupyter_server_config", "ZMQChannelsWebsocketConnection", "ServerApp"],
      ["jupyter_notebook_config", "NotebookApp", "NotebookApp"],
    ]
  ) {
    const settings = JSON.parse(Deno.readTextFileSync(`${folder}/${name}.json`));
    assert.ok(settings[app].iopub_data_rate_limit > 1e9);
    assert.ok(settings[server].tornado_settings.ws_ping_timeout >= 600_000);
  }
  assert.match(userJupyterFolder(), /^(?:\/|[A-Z]:)/);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("refreshKernelSpec() names this Deno again, keeps the memory, and leaves what is of others alone", () => {
  const folder = Deno.makeTempDirSync();
  assert.equal(refreshKernelSpec(folder), null);
  const file = writeKernelSpec(folder, { heap: 700 });
  const written = Deno.readTextFileSync(file);
  Deno.writeTextFileSync(file, written.replace(JSON.stringify(Deno.execPath()), '"/gone/deno"'));
  assert.equal(refreshKernelSpec(folder), file);
  assert.equal(Deno.readTextFileSync(file), written);
  for (const other of [written.replace("/lib/kernel/", "/other/kernel/"), "{", '{"argv":1}']) {
    Deno.writeTextFileSync(file, other);
    assert.equal(refreshKernelSpec(folder), null);
    assert.equal(Deno.readTextFileSync(file), other);
  }
  Deno.removeSync(folder, { recursive: true });
});
