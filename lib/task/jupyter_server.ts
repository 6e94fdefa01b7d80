import { join } from "node:path";
import { endProcess } from "./end_process.ts";

/** A server of Jupyter that answers on the loopback, without a password. */
export interface JupyterServer {
  port: number;
  /** Ends it and its kernels; returns the warnings that it wrote. */
  end(): Promise<string[]>;
}

/** What {@link startServer} needs to know. */
export interface StartServerOptions {
  /** Name of its application, by which its settings are called. */
  app: "ServerApp" | "NotebookApp";
  /** Further arguments. */
  args: readonly string[];
  /** Working directory. */
  folder: string;
  /** Variables, `JUPYTER_RUNTIME_DIR` among them. */
  env: Record<string, string>;
  /** Ends it when it is given. */
  signal: AbortSignal;
}

/**
 * Starts a server of Jupyter.
 *
 * @throws {Error} when it does not answer within a minute
 */
export async function startServer(
  program: string,
  { app, args, folder, env, signal }: StartServerOptions,
): Promise<JupyterServer> {
  const process = new Deno.Command(program, {
    args: [
      "--no-browser",
      "--allow-root",
      `--${app}.ip=127.0.0.1`,
      `--${app}.token=`,
      `--${app}.password=`,
      ...args,
    ],
    cwd: folder,
    env,
    signal,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const said = new Response(process.stderr).text();
  try {
    const name = `${app === "ServerApp" ? "jp" : "nb"}server-${process.pid}.json`;
    const port = await chosenPort(join(env.JUPYTER_RUNTIME_DIR, name), { program, process });
    return {
      port,
      async end() {
        await endProcess(process);
        return (await said).match(/^\[[WEC] .*$/gm) ?? [];
      },
    };
  } catch (error) {
    await endProcess(process);
    throw error;
  }
}

/** The port of a server, which it takes where it finds a free one, and writes into a file. */
async function chosenPort(
  file: string,
  { program, process }: { program: string; process: Deno.ChildProcess },
): Promise<number> {
  let ended = false;
  process.status.then(() => ended = true);
  for (let tenths = 0; tenths < 600 && !ended; tenths++) {
    try {
      return (JSON.parse(Deno.readTextFileSync(file)) as { port: number }).port;
    } catch (error) {
      // It is not there yet, or half written.
      if (!(error instanceof Deno.errors.NotFound || error instanceof SyntaxError)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${program} ${ended ? "ended" : "did not answer within 60 s"}`);
}
