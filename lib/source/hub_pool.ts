import type { EncodedRows, Fitted, VectorSums } from "../core/terms/encode_documents.ts";
import type { TermCounts } from "../core/terms/term_counts.ts";
import type { HubBatch } from "./hub_batch.ts";
import { type HubKept, keptBuffers } from "./hub_kept.ts";
import type { TextCandidates, TextKind } from "./row_codes.ts";
import type { ArenaPiece } from "./text_arena.ts";
import type { Placement } from "./text_shelf.ts";

/** Bytes of a file that a thread scans at a time. */
export interface HubRange {
  path: string;
  start: number;
  end: number;
}

/** What a thread is asked: it answers with any number of parts and one end. */
export type HubTask =
  | {
    do: "scan";
    range: HubRange;
    batch: number;
    /** Candidate tokens; null when nobody will ask about text. */
    text: Record<TextKind, readonly string[]> | null;
  }
  | { do: "handOver" }
  | { do: "takeOver"; kept: HubKept }
  | { do: "buckets"; kind: TextKind }
  | {
    do: "count";
    kind: TextKind;
    codes: number;
    documents: Uint8Array;
    placements: Placement[];
  }
  | {
    do: "encode";
    kind: TextKind;
    fitted: Fitted;
    /** Whether the tokens are forgotten on the way. */
    release: boolean;
    documents: Uint8Array;
    wanted: Uint8Array;
    placements: Placement[];
  }
  | {
    do: "gather";
    kind: TextKind;
    wanted: Uint8Array;
    placements: Placement[];
    /** Memory that may be overwritten. */
    spare: Uint8Array<SharedArrayBuffer>[];
  };

/** Rows of a batch, encoded. */
export interface EncodedBatch {
  batch: number;
  encoded: EncodedRows;
}

/** Threads that scan a plain JSON-Lines file and then answer questions about the text of its rows. */
export class HubPool {
  #path: string;
  #threads: Worker[] = [];
  /** Ends when the question before has been answered: threads answer one at a time. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(path: string, { workers }: { workers: number }) {
    this.#path = path;
    this.#start(workers);
  }

  #start(workers: number): void {
    for (let i = 0; i < workers; i++) {
      this.#threads.push(
        new Worker(new URL("./hub_worker.ts", import.meta.url), { type: "module" }),
      );
    }
  }

  /**
   * Scans the file, each thread the next range that nobody has taken. Batches come to `onBatch` in the order of the file, with the number
   * of the thread whose dictionaries they use.
   */
  async scan(
    { bytes, rangeSize, text, onBatch }: {
      bytes: number;
      rangeSize: number;
      text: TextCandidates | null;
      onBatch: (batch: HubBatch, at: { scanner: number; batch: number }) => void;
    },
  ): Promise<void> {
    const ranges = Math.ceil(bytes / rangeSize);
    const waiting = new Map<number, { batch: HubBatch; scanner: number }>();
    let asked = 0;
    let joined = 0;
    const tokens = text && { rows: text.rows.tokens, cards: text.cards.tokens };
    await Promise.all(this.#threads.map(async (thread, scanner) => {
      while (asked < ranges) {
        const number = asked++;
        const start = number * rangeSize;
        const range = { path: this.#path, start, end: Math.min(bytes, start + rangeSize) };
        const batch = await this.#ask<HubBatch>(thread, {
          do: "scan",
          range,
          batch: number,
          text: tokens,
        });
        waiting.set(number, { batch, scanner });
        for (let next = waiting.get(joined); next !== undefined; next = waiting.get(joined)) {
          waiting.delete(joined);
          onBatch(next.batch, { scanner: next.scanner, batch: joined++ });
        }
      }
    }));
    if (text !== null) await this.#handOver();
  }

  /** Gives what was scanned to new threads, and its dictionaries back to the system. */
  async #handOver(): Promise<void> {
    const all = await this.#askAll<HubKept>({ do: "handOver" });
    this.close();
    this.#start(all.length);
    await Promise.all(
      all.map((kept, i) =>
        this.#ask<null>(this.#threads[i], { do: "takeOver", kept }, {
          transfer: keptBuffers(kept),
        })
      ),
    );
  }

  /** The counters of tokens that are no candidates, of each thread. */
  async buckets(kind: TextKind): Promise<Uint32Array[]> {
    const all = await this.#askAll<Uint32Array | null>({ do: "buckets", kind });
    return all.filter((buckets) => buckets !== null);
  }

  /** Term counts of each thread's rows. */
  count(
    task: Omit<Extract<HubTask, { do: "count" }>, "do">,
  ): Promise<Pick<TermCounts, "table" | "documents">[]> {
    return this.#askAll({ do: "count", ...task });
  }

  /** Encodes rows; returns each thread's sums. */
  encode(
    task: Omit<Extract<HubTask, { do: "encode" }>, "do">,
    onBatch: (batch: EncodedBatch) => void,
  ): Promise<VectorSums[]> {
    return this.#askAll({ do: "encode", ...task }, onBatch);
  }

  /** Reads the texts of wanted rows. */
  async gather(task: Omit<Extract<HubTask, { do: "gather" }>, "do">): Promise<ArenaPiece[]> {
    const { length } = this.#threads;
    const pieces = await this.#askAll<ArenaPiece[]>((thread) => ({
      do: "gather",
      ...task,
      spare: task.spare.filter((_, i) => i % length === thread),
    }));
    return pieces.flat();
  }

  /** Ends the threads. */
  close(): void {
    for (const thread of this.#threads) thread.terminate();
    this.#threads = [];
  }

  #askAll<T, Part = never>(
    task: HubTask | ((thread: number) => HubTask),
    onPart?: (part: Part) => void,
  ): Promise<T[]> {
    const answers = this.#before.then(() =>
      Promise.all(
        this.#threads.map((thread, i) =>
          this.#ask<T, Part>(thread, typeof task === "function" ? task(i) : task, { onPart })
        ),
      )
    );
    this.#before = answers.catch(() => {});
    return answers;
  }

  #ask<T, Part = never>(
    thread: Worker,
    task: HubTask,
    { onPart, transfer = [] }: { onPart?: (part: Part) => void; transfer?: Transferable[] } = {},
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const fail = (message: string) =>
        reject(new Error(`Cannot read "${this.#path}": ${message}`));
      thread.onmessage = ({ data }: MessageEvent<{ done?: T; part?: Part; error?: string }>) => {
        if (data.error !== undefined) fail(data.error);
        else if (data.part !== undefined) onPart?.(data.part);
        else resolve(data.done!);
      };
      thread.onerror = (event) => {
        event.preventDefault();
        fail(event.message);
      };
      thread.postMessage(task, transfer);
    });
  }
}
