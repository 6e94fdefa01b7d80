import { existsSync } from "node:fs";
import { paths } from "../lib/paths.ts";

/**
 * For `ignore:` of a test on data that lie beside the checkout: true where there are none. This, {@link needsNetworkx} and {@link needsChromium} are the only
 * ways to skip a test (tests/architecture_test.ts sees to it), so that a test that is skipped in CI lacks that data and nothing else.
 *
 * @param path Below `paths.shared`, for example `"truth/radar-2026-08-22.json"`.
 * @throws {Error} when the data are there but this file is not, which is a misspelt path
 */
export function needsShared(path: string): boolean {
  if (!existsSync(paths.shared)) return true;
  if (!existsSync(`${paths.shared}${path}`)) {
    throw new Error(
      `Cannot find "${path}" below ${paths.shared}, which is there: is the path misspelt?`,
    );
  }
  return false;
}

/** The Python that tests call: the variable KINDRED_PYTHON, else `python3`. */
export const python: string = Deno.env.get("KINDRED_PYTHON") ?? "python3";

/** For `ignore:` of a test that asks Python's networkx: true where it is not installed; never in CI, which installs it. */
export function needsNetworkx(): boolean {
  if (Deno.env.get("CI")) return false;
  try {
    return !new Deno.Command(python, { args: ["-c", "import networkx"], stderr: "null" })
      .outputSync().success;
  } catch {
    return true;
  }
}

/** The Chromium that tests drive: the variable KINDRED_CHROMIUM, else where Debian has it. */
export const chromium: string = Deno.env.get("KINDRED_CHROMIUM") ?? "/usr/bin/chromium";

/** For `ignore:` of a test that looks at a page: true where there is no Chromium; never in CI, which has one. */
export function needsChromium(): boolean {
  return !Deno.env.get("CI") && !existsSync(chromium);
}

/** What a task said and how it ended. */
export interface TaskRun {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a task of deno.json, with the permissions it has there. */
export async function runTask(name: string, args: readonly string[]): Promise<TaskRun> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "--config", `${paths.root}deno.json`, name, ...args],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
