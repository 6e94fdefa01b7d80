import type { HubBatch } from "../source/hub_batch.ts";
import { HubScanner } from "../source/hub_scanner.ts";
import { RowPlaces } from "../source/row_places.ts";
import { type PackedText, TextPacker } from "./text_packer.ts";

/** A block that was scanned and whose text is still to be packed. */
interface Scanned extends Pick<HubBatch, "rows" | "lineStart" | "lineEnd"> {
  block: Uint8Array;
  places: RowPlaces;
}

/**
 * Scans blocks and packs their text in two steps, because which rows are kept is known only when all blocks before have joined the
 * snapshot. Blocks are packed in the order in which they were scanned.
 */
export class PackLane {
  #scanner = new HubScanner();
  #packer = new TextPacker();
  #scanned: Scanned[] = [];
  #spare: RowPlaces[] = [];

  /** Scans a block of complete lines. */
  scan(block: Uint8Array): HubBatch {
    const places = this.#spare.pop() ?? new RowPlaces();
    this.#scanner.places = places;
    const batch = this.#scanner.scan(block);
    const { rows, lineStart, lineEnd } = batch;
    // The batch may move to another thread.
    this.#scanned.push({
      block,
      places,
      rows,
      lineStart: lineStart.slice(),
      lineEnd: lineEnd.slice(),
    });
    return batch;
  }

  /** The texts of the kept rows of the block that was scanned first of those that were not packed. */
  pack(kept: Uint8Array): PackedText {
    const { block, ...lines } = this.#scanned.shift()!;
    const packed = this.#packer.pack(block, { ...lines, kept });
    lines.places.clear();
    this.#spare.push(lines.places);
    return packed;
  }
}
