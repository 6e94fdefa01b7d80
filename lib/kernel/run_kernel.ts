import { KernelClient } from "./client.ts";
import { type ConnectionInfo, readConnectionFile, writeConnectionFile } from "./connection_file.ts";
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
  /** Ends the kernel when it is given. */
  signal?: AbortSignal;
}

/** How often Deno's kernel without the proxy is started, each time with other ports. */
const mostStarts = 5;

/**
 * Starts a kernel and waits until it answers.
 *
 * @throws {Error} when it does not start
 */
export async function runKernel(options: RunKernelOptions = {}): Promise<RunningKernel> {
  for (let tried = 1;; tried++) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (options.way !== "bare" || options.signal?.aborted || tried === mostStarts) throw error;
    }
  }
}

async function startOnce({ way, cwd, heap, signal }: RunKernelOptions): Promise<RunningKernel> {
  const file = Deno.makeTempFileSync({ prefix: "kindred-client-", suffix: ".json" });
  let process: Deno.ChildProcess | undefined;
  try {
    writeConnectionFile(file, { ports: way === "bare" ? "free now" : "the kernel's choice" });
    const [program, ...args] = kernelCommand(file, { way });
    process = new Deno.Command(program, {
      args,
      cwd,
      env: heap === undefined ? {} : { DENO_V8_FLAGS: `--max-old-space-size=${heap}` },
      // Leads a process group, so that all it started can be ended with it.
      detached: true,
      signal,
      stdin: "null",
      stdout: way === "bare" ? "null" : "inherit",
      stderr: way === "bare" ? "null" : "inherit",
    }).spawn();
    const { client, info } = await meet(file, process);
    return { client, info, process, end: () => end(file, { client, process: process! }) };
  } catch (error) {
    await kill(process);
    removeFile(file);
    throw error;
  }
}

/** Connects to a kernel that starts. @throws {Error} when it ends instead */
async function meet(
  file: string,
  process: Deno.ChildProcess,
): Promise<{ client: KernelClient; info: ConnectionInfo }> {
  const stop = new AbortController();
  const ended = process.status.then(({ code, signal }) => {
    stop.abort();
    throw new Error(`Cannot start a kernel: it ended with ${signal ?? code}`);
  });
  ended.catch(() => {});
  let info = readConnectionFile(file);
  while (info.shell_port === 0) {
    await Promise.race([new Promise((resolve) => setTimeout(resolve, 5)), ended]);
    info = readConnectionFile(file);
  }
  const connecting = KernelClient.connect(info, { signal: stop.signal });
  connecting.catch(() => {});
  const client = await Promise.race([connecting, ended]);
  try {
    await Promise.race([client.ready(), ended]);
  } catch (error) {
    client.close();
    throw error;
  }
  return { client, info };
}

async function end(
  file: string,
  { client, process }: { client: KernelClient; process: Deno.ChildProcess },
): Promise<void> {
  client.ask("control", "shutdown_request", { content: { restart: false } }).catch(() => {});
  const timer = setTimeout(() => kill(process), 5000);
  await process.status;
  clearTimeout(timer);
  client.close();
  removeFile(file);
}

async function kill(process: Deno.ChildProcess | undefined): Promise<void> {
  try {
    process?.kill("SIGKILL");
  } catch {
    // It has ended.
  }
  await process?.status;
}

function removeFile(file: string): void {
  try {
    Deno.removeSync(file);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
