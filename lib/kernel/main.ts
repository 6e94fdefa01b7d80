/**
 * The process that kernel.json starts: `main.ts CONNECTION_FILE [--way sentinel]`.
 *
 * @module
 */
import { bindPorts } from "./bind_ports.ts";
import type { Way } from "./child_kernel_options.ts";
import { portNames, readConnectionFile, saveConnectionFile } from "./connection_file.ts";
import { Proxy } from "./proxy.ts";

const [file, , way] = Deno.args;
const parent = Deno.ppid;
let proxy: Proxy | undefined;

async function end(code = 0): Promise<void> {
  await proxy?.close();
  Deno.exit(code);
}

if (Deno.build.os !== "windows") {
  Deno.addSignalListener("SIGINT", () => proxy?.interrupt());
  Deno.addSignalListener("SIGTERM", () => end());
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
  const wanted = readConnectionFile(file);
  const bound = await bindPorts(wanted);
  if (portNames.some((name) => wanted[name] === 0)) saveConnectionFile(file, bound.info);
  proxy = new Proxy(bound, {
    // What was sent last is with the system; the peers get it after this process has ended.
    onEnd: (code) => setTimeout(() => Deno.exit(code), 20),
  });
  await proxy.start({ way: way as Way | undefined });
} catch (error) {
  console.error(`error: ${(error as Error).message}`);
  await end(1);
}
