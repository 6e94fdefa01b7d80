import assert from "node:assert/strict";
import type { Captured } from "../../lib/kernel/capture.ts";
import { ChildKernel } from "../../lib/kernel/child_kernel.ts";
import { writeConnectionFile } from "../../lib/kernel/connection_file.ts";

/** Stands between a kernel and those that connect to one of its ports. */
function relay(to: number) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const self = {
    port: listener.addr.port,
    connections: 0,
    /** Called with bytes of the kernel, which it may change; null cuts the connection. */
    change: (bytes: Uint8Array): Uint8Array | null => bytes,
    close: () => listener.close(),
  };
  (async () => {
    for await (const near of listener) {
      self.connections++;
      Deno.connect({ hostname: "127.0.0.1", port: to }).then(async (far) => {
        near.readable.pipeTo(far.writable).catch(() => {});
        const writer = near.writable.getWriter();
        for await (const bytes of far.readable) {
          const changed = self.change(bytes);
          if (changed === null) break;
          await writer.write(changed);
        }
        await writer.close();
      }).catch(() => {
        // Nobody listens yet, or one side has gone; the other sees it.
        try {
          near.close();
        } catch {
          // The stream has closed it.
        }
      });
    }
  })();
  return self;
}

for (const how of ["is broken", "breaks the connection"] as const) {
  Deno.test({
    name: `by the sentinel a message that ${how} is told in its cell, and the next cells are whole`,
    // A kernel is read until the process of its proxy ends.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      let iopub: ReturnType<typeof relay> | undefined;
      const seen: Captured[] = [];
      const kernel = await ChildKernel.start({
        way: "sentinel",
        onInput() {},
        onCaptured: (captured) => void seen.push(captured),
        writeConnection(path) {
          const info = writeConnectionFile(path);
          iopub = relay(info.iopub_port);
          return { ...info, iopub_port: iopub.port };
        },
      });
      const run = async (code: string) => {
        seen.length = 0;
        await kernel.ask("execute_request", { code, silent: false, store_history: false });
        await kernel.fence();
        return seen.map((captured) => captured.kind === "stream" ? captured.text : captured.type);
      };
      assert.deepEqual(await run(`console.log("a")`), ["a\n"]);
      let broken = 0;
      iopub!.change = (bytes) => {
        const text = new TextDecoder("latin1").decode(bytes);
        const at = text.indexOf("to break");
        if (at < 0) return bytes;
        broken++;
        bytes[at] = "T".charCodeAt(0);
        return how === "is broken" ? bytes : null;
      };
      const told = await run(`console.log("to" + " break")`);
      assert.equal(broken, 1);
      assert.deepEqual(told.filter((text) => /is broken: something .* is lost/.test(text)), told);
      assert.ok(told.length > 0);
      assert.deepEqual(await run(`console.log("b"); 1`), ["b\n", "execute_result"]);
      assert.equal(iopub!.connections, how === "is broken" ? 1 : 2);
      await kernel.process.end();
      iopub!.close();
    },
  });
}
