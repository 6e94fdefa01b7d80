/**
 * The process that kernel.json starts: `main.ts CONNECTION_FILE [--way sentinel]`.
 *
 * @module
 */
import type { Way } from "./child_kernel.ts";
import { readConnectionFile } from "./connection_file.ts";
import { Proxy } from "./proxy.ts";

const [file, , way] = Deno.args;
const parent = Deno.ppid;
const proxy = new Proxy(readConnectionFile(file), {
  // What was sent last is with the system; the peers get it after this process has ended.
  onEnd: (code) => setTimeout(() => Deno.exit(code), 20),
});

async function end(): Promise<void> {
  await proxy.close();
  Deno.exit(0);
}

if (Deno.build.os !== "windows") {
  Deno.addSignalListener("SIGINT", () => proxy.interrupt());
  Deno.addSignalListener("SIGTERM", end);
  setInterval(() => {
    if (Deno.ppid === parent) return;
    // The front end has died: nobody else removes its connection file.
    try {
      Deno.removeSync(file);
    } catch {
      // It was removed by someone, after all.
    }
    end();
  }, 500);
}

try {
  await proxy.start({ way: way as Way | undefined });
} catch (error) {
  console.error(`error: ${(error as Error).message}`);
  await proxy.close();
  Deno.exit(1);
}
