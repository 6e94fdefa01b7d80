import type { IssueCount } from "../core/issues.ts";
import { StringColumn } from "../core/string_column.ts";
import { isPlaceholder } from "./model_builder.ts";
import type { ModelSnapshot } from "./model_snapshot.ts";

/** Some rows of a snapshot as a snapshot of their own. */
export interface ModelSelection {
  /** The selected rows in their order; dictionaries and the bytes of the ids are those of the original. */
  readonly snapshot: ModelSnapshot;
  /** Row in the original of each row of the selection. */
  readonly rows: Uint32Array;
  /** Row in the selection of each row of the original, -1 where it was not selected. */
  readonly rowOf: Int32Array;
}

type Column = Float64Array | Uint8Array | Int32Array;

/**
 * The rows of a snapshot where a mask is not 0. Time O(rows + tags); the new columns take memory, dictionaries and ids
 * are shared. References to models that were not selected lead to missing parents from then on.
 *
 * @param mask One entry a row.
 * @throws {RangeError} when the mask has another length, or selects nothing
 *
 * @example
 * ```ts
 * import { readModelBlocks, selectModels } from "kindred";
 * const rows = new TextEncoder().encode('{"id":"a/b"}\n{"id":"c/d","tags":["en"]}\n');
 * const snapshot = await readModelBlocks([rows], { name: "two" });
 * const { snapshot: second } = selectModels(snapshot, Uint8Array.of(0, 1));
 * second.find("c/d"); // 0
 * second.find("a/b"); // -1
 * ```
 */
export function selectModels(snapshot: ModelSnapshot, mask: Uint8Array): ModelSelection {
  if (mask.length !== snapshot.models) {
    throw new RangeError(
      `Cannot select models: the mask has ${mask.length} entries, expected ${snapshot.models}`,
    );
  }
  const rowOf = new Int32Array(mask.length).fill(-1);
  let models = 0;
  for (let row = 0; row < mask.length; row++) if (mask[row] !== 0) rowOf[row] = models++;
  if (models === 0) {
    throw new RangeError(`Cannot select models: the mask keeps none of ${mask.length}`);
  }
  const rows = new Uint32Array(models);
  for (let row = 0; row < mask.length; row++) if (rowOf[row] >= 0) rows[rowOf[row]] = row;
  const cardCharacters = gather(snapshot.cardCharacters, rows);
  const { bytes, starts, ends } = snapshot.ids;
  const ids = new StringColumn(models, bytes, gather(starts, rows), gather(ends, rows));
  const created = gather(snapshot.created, rows);
  const selected = (row: number) => row < 0 ? -1 : rowOf[row];
  return {
    rows,
    rowOf,
    snapshot: Object.freeze<ModelSnapshot>({
      ...snapshot,
      issues: recounted(snapshot, created),
      models,
      ids,
      created,
      likes: gather(snapshot.likes, rows),
      downloads: gather(snapshot.downloads, rows),
      trending: gather(snapshot.trending, rows),
      private: gather(snapshot.private, rows),
      task: gather(snapshot.task, rows),
      library: gather(snapshot.library, rows),
      ...gatherTags(snapshot, rows),
      cardCharacters,
      cardAutomatic: gather(snapshot.cardAutomatic, rows),
      hasCards: cardCharacters.some((characters) => characters >= 0),
      find: (id) => selected(snapshot.find(id)),
      findCaseTwin: (id) => selected(caseTwin(snapshot, id, { rowOf })),
    }),
  };
}

/** The faults of the input; those that can be counted in the columns, for the selected rows alone. */
function recounted({ issues }: ModelSnapshot, created: Float64Array): IssueCount[] {
  return issues.flatMap((issue) => {
    if (issue.kind !== "placeholderDate") return [issue];
    const count = created.reduce((sum, time) => sum + Number(isPlaceholder(time)), 0);
    return count === 0 ? [] : [{ ...issue, count }];
  });
}

function gather<T extends Column | Uint32Array>(column: T, rows: Uint32Array): T {
  const out = new (column.constructor as new (length: number) => T)(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = column[rows[i]];
  return out;
}

function gatherTags({ tagOffsets, tagCodes }: ModelSnapshot, rows: Uint32Array) {
  const offsets = new Uint32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) {
    offsets[i + 1] = offsets[i] + tagOffsets[rows[i] + 1] - tagOffsets[rows[i]];
  }
  const codes = new Uint32Array(offsets[rows.length]);
  for (let i = 0, at = 0; i < rows.length; i++) {
    for (let t = tagOffsets[rows[i]]; t < tagOffsets[rows[i] + 1]; t++) codes[at++] = tagCodes[t];
  }
  return { tagOffsets: offsets, tagCodes: codes };
}

/** First selected row, by its number in the original, whose id differs from `id` by the case of ASCII letters only. */
function caseTwin(
  snapshot: ModelSnapshot,
  id: string,
  { rowOf }: { rowOf: Int32Array },
): number {
  const first = snapshot.findCaseTwin(id);
  if (first < 0 || rowOf[first] >= 0) return first;
  const second = snapshot.findCaseTwin(snapshot.ids.at(first));
  if (second < 0) return -1;
  const own = snapshot.find(id);
  if (second !== own && rowOf[second] >= 0) return second;
  // Three and more spellings of one id are rare enough to look at all ids.
  const wanted = asciiLower(id);
  for (let row = second + 1; row < rowOf.length; row++) {
    if (rowOf[row] < 0 || row === own) continue;
    if (asciiLower(snapshot.ids.at(row)) === wanted) return row;
  }
  return -1;
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
