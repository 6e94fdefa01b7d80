import type { IssueCount } from "../core/issues.ts";
import type { StringColumn } from "../core/string_column.ts";
import type { Origin } from "./manifest.ts";

/** Which rows of an input a snapshot holds: all of them, or those that the cleaning rules leave. */
export type Tier = "raw" | "cleaned";

/**
 * The models of a Hub snapshot as columns: the row number is the node id of every graph and measure.
 * Upper-level strings are dictionary codes; -1 and NaN stand for what a row does not say.
 * A snapshot never changes once it is built.
 */
export interface ModelSnapshot {
  /** Tells it from a snapshot of assets. */
  readonly kind: "models";
  /** Name of the packed snapshot or of the file. */
  readonly name: string;
  /**
   * Which rows of its origin it holds.
   * @default "raw"
   */
  readonly tier?: Tier;
  /** Where it comes from. */
  readonly origin: Origin;
  /** Faults met while reading, by kind. */
  readonly issues: readonly IssueCount[];
  /** Number of models, the length of every column. */
  readonly models: number;
  /** Repository ids, for example `openai-community/gpt2`; distinct, in the order of the input. */
  readonly ids: StringColumn;
  /** `createdAt` in milliseconds since 1970, NaN where absent or impossible. */
  readonly created: Float64Array;
  /** Likes, NaN where absent. */
  readonly likes: Float64Array;
  /** Downloads of the last 30 days, NaN where absent. */
  readonly downloads: Float64Array;
  /** The Hub's trending score, NaN where absent. */
  readonly trending: Float64Array;
  /** 1 private, 0 public, 255 not said. */
  readonly private: Uint8Array;
  /** Code of `pipeline_tag` in `tasks`, -1 where absent. */
  readonly task: Int32Array;
  /** Names of the tasks by code. */
  readonly tasks: StringColumn;
  /** Code of `library_name` in `libraries`, -1 where absent. */
  readonly library: Int32Array;
  /** Names of the libraries by code. */
  readonly libraries: StringColumn;
  /** Tags of row i are `tagCodes[tagOffsets[i] .. tagOffsets[i + 1]]`, codes in `tags`. */
  readonly tagOffsets: Uint32Array;
  /** Codes of all tags, model by model, in the order of each row. */
  readonly tagCodes: Uint32Array;
  /** Names of the tags by code. */
  readonly tags: StringColumn;
  /** Length of the card (README) in Unicode code points, -1 where there is none in the snapshot. */
  readonly cardCharacters: Int32Array;
  /** 1 where the card says that it was generated automatically. */
  readonly cardAutomatic: Uint8Array;
  /** True when any row has a `modelCard`. */
  readonly hasCards: boolean;
  /** Row of an id, given as text or as its bytes in UTF-8, -1 where it is not in the snapshot. */
  find(id: string | DataView): number;
  /** First row whose id differs from `id` by the case of ASCII letters only, -1 where there is none. */
  findCaseTwin(id: string): number;
}
