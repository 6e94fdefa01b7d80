import { fileURLToPath } from "node:url";
import type { Way } from "./child_kernel_options.ts";

/** What {@link kernelCommand} may be told. */
export interface KernelCommandOptions {
  /**
   * `bare` is Deno's own kernel without the proxy.
   * @default the side channel, where the version of Deno is known
   */
  way?: Way | "bare";
}

/** The command that runs the kernel on a connection file, which may be a placeholder. */
export function kernelCommand(
  file: string,
  { way }: KernelCommandOptions = {},
): string[] {
  if (way === "bare") return [Deno.execPath(), "jupyter", "--kernel", "--conn", file];
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  return [
    Deno.execPath(),
    ...["run", "--quiet", "--no-config", "--no-lock", "--no-remote", "--allow-all", main, file],
    ...(way === undefined ? [] : ["--way", way]),
  ];
}
