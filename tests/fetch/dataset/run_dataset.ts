import { paths } from "../../../lib/paths.ts";

/** A fetch task that ended. */
export interface EndedFetch {
  code: number;
  said: string;
}

/** Starts a fetch task with the permissions that it has, but for the host. */
export function startFetch(
  task: "paper" | "hub_stats",
  { data, host, args = [], env = {}, mostBlocks }: {
    /** Folder for snapshots. */
    data: string;
    host: string;
    args?: string[];
    env?: Record<string, string>;
    /** Blocks (of 512 bytes, or of 1024 in some shells) that a file may have at most, as on a disk that is full. */
    mostBlocks?: number;
  },
): Deno.ChildProcess {
  const limit = `trap "" XFSZ && ulimit -f ${mostBlocks} && exec "$0" "$@"`;
  return new Deno.Command(mostBlocks === undefined ? Deno.execPath() : "sh", {
    args: [
      ...(mostBlocks === undefined ? [] : ["-c", limit, Deno.execPath()]),
      "run",
      "--no-prompt",
      `--allow-net=${host}`,
      "--allow-read",
      `--allow-write=${data}`,
      "--allow-env",
      `--config=${paths.root}deno.json`,
      `${paths.root}lib/task/fetch/${task}.ts`,
      ...args,
    ],
    env: { KINDRED_DATA: data, HF_ENDPOINT: `http://${host}/`, NO_COLOR: "1", ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs one to its end. */
export async function runFetch(...args: Parameters<typeof startFetch>): Promise<EndedFetch> {
  const { code, stdout, stderr } = await startFetch(...args).output();
  const decoder = new TextDecoder();
  return { code, said: decoder.decode(stderr) + decoder.decode(stdout) };
}
