import { viewOf } from "../core/byte_table.ts";

/** Keys of a Hub row between its ids, in the order of published dumps. */
export const rowKeys = [
  "likes",
  "trendingScore",
  "private",
  "downloads",
  "tags",
  "pipeline_tag",
  "library_name",
  "createdAt",
] as const;

/** Keys of a Hub row that the scanner reads. */
export const fieldNames = ["id", ...rowKeys, "modelId", "modelCard"];
/** Fields of a Hub row that the scanner reads, numbered by their place in the list. */
export const [
  ID,
  LIKES,
  TRENDING,
  PRIVATE,
  DOWNLOADS,
  TAGS,
  TASK,
  LIBRARY,
  CREATED,
  MODEL_ID,
  CARD,
] = fieldNames.keys();
/** Any other field. */
export const OTHER = 31;
const keyViews = fieldNames.map((key) => viewOf(new TextEncoder().encode(key)));
/** Fields by the length of their key, at most four of each. */
const byLength: number[][] = Array.from(
  { length: 32 },
  (_, length) => [...fieldNames.keys()].filter((field) => fieldNames[field].length === length),
);

/** Each key with the quote and the colon that follow it in most rows, in words; the last overlaps the one before. */
const keysAndColons = fieldNames.map((key) => new TextEncoder().encode(`${key}":`));
const keyLengths = Uint8Array.from(keysAndColons, ({ length }) => length);
/** Words of the longest key. */
const keyWords = Math.ceil(Math.max(...keyLengths) / 4);
const wordsOfKeys = new Int32Array(keyWords * fieldNames.length);
for (const [field, key] of keysAndColons.entries()) {
  const view = viewOf(key);
  for (let word = 0, at = 0; at < key.length; word++, at += 4) {
    wordsOfKeys[keyWords * field + word] = view.getInt32(Math.min(at, key.length - 4), true);
  }
}

/** Where the value begins if the key of this field, its quote and a colon stand at p; -1 if something else does. No other field has a key. */
export function afterKey(view: DataView, p: number, field: number): number {
  if (field === OTHER) return -1;
  const end = p + keyLengths[field];
  if (end > view.byteLength) return -1;
  let word = keyWords * field;
  for (let at = p; at < end - 4; at += 4) {
    if (view.getInt32(at, true) !== wordsOfKeys[word++]) return -1;
  }
  return view.getInt32(end - 4, true) === wordsOfKeys[word] ? end : -1;
}

/** Field of the key at start..end; keys of fewer than four bytes are `id` or unknown. */
export function fieldOf(view: DataView, start: number, end: number): number {
  const length = end - start;
  if (length < 4) {
    return length === 2 && view.getUint8(start) === 105 && view.getUint8(start + 1) === 100
      ? ID
      : OTHER;
  }
  if (length >= 32) return OTHER;
  const candidates = byLength[length];
  next: for (let i = 0; i < candidates.length; i++) {
    const key = keyViews[candidates[i]];
    for (let j = 0; j + 4 <= length; j += 4) {
      if (view.getUint32(start + j, true) !== key.getUint32(j, true)) continue next;
    }
    // The last word overlaps the one before, so that no byte is left over.
    if (view.getUint32(end - 4, true) === key.getUint32(length - 4, true)) return candidates[i];
  }
  return OTHER;
}
