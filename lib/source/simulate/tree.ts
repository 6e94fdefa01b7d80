/** Codes of the relations as `lineage` has them; `root` for models without a parent. */
export const relation = {
  untyped: 0,
  finetune: 1,
  quantized: 2,
  adapter: 3,
  merge: 4,
  root: 255,
} as const;

/** Bits of `Tree.flags`. */
export const flag = {
  /** May have children. */
  fertile: 1,
  /** Names its parent in the wrong case. */
  wrongCase: 2,
  /** Names itself as a parent. */
  selfLoop: 4,
  /** Uploaded by a program. */
  automatic: 8,
  /** A model that is only ever finetuned. */
  encoder: 16,
  /** Some row names it as a parent. */
  parent: 32,
} as const;

/** The family trees, one row a model in the order of birth; see {@link grow}. */
export interface Tree {
  models: number;
  /** Seconds since the placeholder moment. */
  time: Uint32Array;
  /** Row of the (first) parent; -1: none; -2 - k: parent k outside the snapshot. */
  parent: Int32Array;
  /** Code of {@link relation}. */
  relation: Uint8Array;
  /** Bits of {@link flag}. */
  flags: Uint8Array;
  /** Further parents of merges. */
  moreParents: Map<number, number[]>;
  /** A later row that a row names as its parent: cycles. */
  backward: Map<number, number>;
  /** Row of each hub. */
  hubRows: Uint32Array;
  /** Distinct parents outside the snapshot. */
  outsiders: number;
}
