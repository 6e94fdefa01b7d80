import type { HubBatch } from "./hub_batch.ts";
import type { HubRange } from "./hub_pool.ts";
import type { TextKind } from "./row_codes.ts";
import type { Shelved } from "./text_shelf.ts";

/**
 * What is left of a thread that has scanned: the tokens of its rows and where the rows are. Another thread takes it over, so that the
 * dictionaries of the scan, which take more memory, end with the first.
 */
export interface HubKept {
  /** Batches of rows, the place of each row in its range. */
  batches:
    (Shelved & { batch: number; range: HubRange } & Pick<HubBatch, "lineStart" | "lineEnd">)[];
  /** Counters of the tokens that are no candidates; null where nothing was scanned. */
  counters: Record<TextKind, Uint32Array<ArrayBuffer>> | null;
}

/** Its memory, to be handed from thread to thread. */
export function keptBuffers({ batches, counters }: HubKept): ArrayBuffer[] {
  const buffers = batches.flatMap(({ rows, cards, careful, lineStart, lineEnd }) =>
    [rows, cards, careful, lineStart, lineEnd].map(({ buffer }) => buffer as ArrayBuffer)
  );
  return counters === null ? buffers : [...buffers, counters.rows.buffer, counters.cards.buffer];
}
