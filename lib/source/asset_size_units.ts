/** What the size of an asset is counted in; `other` where the noun is none of a known kind. */
export const sizeUnits = [
  "parameters",
  "bytes",
  "tokens",
  "words",
  "documents",
  "examples",
  "images",
  "clips",
  "pairs",
  "hours",
  "dialogues",
  "annotations",
  "tasks",
  "datasets",
  "other",
] as const;

/** What the size of an asset is counted in. */
export type SizeUnit = typeof sizeUnits[number];

const nouns = new Map<string, SizeUnit>(
  Object.entries<string>({
    parameters: "parameter parameters param params",
    tokens: "token tokens",
    words: "word words",
    documents:
      "document documents page pages article articles book books file files post posts comments submissions messages repositories",
    examples:
      "example examples sample samples instance instances demonstrations instructions prompts records observations queries " +
      "trajectories rows",
    images: "images pictures photos",
    clips: "videos clip clips songs",
    pairs: "pair pairs",
    hours: "hour hours",
    dialogues: "dialogue dialogues dialogs conversations",
    annotations: "annotations labels ratings comparisons masks captions responses",
    tasks: "task tasks",
    datasets: "dataset datasets",
  }).flatMap(([unit, words]) => words.split(" ").map((word) => [word, unit as SizeUnit])),
);

/** Words that are no noun of the number. */
const silent = new Set([
  "model",
  "models",
  "version",
  "versions",
  "total",
  "dense",
  "sparse",
  "active",
]);

/** Words behind which no noun of the number is. */
const stop =
  /[,;:.!?()[\]/&×]|\b(?:with|of|for|and|or|at|from|in|on|per|paired|to|than|by|across)\b/i;

/**
 * What is counted by the words behind a number: the last noun of a known kind before punctuation or a preposition; `(image, text)` may stand
 * before it.
 *
 * @returns null where there is no word at all
 */
export function unitOf(behind: string): SizeUnit | null {
  const words = behind.replace(/^\s?\([^()]{0,60}\)(?= [a-z])/i, "")
    .split(stop, 1)[0].trim().toLowerCase().split(/\s+/).filter((word) =>
      /\p{L}/u.test(word) && !silent.has(word)
    );
  for (const word of words.toReversed()) {
    const unit = nouns.get(word);
    if (unit !== undefined) return unit;
  }
  return words.length === 0 ? null : "other";
}

const scales: Record<string, number> = Object.assign(Object.create(null), {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
  t: 1e12,
  tn: 1e12,
  trillion: 1e12,
});

const prefixes = "kmgtp";

/**
 * What the word right behind a number says of it: a power of thousand, or bytes (GB is 10^9 bytes, GiB is 2^30). `Gb` with a
 * capital and a small letter would be bits, and is none.
 *
 * @returns null where the word is neither
 */
export function scaleOf(word: string): { factor: number; unit: "bytes" | null } | null {
  const bytes = /^([KMGTP])(I?)B$/.exec(/^[kKMGTP]i?B$/.test(word) ? word.toUpperCase() : "") ??
    /^([kmgtp])(i?)b$/.exec(word) ?? /^(kilo|mega|giga|tera|peta)()bytes?$/i.exec(word);
  if (bytes !== null) {
    const power = prefixes.indexOf(bytes[1][0].toLowerCase()) + 1;
    return { factor: (bytes[2] === "" ? 1000 : 1024) ** power, unit: "bytes" };
  }
  if (/^bytes?$/i.test(word)) return { factor: 1, unit: "bytes" };
  const factor = scales[word.toLowerCase()];
  return factor === undefined ? null : { factor, unit: null };
}

/** Whether a word may mean bits or bytes by its letters and is spelt like none of {@link scaleOf}: `Gb`, `GIB`. */
export function isBits(word: string): boolean {
  return /^[kmgtp]i?b(?:its?|ps)?$/i.test(word) && scaleOf(word) === null;
}
