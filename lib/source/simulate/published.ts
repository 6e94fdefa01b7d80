/**
 * What the simulator is calibrated to: counts printed by Laufer, Oderinwale and Kleinberg (2025) for 1,860,411 models of
 * July 2025, and the faults counted in a later snapshot. A rest that nobody published is marked "assumed".
 *
 * @module
 */

/** Models of the published snapshot. */
export const publishedModels = 1_860_411;

/** References from a child to a parent, those to parents outside the snapshot included. */
export const publishedEdges = 573_653;

/** References by relation; merge and untyped are the rest, split as in the later snapshot (47,662 to 880). */
export const relationEdges = {
  untyped: 741,
  finetune: 189_391,
  quantized: 101_921,
  adapter: 241_417,
  merge: 40_183,
} as const;

/** Children by relation that have a child of their own in the no-merge graph. */
export const fertileChildren = { finetune: 15_047, quantized: 970, adapter: 458 } as const;

/** Models without a parent that have a child: assumed. */
export const fertileRoots = 26_000;

/** Mean Jaccard distance of a trait over finetune edges where both ends report it; library: from its net traffic. */
export const mutationRates = {
  language: 0.2419,
  license: 0.1976,
  task: 0.4106,
  library: 0.021,
} as const;

/**
 * Edges where both ends report a trait, by relation; numbers that nobody published are assumed (the
 * library of an adapter is not inherited).
 */
export const bothReport = {
  license: { finetune: 138_694, quantized: 79_000, adapter: 78_000, merge: 19_000, untyped: 300 },
  task: { finetune: 134_711, quantized: 70_000, adapter: 97_000, merge: 28_000, untyped: 300 },
  library: { finetune: 165_000, quantized: 81_000, adapter: 0, merge: 35_000, untyped: 400 },
  language: { finetune: 47_369, quantized: 41_222, adapter: 23_728, merge: 3_299, untyped: 100 },
} as const;

/** Mean number of languages of parent and child over the edges where both report one. */
export const languageDrift = { parent: 6.604, child: 1.81 } as const;

/** Cards: share of models, rise along an edge, rise of the share generated automatically, mean code points. */
export const cardShares = {
  models: 0.6704,
  rise: 0.0174,
  automaticRise: 0.2487,
  parentCharacters: 9_773,
  childCharacters: 4_402,
} as const;

/** Datasets by models that name them, with the task whose models do. */
export const datasets = [
  ["imagefolder", 5_143, "image-classification"],
  ["glue", 3_518, "text-classification"],
  ["generator", 3_271, "text-generation"],
  ["squad", 1_862, "question-answering"],
  ["emotion", 1_768, "text-classification"],
  ["imagenet-1k", 1_563, "image-classification"],
  ["common_voice_11_0", 1_501, "automatic-speech-recognition"],
  ["common_voice_7_0", 1_333, "automatic-speech-recognition"],
  ["imdb", 1_331, "text-classification"],
  ["wikipedia", 1_309, "fill-mask"],
] as const;

/** Links to papers by arXiv category, over links: cs.LG, cs.CY, cs.CL, cs.AI, cs.CV. */
export const paperCategories = {
  "cs.LG": 329_296,
  "cs.CY": 289_447,
  "cs.CL": 63_044,
  "cs.AI": 38_571,
  "cs.CV": 20_812,
} as const;

/** Faults of the snapshot of 25 September 2026, as rates over its models or its references. */
export const faultRates = {
  /** Models with the placeholder date 2022-03-02. */
  placeholder: 29_579 / 3_094_856,
  /** Models that name themselves as a parent. */
  selfLoop: 2_044 / 3_094_856,
  /** Models with several parents. */
  severalParents: 17_457 / 3_094_856,
  /** References to parents outside the snapshot, those in the wrong case included. */
  outside: 0.019,
  /** References that differ from a real id only by case. */
  wrongCase: 2_343 / (903_939 / 0.981),
  /** Small cycles per edge. */
  cycle: 12 / 903_939,
  /** Edges whose child is older than the parent. */
  disorder: 0.0042,
} as const;
