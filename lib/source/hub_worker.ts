/**
 * Thread that scans byte ranges of a plain JSON-Lines file and keeps the tokens of their rows for later questions; see
 * {@link HubTask}.
 *
 * @module
 */
/// <reference lib="deno.worker" />
import { Candidates } from "../core/terms/candidates.ts";
import { batchBuffers, type HubBatch } from "./hub_batch.ts";
import { HubScanner } from "./hub_scanner.ts";
import { LineBuffer, readLines } from "./hub_ranges.ts";
import { type HubKept, keptBuffers } from "./hub_kept.ts";
import type { HubRange, HubTask } from "./hub_pool.ts";
import { addRowBytes } from "./row_bytes.ts";
import { RowCodes, type TextKind } from "./row_codes.ts";
import { ArenaWriter } from "./text_arena.ts";
import { type Placement, TextShelf } from "./text_shelf.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<HubTask>) => void;
  postMessage(message: unknown, transfer?: Transferable[]): void;
};

let scanner: HubScanner | null = null;
/** Counters of the tokens that are no candidates, of a thread that has taken over. */
let counters: Record<TextKind, Uint32Array<ArrayBuffer>> | null = null;
const buffer = new LineBuffer();
const shelf = new TextShelf();
/** Where the rows of the batches on the shelf are. */
const places = new Map<number, Pick<HubBatch, "lineStart" | "lineEnd"> & { range: HubRange }>();

function scan({ range, batch: number, text }: Extract<HubTask, { do: "scan" }>): void {
  scanner ??= new HubScanner({
    text: text === null
      ? null
      : new RowCodes({ rows: new Candidates(text.rows), cards: new Candidates(text.cards) }),
  });
  const batch = scanner.scan(readLines(range.path, { ...range, buffer }));
  if (scanner.text !== null) {
    shelf.put(number, { count: batch.rows, ...scanner.text.take() });
    const { lineStart, lineEnd } = batch;
    places.set(number, { range, lineStart: lineStart.slice(), lineEnd: lineEnd.slice() });
  }
  scope.postMessage({ done: batch }, batchBuffers(batch));
}

/** Gives away what later questions need. */
function handOver(): void {
  const text = scanner?.text ?? null;
  const batches = [...places].map(([batch, place]) => ({ batch, ...place, ...shelf.get(batch) }));
  const kept: HubKept = {
    batches,
    counters: text && { rows: text.rows.buckets, cards: text.cards.buckets },
  };
  scope.postMessage({ done: kept }, keptBuffers(kept));
}

function takeOver(kept: HubKept): void {
  counters = kept.counters;
  for (const { batch, range, lineStart, lineEnd, ...shelved } of kept.batches) {
    places.set(batch, { range, lineStart, lineEnd });
    shelf.put(batch, shelved);
  }
  scope.postMessage({ done: null });
}

function gather({ kind, wanted, placements, spare }: Extract<HubTask, { do: "gather" }>): void {
  const arena = new ArenaWriter({ spare });
  for (const { batch, first, kept } of placements) {
    const place = places.get(batch);
    if (place === undefined) continue;
    const block = readLines(place.range.path, { ...place.range, buffer });
    const { careful } = shelf.get(batch);
    for (let i = 0, row = first; i < careful.length; i++) {
      if (kept !== null && kept[i] === 0) continue;
      if (wanted[row] === 1) {
        addRowBytes(arena, row, {
          kind,
          block,
          start: place.lineStart[i],
          end: place.lineEnd[i],
          careful: careful[i] === 1,
        });
      }
      row++;
    }
  }
  scope.postMessage({ done: arena.take() });
}

function mine(placements: Placement[]): Placement[] {
  return placements.filter(({ batch }) => places.has(batch));
}

scope.onmessage = ({ data: task }) => {
  try {
    if (task.do === "scan") scan(task);
    else if (task.do === "gather") gather(task);
    else if (task.do === "buckets") scope.postMessage({ done: counters?.[task.kind] ?? null });
    else if (task.do === "handOver") handOver();
    else if (task.do === "takeOver") takeOver(task.kept);
    else if (task.do === "count") {
      const { table, documents } = shelf.count(task.kind, {
        ...task,
        placements: mine(task.placements),
      });
      scope.postMessage({ done: { table, documents } }, [table.buffer as ArrayBuffer]);
    } else {
      const sums = shelf.encode(task.kind, {
        ...task,
        placements: mine(task.placements),
        onBatch: (batch, encoded) => {
          scope.postMessage({ part: { batch, encoded } }, [
            encoded.rows.buffer,
            encoded.entries.buffer,
            encoded.ends.buffer,
            encoded.scale.bagOfWords.buffer,
            encoded.scale.tfidf.buffer,
          ]);
        },
      });
      scope.postMessage({ done: sums });
    }
  } catch (error) {
    scope.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
