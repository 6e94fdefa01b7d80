/**
 * Thread that scans byte ranges of a plain JSON-Lines file. It gets `{ path, start, end }` and answers with a batch of the
 * lines that begin in start..end; its dictionaries live as long as it does.
 *
 * @module
 */
/// <reference lib="deno.worker" />
import { batchBuffers } from "./hub_batch.ts";
import { HubScanner } from "./hub_scanner.ts";
import { readLines } from "./hub_ranges.ts";

/** What a worker is asked to read. */
export interface HubRange {
  path: string;
  start: number;
  end: number;
}

const scanner = new HubScanner();
const scope = self as unknown as {
  onmessage: (event: MessageEvent<HubRange>) => void;
  postMessage(message: unknown, transfer?: Transferable[]): void;
};

scope.onmessage = ({ data: { path, start, end } }) => {
  try {
    const batch = scanner.scan(readLines(path, { start, end }));
    scope.postMessage({ batch }, batchBuffers(batch));
  } catch (error) {
    scope.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
