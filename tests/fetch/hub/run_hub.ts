/**
 * Runs `fetch hub` as a process of its own, with the permissions that it has as a task, on a server of tests.
 *
 * @module
 */
import { Issues } from "../../../lib/core/issues.ts";
import { paths } from "../../../lib/paths.ts";
import { openHub } from "../../../lib/source/hub_input.ts";
import type { RawManifest } from "../../../lib/source/raw_manifest.ts";
import type { FaultServer } from "../fault_server.ts";

/** How a run ended. */
export interface HubRun {
  code: number;
  stdout: string;
  stderr: string;
}

/** Options of {@link startHub}. */
export interface StartHubOptions {
  server: Pick<FaultServer, "host" | "address">;
  /** Folder for raw and packed snapshots. */
  data: string;
  env?: Record<string, string>;
}

/** Starts the task. */
export function startHub(
  args: readonly string[],
  { server, data, env = {} }: StartHubOptions,
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      `--allow-net=${server.host}`,
      "--allow-read",
      `--allow-write=${data}`,
      "--allow-env",
      `${paths.root}lib/task/fetch/hub.ts`,
      ...args,
    ],
    env: { NO_COLOR: "1", HF_ENDPOINT: server.address, KINDRED_DATA: data, ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs the task to its end. */
export async function runHub(args: readonly string[], options: StartHubOptions): Promise<HubRun> {
  const { code, stdout, stderr } = await startHub(args, options).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** The rows of a raw snapshot, with their cards. */
export async function rowsOf(folder: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  const input = await openHub(folder, { issues: new Issues() });
  for await (const block of input.blocks()) {
    const lines = new TextDecoder().decode(block).split("\n").slice(0, -1);
    rows.push(...lines.map((line) => JSON.parse(line)));
  }
  return rows;
}

/** The manifest of a raw snapshot. */
export function manifestOf(data: string, name: string): RawManifest {
  return JSON.parse(Deno.readTextFileSync(`${data}/raw/${name}/fetch.json`));
}
