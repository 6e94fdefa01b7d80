import { kernelName } from "../../kernel/kernel_spec.ts";
import { endProcess } from "../end_process.ts";
import type { Jupyter } from "./find_jupyter.ts";

/** What {@link serve} needs to know. */
export interface ServeOptions {
  /** The folder that is shown. */
  folder: string;
  /** A notebook in it that is opened. @default none */
  file?: string;
  /** Variables with which Jupyter finds the kernel. */
  env: Record<string, string>;
  /** @default the first from 8888 that is free */
  port?: number;
  /** @default true */
  browser?: boolean;
  /** Further arguments. @default [] */
  args?: readonly string[];
  /** Where Jupyter writes. @default "inherit" */
  output?: "inherit" | "null";
}

/** A Jupyter that runs. */
export interface Server {
  status: Promise<Deno.CommandStatus>;
  /** Ends it, and with it its kernels; kills it when it does not end within ten seconds. */
  end(): Promise<void>;
}

/** Ends a process when its own stdin ends without a line, that is, when the task was killed. */
const watch = `trap "" INT TERM HUP
read -r done && exit 0
kill -TERM "$1" 2>/dev/null || exit 0
for i in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 "$1" 2>/dev/null || exit 0; done
kill -KILL "$1" 2>/dev/null`;

/** Starts Jupyter for this machine only, with the project's kernel as the one that new notebooks get. */
export function serve(
  { command: [program, ...first], app }: Jupyter,
  { folder, file, env, port, browser = true, args = [], output = "inherit" }: ServeOptions,
): Server {
  const root = app === "ServerApp" ? "root_dir" : "notebook_dir";
  const process = new Deno.Command(program, {
    args: [
      ...first,
      ...(file === undefined ? [] : [file]),
      `--${app}.ip=127.0.0.1`,
      `--${app}.${root}=${folder}`,
      `--MultiKernelManager.default_kernel_name=${kernelName}`,
      ...(port === undefined ? [] : [`--${app}.port=${port}`, `--${app}.port_retries=0`]),
      ...(browser ? [] : ["--no-browser"]),
      // It refuses to run as root, which containers do; only this machine can reach it, with a secret.
      ...(Deno.build.os !== "windows" && Deno.uid() === 0 ? ["--allow-root"] : []),
      ...args,
    ],
    cwd: folder,
    env,
    // A group of its own: Ctrl-C is for the task, since Jupyter would ask a question.
    detached: true,
    stdin: "null",
    stdout: output,
    stderr: output,
  }).spawn();
  const unwatch = watchOver(process.pid);
  const status = process.status.finally(unwatch);
  return {
    status,
    async end() {
      await endProcess(process);
      await status;
    },
  };
}

/** Sees to it that a process ends after this one, even when this one is killed. */
function watchOver(pid: number): () => Promise<void> {
  if (Deno.build.os === "windows") return () => Promise.resolve();
  const watcher = new Deno.Command("sh", {
    args: ["-c", watch, "jupyter-watch", String(pid)],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  return async () => {
    const writer = watcher.stdin.getWriter();
    await writer.write(new TextEncoder().encode("done\n"));
    await writer.close();
    await watcher.status;
  };
}
