/**
 * Thread that scans blocks and packs their text; see {@link PackTask}.
 *
 * @module
 */
/// <reference lib="deno.worker" />
import { batchBuffers } from "../source/hub_batch.ts";
import { PackLane } from "./pack_lane.ts";
import type { PackTask } from "./pack_thread.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<PackTask>) => void;
  postMessage(message: unknown, transfer?: Transferable[]): void;
};
const lane = new PackLane();

scope.onmessage = ({ data: task }) => {
  try {
    if (task.do === "scan") {
      const batch = lane.scan(task.block);
      scope.postMessage({ done: batch }, batchBuffers(batch));
    } else {
      const text = lane.pack(task.kept);
      scope.postMessage({ done: text }, [text.row.bytes.buffer, text.card.bytes.buffer]);
    }
  } catch (error) {
    scope.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
