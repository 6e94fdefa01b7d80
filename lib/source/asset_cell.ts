/**
 * One cell of a record. `state` keeps apart what the source says: `known` a value; `none` that there is none (`none`, `[]`);
 * `unknown` that nobody knows; `absent` nothing at all.
 */
export interface AssetCell {
  /** What the source says. */
  state: "known" | "none" | "unknown" | "absent";
  /** Text as written, a word for `none` or `unknown` too; items of a list; null where there is nothing. */
  value: string | string[] | null;
  /** Why the value is so, where the source explains it. */
  explanation: string | null;
  /** In a corrected copy: what was repaired, and the value that stood there before. */
  repair?: { kind: string; original: string | string[] | null };
}

/** What is done about a merge key. */
export const mergeRule = "a merge key (<<); not applied, so that what it would bring in is absent";

/** Whether a key is the one by which YAML 1.1 brings what another map has into one; YAML 1.2 has none. */
export function isMergeKey(key: unknown, raw: unknown): key is string {
  return key === "<<" && (raw instanceof Map || Array.isArray(raw));
}

/** Says that something is wrong with a cell. */
export type CellFault = (kind: string, rule: string, detail: string) => void;

const unknown = /^(?:un?kno?w?n?k?o?w?n|not (?:known|specified|disclosed)|n\/a|na|\?)\.?$/i;
const wellSpelt = /^(?:unknown|not \w+|n\/a|na|\?)\.?$/i;
const none = /^(?:none|null|no)\.?$/i;

/**
 * Reads a cell that may be plain text, a list, or a map of `value` and `explanation`; a corrected copy adds `original` and `repair`.
 *
 * @param raw Text, array, `Map`, or undefined where the record has no such cell.
 * @param fault Called for an empty map, a map of an explanation only, other keys, a misspelt `unknown`, and what is no text.
 */
export function readCell(raw: unknown, fault: CellFault = () => {}): AssetCell {
  if (!(raw instanceof Map)) return plainCell(raw, fault);
  const explanation = asText(raw.get("explanation"))?.trim() ?? "";
  if (raw.size === 0) fault("emptyCell", "a cell that is an empty map; counts as absent", "{}");
  else if (!raw.has("value") && explanation !== "") {
    fault(
      "explanationOnly",
      "a cell with an explanation and no value; the value counts as absent",
      explanation,
    );
  }
  const repair = repairOf(raw);
  for (const key of raw.keys()) {
    if (key === "value" || key === "explanation") continue;
    if (repair !== null && (key === "original" || key === "repair")) continue;
    if (isMergeKey(key, raw.get(key))) {
      fault("mergeKey", mergeRule, key);
      continue;
    }
    fault(
      "otherKey",
      "a key in a cell that is neither value nor explanation; left out",
      asText(key) ?? "a list or map",
    );
  }
  return {
    ...plainCell(raw.get("value"), fault),
    explanation: explanation === "" ? null : explanation,
    ...(repair === null ? {} : { repair }),
  };
}

/** What a corrected copy says of a cell; both keys beside a value, or they are keys like any other. */
function repairOf(raw: ReadonlyMap<unknown, unknown>): AssetCell["repair"] | null {
  const kind = asText(raw.get("repair"))?.trim() ?? "";
  if (kind === "" || !raw.has("value") || !raw.has("original")) return null;
  return { kind, original: plainCell(raw.get("original"), () => {}).value };
}

/** Whether a text means `unknown` and is spelt otherwise. */
export function isMisspeltUnknown(text: string): boolean {
  return unknown.test(text) && !wellSpelt.test(text);
}

/** Whether a text says that something is not known, or that there is none of it. */
export function saysNothing(text: string): boolean {
  return unknown.test(text) || none.test(text);
}

/** Text of a scalar, null where there is none; nothing is ever made of lists and maps, which aliases can make endless. */
export function asText(raw: unknown): string | null {
  return typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean"
    ? String(raw)
    : null;
}

function plainCell(raw: unknown, fault: CellFault): AssetCell {
  const cell = (state: AssetCell["state"], value: AssetCell["value"] = null) => ({
    state,
    value,
    explanation: null,
  });
  if (raw === undefined || raw === null) return cell("absent");
  if (Array.isArray(raw)) {
    const items = raw.flatMap((item) => itemText(item, fault) ?? []);
    return items.length > 0 ? cell("known", items) : cell("none");
  }
  const text = asText(raw)?.trim();
  if (text === undefined) {
    fault("cellNotText", "a cell that is neither text nor a list; counts as absent", shape(raw));
    return cell("absent");
  }
  if (text === "") return cell("absent");
  if (none.test(text)) return cell("none", text);
  if (!unknown.test(text)) return cell("known", text);
  if (isMisspeltUnknown(text)) {
    fault("misspeltUnknown", "a misspelling of unknown; counts as unknown", text);
  }
  return cell("unknown", text);
}

/** Text of an item of a list, null where there is none. */
export function itemText(item: unknown, fault: CellFault = () => {}): string | null {
  const plain = asText(item instanceof Map ? item.get("value") : item)?.trim() ?? "";
  if (plain !== "") return plain;
  const lines = item instanceof Map && !item.has("value")
    ? [...item].map(([key, value]) => `${asText(key) ?? ""}: ${asText(value) ?? ""}`.trim())
    : [];
  if (lines.some((line) => line !== ":")) {
    const text = lines.join("\n");
    fault("itemWithColon", "an item that its colons make a map; read as the text that it is", text);
    return text;
  }
  fault("itemNotText", "an item of a list that is empty or no text; left out", shape(item));
  return null;
}

function shape(raw: unknown): string {
  if (Array.isArray(raw)) return "a list";
  return raw instanceof Map ? "a map" : raw === null || raw === undefined ? "nothing" : `"${raw}"`;
}
