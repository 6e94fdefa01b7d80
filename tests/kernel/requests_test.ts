import assert from "node:assert/strict";
import { cell, withKernel } from "./support.ts";

Deno.test("the kernel answers what front ends ask besides cells, and passes comms on", () =>
  withKernel({}, async (kernel) => {
    const { client } = kernel;
    const ask = (type: string, content = {}) => client.ask("shell", type, { content });
    await cell(kernel, "const counted = [1, 2];");
    const { matches } = await ask("complete_request", { code: "counted.inc", cursor_pos: 11 });
    assert.deepEqual(matches, ["includes"]);
    assert.equal((await ask("is_complete_request", { code: "1 + 1" })).status, "complete");
    assert.deepEqual((await ask("comm_info_request")).comms, {});
    // Deno's kernel has no comms of front ends: they are told nothing, and nothing breaks.
    client.send("shell", "comm_open", { content: { comm_id: "a", target_name: "b", data: {} } });
    client.send("shell", "comm_msg", { content: { comm_id: "a", data: {} } });
    const { order, status } = await cell(
      kernel,
      'await Deno.jupyter.broadcast("comm_open", { comm_id: "c", target_name: "d", data: {} });',
    );
    assert.equal(status, "ok");
    assert.deepEqual(order, ["busy", "execute_input", "comm_open", "idle"]);
  }));
