import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { topIndices } from "../core/top.ts";
import { alikeNames } from "./alike_names.ts";

/** Ids that are compared with a wanted one letter by letter, and most that are suggested. */
const candidates = 100;
const suggested = 3;

/**
 * Row of the model of an id.
 *
 * @throws {RangeError} when the snapshot has no such model; the message suggests the ids most like it
 *
 * @example
 * ```ts
 * import { modelRow, readModelBlocks } from "kindred";
 * const rows = new TextEncoder().encode('{"id":"lab/base"}\n{"id":"lab/chat"}\n');
 * modelRow(await readModelBlocks([rows], { name: "two" }), "lab/chat"); // 1
 * ```
 */
export function modelRow(snapshot: ModelSnapshot, id: string): number {
  const row = snapshot.find(id);
  if (row >= 0) return row;
  const near = nearIds(snapshot, id);
  throw new RangeError(
    `Cannot find the model ${JSON.stringify(id)} in snapshot "${snapshot.name}"${
      near.length === 0 ? "" : `: did you mean ${near.map((n) => JSON.stringify(n)).join(", ")}?`
    }`,
  );
}

/**
 * The ids most like a wanted one, the most alike first. Of all ids only the share of byte pairs in common is counted, so that
 * millions take less than a second; the best of them are compared as names are elsewhere.
 */
function nearIds({ ids, models }: ModelSnapshot, id: string): string[] {
  const wanted = new TextEncoder().encode(id);
  const pairs = new Uint8Array(1 << 16);
  for (let p = 1; p < wanted.length; p++) pairs[lower(wanted[p - 1]) << 8 | lower(wanted[p])] = 1;
  const { bytes, starts, ends } = ids;
  const likeness = new Float64Array(models);
  for (let row = 0; row < models; row++) {
    let common = 0;
    for (let p = starts[row] + 1; p < ends[row]; p++) {
      common += pairs[lower(bytes[p - 1]) << 8 | lower(bytes[p])];
    }
    likeness[row] = 2 * common / (wanted.length + ends[row] - starts[row] - 2 || 1);
  }
  // Any number may be equal at the edge.
  const rows = topIndices(likeness, { n: candidates }).slice(0, 10 * candidates);
  const names = rows.map((row) => ids.at(row));
  return alikeNames(id, { names, n: suggested });
}

/** A byte with ASCII letters in lower case. */
function lower(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
}
