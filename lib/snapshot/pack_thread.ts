import type { HubBatch } from "../source/hub_batch.ts";
import type { PackedText } from "./text_packer.ts";

/** What a thread is asked; it answers in the same order. */
export type PackTask = { do: "scan"; block: Uint8Array } | { do: "pack"; kept: Uint8Array };

/** What a thread answers. */
type Answer = { done: HubBatch | PackedText } | { error: string };

/** A `PackLane` in a thread of its own. */
export class PackThread {
  /** Blocks given to it whose text it has not given back. */
  blocks = 0;
  #worker = new Worker(new URL("./pack_worker.ts", import.meta.url), { type: "module" });
  #failed: Error | null = null;
  #asked: { resolve: (value: never) => void; reject: (error: Error) => void }[] = [];

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      const { resolve, reject } = this.#asked.shift()!;
      if ("error" in data) reject(new Error(`Cannot pack: ${data.error}`));
      else resolve(data.done as never);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#failed = new Error(`Cannot pack: a thread has ended (${event.message})`);
      for (const { reject } of this.#asked.splice(0)) reject(this.#failed);
    };
  }

  /** Scans a block, whose memory it takes over. */
  scan(block: Uint8Array<ArrayBuffer>): Promise<HubBatch> {
    this.blocks++;
    return this.#ask({ do: "scan", block }, [block.buffer]);
  }

  /** The texts of the kept rows of the first block that was scanned and not packed. */
  async pack(kept: Uint8Array<ArrayBuffer>): Promise<PackedText> {
    const text = await this.#ask<PackedText>({ do: "pack", kept }, [kept.buffer]);
    this.blocks--;
    return text;
  }

  /** Ends the thread. */
  close(): void {
    this.#worker.terminate();
  }

  #ask<T>(task: PackTask, transfer: Transferable[]): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#failed !== null) return reject(this.#failed);
      this.#asked.push({ resolve, reject });
      this.#worker.postMessage(task, transfer);
    });
  }
}
