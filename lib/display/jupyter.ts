import type { MimeBundle } from "./shown.ts";

/** What of `Deno.jupyter` is used here; the namespace exists in kernels only. */
export interface DenoJupyter {
  /** Sends a message to the front ends. */
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
}

/** Deno's kernel, null where this does not run in one. */
export function jupyter(): DenoJupyter | null {
  try {
    return (Deno as unknown as { jupyter?: DenoJupyter }).jupyter ?? null;
  } catch {
    // Outside of kernels the namespace throws when it is read.
    return null;
  }
}

/** A place in a cell's outputs whose content can be replaced. */
export class LiveOutput {
  static #count = 0;
  #kernel: DenoJupyter;
  #id = `kindred-live-${++LiveOutput.#count}`;
  #there = false;

  /** A place that is not shown yet. */
  constructor(kernel: DenoJupyter) {
    this.#kernel = kernel;
  }

  /** Shows this in place of what is there. */
  async put(data: MimeBundle): Promise<void> {
    const type = this.#there ? "update_display_data" : "display_data";
    this.#there = true;
    await this.#kernel.broadcast(type, { data, metadata: {}, transient: { display_id: this.#id } });
  }

  /** Leaves an empty output, which front ends draw as nothing; nothing at all where nothing was shown. */
  async clear(): Promise<void> {
    if (this.#there) await this.put({});
  }
}
