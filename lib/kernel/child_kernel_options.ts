import type { OnCaptured } from "./capture.ts";
import type { ConnectionInfo } from "./connection_file.ts";
import type { Message } from "./message.ts";

/** How the outputs of a kernel are brought in: by the FIFO, or by IOPub and a sentinel. */
export type Way = "side channel" | "sentinel";

/** What `ChildKernel.start` needs. */
export interface ChildKernelOptions {
  /** Called with each output of the kernel. */
  onCaptured: OnCaptured;
  /** Called with each question for the person. */
  onInput(question: Message): void;
  /**
   * The way to try first; the sentinel is used where the side channel fails.
   * @default "side channel" for a known version of Deno
   */
  way?: Way;
  /**
   * The version of Deno to take this one for.
   * @default its own
   */
  version?: string;
  /**
   * Writes the connection file of a try to start it, and returns its contents.
   * @default one with ports that are free now
   */
  writeConnection?(path: string): ConnectionInfo;
}
