import { KernelClient } from "./client.ts";
import { type ConnectionInfo, writeConnectionFile } from "./connection_file.ts";
import { kernelCommand, type KernelCommandOptions } from "./kernel_command.ts";

/** A kernel of our own with a client on it. */
export interface RunningKernel {
  client: KernelClient;
  info: ConnectionInfo;
  process: Deno.ChildProcess;
  /** Shuts the kernel down and removes its connection file; kills it when it does not end within five seconds. */
  end(): Promise<void>;
}

/** What {@link runKernel} may be told. */
export interface RunKernelOptions extends KernelCommandOptions {
  /** Working directory of the cells. @default that of this process */
  cwd?: string;
  /** Heap of the kernel in megabytes. @default Deno's own */
  heap?: number;
}

/**
 * Starts a kernel and waits until it answers.
 *
 * @throws {Error} when it does not start
 */
export async function runKernel(
  { way, cwd, heap }: RunKernelOptions = {},
): Promise<RunningKernel> {
  const file = Deno.makeTempFileSync({ prefix: "kindred-client-", suffix: ".json" });
  const info = writeConnectionFile(file);
  const [program, ...args] = kernelCommand(file, { way });
  const process = new Deno.Command(program, {
    args,
    cwd,
    env: heap === undefined ? {} : { DENO_V8_FLAGS: `--max-old-space-size=${heap}` },
    // Leads a process group, so that all it started can be ended with it.
    detached: true,
    stdin: "null",
    stdout: way === "bare" ? "null" : "inherit",
    stderr: way === "bare" ? "null" : "inherit",
  }).spawn();
  const early = process.status.then(({ code, signal }) => {
    throw new Error(`Cannot start a kernel: it ended with ${signal ?? code}`);
  });
  early.catch(() => {});
  const client = await Promise.race([KernelClient.connect(info), early]);
  await Promise.race([client.ask("shell", "kernel_info_request"), early]);
  return {
    client,
    info,
    process,
    async end() {
      client.ask("control", "shutdown_request", { content: { restart: false } }).catch(() => {});
      const timer = setTimeout(() => process.kill("SIGKILL"), 5000);
      await process.status;
      clearTimeout(timer);
      client.close();
      try {
        Deno.removeSync(file);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    },
  };
}
