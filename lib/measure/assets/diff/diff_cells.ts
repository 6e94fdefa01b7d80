import { byCodeUnits } from "../../../core/compare.ts";
import { aliasKey } from "../../../graph/assets.ts";
import type { Asset } from "../../../snapshot/asset_snapshot.ts";
import type { AssetCell } from "../../../source/asset_cell.ts";
import type { NewNames } from "./new_names.ts";

/** What can become different in a field, in the order of weight. */
export const fieldChangeKinds = ["state", "value", "spelling", "explanation"] as const;

/**
 * What became different in a field: `state`, for example from unknown to known; `value`, another value; `spelling`, a value that is
 * alike up to case and white space; `explanation`, nothing but its explanation.
 */
export type FieldChangeKind = typeof fieldChangeKinds[number];

/** A field of an asset that two snapshots fill differently. */
export interface FieldChange {
  /** Name of the field. */
  field: string;
  /** What differs; of several the weightiest. */
  change: FieldChangeKind;
  /** Whether the explanation differs, whatever else does. */
  explanation: boolean;
  /** The earlier cell; state `absent` where there was none. */
  before: AssetCell;
  /** The later cell; state `absent` where there is none. */
  after: AssetCell;
}

const absent: AssetCell = { state: "absent", value: null, explanation: null };

/**
 * The fields in which two assets differ, in code-unit order of their names; `name` is not looked at. How a source spells "unknown" or
 * "none" does not count, nor whether it writes one item as text or as a list; the order of dependencies does not, that of other
 * lists does. A dependency that was renamed is the same dependency.
 */
export function fieldChanges(
  before: Asset,
  after: Asset,
  { newNames }: { newNames: NewNames },
): FieldChange[] {
  const fields = new Set([...Object.keys(before.cells), ...Object.keys(after.cells)]);
  fields.delete("name");
  fields.add("dependencies");
  return [...fields].sort(byCodeUnits).flatMap((field) => {
    const [a, b] = [cellOf(before, field), cellOf(after, field)];
    const explanation = a.explanation !== b.explanation;
    const same = (by: (item: string) => string) => {
      const [x, y] = [a, b].map((cell) => comparable(cell, { field, by }));
      return x === y;
    };
    const isName = field === "dependencies";
    const change = a.state !== b.state
      ? "state"
      : !same(isName ? newNames.exact : (item) => item)
      ? same(isName ? newNames.alike : aliasKey) ? "spelling" : "value"
      : explanation
      ? "explanation"
      : null;
    return change === null ? [] : [{ field, change, explanation, before: a, after: b }];
  });
}

/** A cell; dependencies are those of all records of the asset. */
function cellOf({ cells, dependencies }: Asset, field: string): AssetCell {
  const cell = Object.hasOwn(cells, field) ? cells[field] : absent;
  if (field !== "dependencies" || dependencies.length === 0) return cell;
  return { state: "known", value: [...dependencies], explanation: cell.explanation };
}

function comparable(
  { state, value }: AssetCell,
  { field, by }: { field: string; by: (item: string) => string },
): string {
  if (state !== "known" || value === null) return "";
  const items = [value].flat().map(by);
  return JSON.stringify(field === "dependencies" ? items.sort(byCodeUnits) : items);
}

/** Assets that changed in a field, by what changed. */
export interface FieldCount extends Record<FieldChangeKind, number> {
  /** Name of the field. */
  field: string;
}

/** Assets whose field went from one state to another. */
export interface StateCount {
  /** Name of the field. */
  field: string;
  /** The earlier state. */
  from: AssetCell["state"];
  /** The later state. */
  to: AssetCell["state"];
  /** How many assets. */
  assets: number;
}

/** Counts changes by field and kind, and those of state by the states; most assets first, then by name. */
export function countChanges(
  changes: readonly FieldChange[],
): { fields: FieldCount[]; states: StateCount[] } {
  const fields = new Map<string, FieldCount>();
  const states = new Map<string, StateCount>();
  for (const { field, change, before: { state: from }, after: { state: to } } of changes) {
    const row = fields.get(field) ?? { field, state: 0, value: 0, spelling: 0, explanation: 0 };
    row[change]++;
    fields.set(field, row);
    if (change !== "state") continue;
    const key = JSON.stringify([field, from, to]);
    const count = states.get(key) ?? { field, from, to, assets: 0 };
    count.assets++;
    states.set(key, count);
  }
  const sum = (row: FieldCount) => fieldChangeKinds.reduce((total, kind) => total + row[kind], 0);
  return {
    fields: [...fields.values()].sort((a, b) => sum(b) - sum(a) || byCodeUnits(a.field, b.field)),
    states: [...states].sort(([i, a], [j, b]) => b.assets - a.assets || byCodeUnits(i, j))
      .map(([, count]) => count),
  };
}
