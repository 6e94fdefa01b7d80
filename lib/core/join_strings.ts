import { ByteTable, hashBytes, viewOf } from "./byte_table.ts";
import type { StringColumn } from "./string_column.ts";

/** Which strings of two columns are the same. */
export interface StringJoin {
  /** Place in the second column of each string of the first, -1 where it is not there. */
  afterOf: Int32Array;
  /** Place in the first column of each string of the second, -1 where it is not there. */
  beforeOf: Int32Array;
  /** How many are in both. */
  shared: number;
}

/**
 * Joins two columns of distinct strings by their bytes, without a JavaScript string for any. Time and memory O(bytes of both).
 *
 * @example
 * ```ts
 * import { joinStrings, StringColumn } from "kindred";
 * joinStrings(StringColumn.from(["a", "b"]), StringColumn.from(["b", "c"])).afterOf; // Int32Array [-1, 0]
 * ```
 */
export function joinStrings(before: StringColumn, after: StringColumn): StringJoin {
  const table = new ByteTable({ expected: before.length });
  const [first, second] = [viewOf(before.bytes), viewOf(after.bytes)];
  for (let i = 0; i < before.length; i++) {
    const [start, end] = [before.starts[i], before.ends[i]];
    // Distinct strings get the codes 0, 1, 2 ...: their places.
    table.intern(first, start, end, hashBytes(first, start, end));
  }
  const afterOf = new Int32Array(before.length).fill(-1);
  const beforeOf = new Int32Array(after.length);
  let shared = 0;
  for (let i = 0; i < after.length; i++) {
    const [start, end] = [after.starts[i], after.ends[i]];
    const place = table.find(second, start, end, hashBytes(second, start, end));
    beforeOf[i] = place;
    if (place < 0) continue;
    afterOf[place] = i;
    shared++;
  }
  return { afterOf, beforeOf, shared };
}
