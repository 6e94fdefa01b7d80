import { ByteTable } from "../core/byte_table.ts";
import { grown } from "../core/grow.ts";
import type { StringColumn } from "../core/string_column.ts";
import { isLanguage } from "../source/languages.ts";
import type { ModelSnapshot } from "./model_snapshot.ts";

/** Traits that the paper follows from parent to child. */
export const traitNames = ["language", "license", "task", "library"] as const;

/** One of the four traits. */
export type Trait = typeof traitNames[number];

/** A trait of every model: the values of model i are `codes[offsets[i] .. offsets[i + 1]]`, none where it reports nothing. */
export interface TraitColumn {
  /** models + 1 entries. */
  readonly offsets: Uint32Array;
  /** Codes in `values`, in the order of the model's tags, repeats included. */
  readonly codes: Uint32Array;
  /** Names of the codes. */
  readonly values: StringColumn;
}

/**
 * A trait as a column: `language` from the tags that are ISO 639-1 codes, `license` from `license:X` tags, `task` and
 * `library` from the fields of that name (Laufer, Oderinwale and Kleinberg 2025, section 3).
 *
 * @throws {RangeError} when there is no such trait
 *
 * @example
 * ```ts
 * import { readModelBlocks, traitColumn } from "kindred";
 * const rows = new TextEncoder().encode('{"id":"a/b","tags":["en","license:mit"]}\n');
 * const snapshot = await readModelBlocks([rows], { name: "one" });
 * traitColumn(snapshot, "license").values.at(0); // "mit"
 * ```
 */
export function traitColumn(snapshot: ModelSnapshot, trait: Trait): TraitColumn {
  switch (trait) {
    case "language":
      return tagColumn(snapshot, (tag) => isLanguage(tag) ? tag : null);
    case "license":
      return prefixColumn(snapshot, "license:");
    case "task":
      return singleColumn(snapshot.task, snapshot.tasks);
    case "library":
      return singleColumn(snapshot.library, snapshot.libraries);
    default:
      throw new RangeError(
        `Cannot read the trait "${trait}": expected one of ${
          traitNames.map((t) => `"${t}"`).join(", ")
        }`,
      );
  }
}

/**
 * What follows a prefix such as `dataset:` or `arxiv:` in the tags of each model.
 *
 * @example
 * ```ts
 * import { prefixColumn, readModelBlocks } from "kindred";
 * const rows = new TextEncoder().encode('{"id":"a","tags":["dataset:imdb"]}\n');
 * const snapshot = await readModelBlocks([rows], { name: "one" });
 * prefixColumn(snapshot, "dataset:").values.at(0); // "imdb"
 * ```
 */
export function prefixColumn(snapshot: ModelSnapshot, prefix: string): TraitColumn {
  return tagColumn(
    snapshot,
    (tag) => tag.startsWith(prefix) && tag.length > prefix.length ? tag.slice(prefix.length) : null,
  );
}

/** The values that `read` finds in the tags; it is asked once for each distinct tag. */
function tagColumn(snapshot: ModelSnapshot, read: (tag: string) => string | null): TraitColumn {
  const { tagOffsets, tagCodes, tags, models } = snapshot;
  const table = new ByteTable();
  const codeOf = new Int32Array(tags.length);
  for (let tag = 0; tag < tags.length; tag++) {
    const value = read(tags.at(tag));
    codeOf[tag] = value === null ? -1 : table.internString(value);
  }
  const offsets = new Uint32Array(models + 1);
  let codes = new Uint32Array(models);
  let length = 0;
  for (let row = 0; row < models; row++) {
    const end = tagOffsets[row + 1];
    for (let t = tagOffsets[row]; t < end; t++) {
      const code = codeOf[tagCodes[t]];
      if (code < 0) continue;
      if (length === codes.length) codes = grown(codes, length + 1);
      codes[length++] = code;
    }
    offsets[row + 1] = length;
  }
  return { offsets, codes: codes.subarray(0, length), values: table.column() };
}

function singleColumn(column: Int32Array, values: StringColumn): TraitColumn {
  const offsets = new Uint32Array(column.length + 1);
  const codes = new Uint32Array(column.length);
  let length = 0;
  for (let row = 0; row < column.length; row++) {
    if (column[row] >= 0) codes[length++] = column[row];
    offsets[row + 1] = length;
  }
  return { offsets, codes: codes.subarray(0, length), values };
}

/**
 * The same column with each model's values once, in the order of first use; the column itself where none repeats.
 *
 * @example
 * ```ts
 * import { distinctWithin, readModelBlocks, traitColumn } from "kindred";
 * const rows = new TextEncoder().encode('{"id":"a","tags":["en","fr","en"]}\n');
 * const column = traitColumn(await readModelBlocks([rows], { name: "one" }), "language");
 * distinctWithin(column).codes; // Uint32Array [0, 1]
 * ```
 */
export function distinctWithin(column: TraitColumn): TraitColumn {
  const { offsets, codes, values } = column;
  const models = offsets.length - 1;
  const seen = new Uint32Array(values.length);
  if (!repeats(column, seen)) return column;
  seen.fill(0);
  const distinct = new Uint32Array(codes.length);
  const starts = new Uint32Array(models + 1);
  let length = 0;
  for (let row = 0; row < models; row++) {
    for (let i = offsets[row]; i < offsets[row + 1]; i++) {
      if (seen[codes[i]] === row + 1) continue;
      seen[codes[i]] = row + 1;
      distinct[length++] = codes[i];
    }
    starts[row + 1] = length;
  }
  return { offsets: starts, codes: distinct.subarray(0, length), values };
}

/** Whether a model has a value twice; most columns have none, and need no copy. */
function repeats({ offsets, codes }: TraitColumn, seen: Uint32Array): boolean {
  for (let row = 0; row + 1 < offsets.length; row++) {
    for (let i = offsets[row]; i < offsets[row + 1]; i++) {
      if (seen[codes[i]] === row + 1) return true;
      seen[codes[i]] = row + 1;
    }
  }
  return false;
}
