import assert from "node:assert/strict";
import { bindPorts } from "../../lib/kernel/bind_ports.ts";
import { KernelClient } from "../../lib/kernel/client.ts";
import { writeConnectionFile } from "../../lib/kernel/connection_file.ts";
import { Proxy } from "../../lib/kernel/proxy.ts";
import { knownVersions } from "../../lib/kernel/deno_version.ts";
import { cell } from "./support.ts";

Deno.test({
  name: "with an unknown version of Deno the first cell says so, and outputs still come in order",
  // The proxy keeps reading its pipes until its process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const file = Deno.makeTempFileSync();
    const info = writeConnectionFile(file);
    const ended = Promise.withResolvers<number>();
    const proxy = new Proxy(await bindPorts(info), { onEnd: ended.resolve });
    await proxy.start({ version: "9.9.9" });
    const client = await KernelClient.connect(info);
    const first = await cell({ client }, `console.log("a"); 1 + 1`);
    assert.match(first.outputs[0], /^stderr: Deno 9\.9\.9 is not one of those/);
    assert.deepEqual(first.outputs.slice(1), ["stdout: a\n", "execute_result: 2"]);
    assert.deepEqual((await cell({ client }, "2")).outputs, ["execute_result: 2"]);
    client.send("control", "shutdown_request");
    assert.equal(await ended.promise, 0);
    client.close();
    Deno.removeSync(file);
  },
});

Deno.test("the side channel is known to work with the Deno that runs the tests", () => {
  assert.ok(knownVersions.includes(Deno.version.deno));
});
