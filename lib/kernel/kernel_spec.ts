import { kernelCommand, type KernelCommandOptions } from "./kernel_command.ts";

/** Name of the kernel's folder, by which commands call it: `jupyter execute --kernel_name=kindred-deno`. */
export const kernelName = "kindred-deno";

/** Contents of a `kernel.json`. */
export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: "message";
  env: Record<string, string>;
  metadata: Record<string, unknown>;
}

/** What {@link kernelSpec} may be told. */
export interface KernelSpecOptions extends KernelCommandOptions {
  /** Heap of a notebook in megabytes. @default Deno's own, 4,096 on most machines */
  heap?: number;
}

/** How Jupyter starts the kernel. */
export function kernelSpec({ heap, way }: KernelSpecOptions = {}): KernelSpec {
  return {
    argv: kernelCommand("{connection_file}", { way }),
    display_name: "Deno (Kindred)",
    language: "typescript",
    interrupt_mode: "message",
    env: heap === undefined ? {} : { DENO_V8_FLAGS: `--max-old-space-size=${heap}` },
    metadata: { debugger: false },
  };
}
