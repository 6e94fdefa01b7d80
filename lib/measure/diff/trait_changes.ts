import { grown } from "../../core/grow.ts";
import { joinStrings, type StringJoin } from "../../core/join_strings.ts";
import { distinctWithin, type TraitColumn } from "../../snapshot/traits.ts";

/** Models of both snapshots that declare another set of values. */
export interface TraitRows {
  /** Their rows in the later snapshot, ascending. */
  rows: Uint32Array;
  /** How many of them declared nothing before. */
  gained: number;
  /** How many of them declare nothing now. */
  lost: number;
  /** What one of them no longer declares, and what it declares only now, in the order of its tags. */
  valuesOf(row: number): { lost: string[]; gained: string[] };
}

/** Compares what the models of both snapshots declare, as sets. Time O(models + values). */
export function traitChanges(
  before: TraitColumn,
  after: TraitColumn,
  { beforeOf }: StringJoin,
): TraitRows {
  const [a, b] = [distinctWithin(before), distinctWithin(after)];
  const { afterOf: codeOf } = joinStrings(a.values, b.values);
  const seen = new Uint32Array(b.values.length);
  let rows = new Uint32Array(1024);
  let [length, gained, lost] = [0, 0, 0];
  for (let row = 0; row < beforeOf.length; row++) {
    const earlier = beforeOf[row];
    if (earlier < 0) continue;
    const then = a.offsets[earlier + 1] - a.offsets[earlier];
    const now = b.offsets[row + 1] - b.offsets[row];
    let shared = 0;
    if (then === now) {
      for (let i = b.offsets[row]; i < b.offsets[row + 1]; i++) seen[b.codes[i]] = row + 1;
      for (let i = a.offsets[earlier]; i < a.offsets[earlier + 1]; i++) {
        const code = codeOf[a.codes[i]];
        if (code >= 0 && seen[code] === row + 1) shared++;
      }
      if (shared === now) continue;
    }
    rows = grown(rows, length + 1);
    rows[length++] = row;
    if (then === 0) gained++;
    if (now === 0) lost++;
  }
  const valuesAt = ({ offsets, codes, values }: TraitColumn, row: number) =>
    Array.from(codes.subarray(offsets[row], offsets[row + 1]), (code) => values.at(code));
  return {
    rows: rows.slice(0, length),
    gained,
    lost,
    valuesOf(row) {
      const [then, now] = [valuesAt(a, beforeOf[row]), valuesAt(b, row)];
      return {
        lost: then.filter((value) => !now.includes(value)),
        gained: now.filter((value) => !then.includes(value)),
      };
    },
  };
}
