import { byCodeUnits } from "../../core/compare.ts";
import type { ModelSnapshot } from "../../snapshot/model_snapshot.ts";
import { isLanguage } from "../../source/languages.ts";

/** Kinds of what a row says, in the order of a {@link rowDiff}. */
export const rowParts = [
  "license",
  "task",
  "library",
  "language",
  "parent",
  "dataset",
  "paper",
  "region",
  "tag",
] as const;

/** One kind of what a row says. */
export type RowPart = typeof rowParts[number];

/** What became of a value: both rows have it, only the first, or only the second. */
export type Change = "shared" | "lost" | "gained";

/** One value of either row. */
export interface RowDifference {
  /** What kind of value it is; `parent` is a `base_model` tag with its relation, `paper` an `arxiv` tag. */
  part: RowPart;
  /** The value, without the prefix of its tag. */
  value: string;
  /** What became of it from the first row to the second. */
  change: Change;
}

/** The two rows of a {@link rowDiff}. */
export interface RowDiffOptions {
  /** The snapshot that has both. */
  snapshot: ModelSnapshot;
}

/** Prefixes of tags that name a part. */
const prefixes: readonly [prefix: string, part: RowPart][] = [
  ["license:", "license"],
  ["dataset:", "dataset"],
  ["arxiv:", "paper"],
  ["region:", "region"],
  ["base_model:", "parent"],
];

/**
 * The "DNA" of two models side by side: every value of their tags, task and library, with what became of it from the first to the
 * second. By part, then shared, lost and gained values, each in code-unit order. A value that a row repeats counts once.
 *
 * @param a Row of the first model, such as a parent.
 * @param b Row of the second model, such as a child.
 * @throws {RangeError} when the snapshot has no such row
 *
 * @example
 * ```ts
 * import { readModelBlocks, rowDiff } from "kindred";
 * const rows = '{"id":"a","tags":["en","license:mit"]}\n{"id":"b","tags":["license:mit","gguf"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * rowDiff(0, 1, { snapshot }).map(({ value, change }) => `${value} ${change}`);
 * // ["mit shared", "en lost", "gguf gained"]
 * ```
 */
export function rowDiff(a: number, b: number, { snapshot }: RowDiffOptions): RowDifference[] {
  const [first, second] = [a, b].map((row) => valuesOf(snapshot, row));
  return rowParts.flatMap((part) => {
    const values = [...first.get(part)!.union(second.get(part)!)].sort(byCodeUnits);
    const all = values.map((value): RowDifference => {
      const lost = !second.get(part)!.has(value);
      const gained = !first.get(part)!.has(value);
      return { part, value, change: lost ? "lost" : gained ? "gained" : "shared" };
    });
    const where = (wanted: Change) => all.filter(({ change }) => change === wanted);
    return [...where("shared"), ...where("lost"), ...where("gained")];
  });
}

/** What a row says, by part. */
function valuesOf(snapshot: ModelSnapshot, row: number): Map<RowPart, Set<string>> {
  if (!Number.isInteger(row) || row < 0 || row >= snapshot.models) {
    throw new RangeError(
      `Cannot compare row ${row}: snapshot "${snapshot.name}" has rows 0 to ${snapshot.models - 1}`,
    );
  }
  const values = new Map(rowParts.map((part) => [part, new Set<string>()]));
  const { tagOffsets, tagCodes, tags, task, tasks, library, libraries } = snapshot;
  if (task[row] >= 0) values.get("task")!.add(tasks.at(task[row]));
  if (library[row] >= 0) values.get("library")!.add(libraries.at(library[row]));
  for (let t = tagOffsets[row]; t < tagOffsets[row + 1]; t++) {
    const tag = tags.at(tagCodes[t]);
    const found = prefixes.find(([prefix]) => tag.startsWith(prefix) && tag !== prefix);
    if (found !== undefined) values.get(found[1])!.add(tag.slice(found[0].length));
    else if (isLanguage(tag)) values.get("language")!.add(tag);
    // The task and the library stand among the tags too.
    else if (!values.get("task")!.has(tag) && !values.get("library")!.has(tag)) {
      values.get("tag")!.add(tag);
    }
  }
  return values;
}
