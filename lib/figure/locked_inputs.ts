import { byCodeUnits } from "../core/compare.ts";
import type { FigureEntry, FiguresManifest } from "./figures_manifest.ts";
import type { FigureInput } from "./figure_input.ts";

/** An input that is not the one that figures were made from. */
export interface OtherInput {
  role: FigureInput["role"];
  /** What would be used, null where nothing would. */
  found: FigureInput | null;
  /** What the manifest names, null where it names nothing. */
  expected: FigureInput | null;
}

/**
 * The inputs that are not those of a manifest: a snapshot or table is another when its SHA-256 is, whatever it is called; tables are
 * compared with those of their name.
 *
 * @param inputs What would be used.
 * @param locked What the manifest names.
 */
export function otherInputs(
  inputs: readonly FigureInput[],
  locked: readonly FigureInput[],
): OtherInput[] {
  const others: OtherInput[] = [];
  const keyOf = ({ role, name }: FigureInput) => role === "table" ? `table ${name}` : role;
  const byKey = new Map(locked.map((input) => [keyOf(input), input]));
  for (const found of inputs) {
    const expected = byKey.get(keyOf(found)) ?? null;
    byKey.delete(keyOf(found));
    if (expected === null || expected.sha256 !== found.sha256 || found.sha256 === null) {
      others.push({ role: found.role, found, expected });
    }
  }
  for (const expected of byKey.values()) {
    others.push({ role: expected.role, found: null, expected });
  }
  return others;
}

/** Names of the figures of two sets that are in one of them only, or whose files differ, in their order. */
export function changedFigures(before: FiguresManifest, after: FiguresManifest): string[] {
  const digest = ({ files }: FigureEntry) =>
    files.map(({ name, sha256 }) => `${name} ${sha256}`).sort(byCodeUnits).join("\n");
  const old = new Map(before.figures.map((entry) => [entry.name, digest(entry)]));
  const changed = after.figures.filter((entry) => old.get(entry.name) !== digest(entry));
  const drawn = new Set(after.figures.map(({ name }) => name));
  const gone = before.figures.filter(({ name }) => !drawn.has(name));
  return [...changed, ...gone].map(({ name }) => name).sort(byCodeUnits);
}
